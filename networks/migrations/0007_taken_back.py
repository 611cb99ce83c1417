"""A request to join can be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("networks", "0006_cohorts")]

    operations = [
        migrations.AddField(
            model_name="joinrequest",
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
