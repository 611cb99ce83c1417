"""What a practice can look like, and where to read on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0007_merged_into")]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="looks_like",
            field=models.TextField(
                blank=True,
                help_text="A scene of a few sentences. Say so if it really happened; leave out who and where.",
                verbose_name="what it can look like",
            ),
        ),
        migrations.AddField(
            model_name="practice",
            name="sources",
            field=models.TextField(
                blank=True,
                help_text="One a line: what it is and who made it, then its address. Only what you have opened.",
            ),
        ),
    ]
