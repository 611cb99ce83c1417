from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("digests", "0006_no_moments_of_issues")]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="relay_error_count",
            field=models.PositiveSmallIntegerField(default=0, help_text="Of the mail relay, one after another."),
        ),
    ]
