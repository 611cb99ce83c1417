"""Short indexes for the queue of what members add, and for the tellers’ mail."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0006_starter_texts"),
        ("stories", "0023_narrow_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="experiment",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["created_at"], name="experiment_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="experiment",
            index=models.Index(
                condition=models.Q(("state", "live"), ("told_at", None)), fields=["story"], name="experiment_untold"
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["created_at"], name="followup_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("state", "live"), ("told_at", None)), fields=["story"], name="followup_untold"
            ),
        ),
        migrations.AddIndex(
            model_name="organisationresponse",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["created_at"], name="organisationresponse_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="organisationresponse",
            index=models.Index(
                condition=models.Q(("state", "live"), ("told_at", None)),
                fields=["story"],
                name="organisationresponse_untold",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["created_at"], name="response_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("state", "live"), ("told_at", None)), fields=["story"], name="response_untold"
            ),
        ),
    ]
