"""Readers without an account may ask for reports, and for all that opens to everybody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("digests", "0012_handlings_and_glimpses")]

    operations = [
        migrations.AddField(
            "subscription",
            "kind",
            models.CharField(
                choices=[
                    ("crossing", "new stories between two services"),
                    ("place", "new stories from one place"),
                    ("reports", "new reports"),
                    ("letter", "the public letter"),
                ],
                default="crossing",
                max_length=8,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "subscriber",
            "heard_to",
            models.DateTimeField(blank=True, help_text="When the last thing they were sent opened.", null=True),
        ),
    ]
