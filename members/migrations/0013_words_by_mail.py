"""A member may have the words of a message in the mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0012_erasures_know_what_was_merged")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="words_by_mail",
            field=models.BooleanField(default=False, verbose_name="has the words of a message in the mail"),
        ),
    ]
