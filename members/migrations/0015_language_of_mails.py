"""A member reads their mail in a language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0014_suppressions")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=10, verbose_name="language of mails"
            ),
        ),
    ]
