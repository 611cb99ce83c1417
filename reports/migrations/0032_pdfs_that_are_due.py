from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("reports", "0031_questions_for_editors")]

    operations = [
        migrations.AddField(
            "reportpdf", "mark", models.CharField(blank=True, max_length=64, default=""), preserve_default=False
        ),
        migrations.AddField(
            "reportpdf", "looked_at", models.DateTimeField(default=timezone.now), preserve_default=False
        ),
    ]
