"""A claim knows its worker's connection, so that what a killed worker never started need not wait for its lease."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("digests", "0020_quiet_indexes")]

    operations = [
        migrations.AddField(
            "claim",
            "backend_pid",
            models.IntegerField(help_text="PostgreSQL's process of the worker's connection.", null=True),
        ),
        migrations.AddField("claim", "backend_started_at", models.DateTimeField(null=True)),
    ]
