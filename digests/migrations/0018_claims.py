"""Who sends which letters now has rows of its own, so that a letter's row changes no index as it goes."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("digests", "0017_each_list_once")]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
                ("server_started_at", models.DateTimeField(help_text="Of PostgreSQL, when it was made.")),
                ("rows", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
        ),
        migrations.AddField(
            "delivery",
            "after",
            models.BigIntegerField(
                blank=True,
                help_text="The row before it in its claim, if its mail was taken as this one started.",
                null=True,
            ),
        ),
    ]
