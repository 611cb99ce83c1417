"""A reader without an account reads their mails in a language, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("digests", "0021_whose_connection")]

    operations = [
        migrations.AddField(
            model_name="subscriber",
            name="language",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
    ]
