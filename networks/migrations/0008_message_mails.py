"""A mail about a message knows which one it tells of."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0013_words_by_mail"), ("networks", "0007_taken_back")]

    operations = [
        migrations.CreateModel(
            name="MessageMail",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="members.notice",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="networks.message"
                    ),
                ),
            ],
        ),
    ]
