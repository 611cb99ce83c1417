"""An unnamed teller among too few listed members is shown without role and region."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0028_second_reading"),
    ]

    operations = [
        migrations.AddField(
            model_name="experiment",
            name="blurred",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="response",
            name="blurred",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="story",
            name="blurred",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
