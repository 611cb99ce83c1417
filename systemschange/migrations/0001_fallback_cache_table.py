from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", "systemschange_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The table that stands in for Valkey, so that rate limits hold while it is away."""

    dependencies = []

    operations = [
        migrations.RunPython(make_table, migrations.RunPython.noop),
    ]
