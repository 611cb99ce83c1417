"""What stands there already is about a crossing or a place."""

from django.db import migrations


def say_which(apps, schema_editor):
    apps.get_model("digests", "Subscription").objects.filter(place__isnull=False).update(kind="place")


class Migration(migrations.Migration):
    dependencies = [("digests", "0015_kinds_of_lists")]

    operations = [migrations.RunPython(say_which, migrations.RunPython.noop)]
