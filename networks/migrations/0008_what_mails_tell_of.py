"""What a mail tells of, so that it is asked again right before it goes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0013_words_by_mail"),
        ("networks", "0007_taken_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailAbout",
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
                    "coalition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="networks.coalition",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="networks.introduction",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="networks.message",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("coalition", None), ("introduction", None), ("message__isnull", False)),
                            models.Q(("coalition__isnull", False), ("introduction", None), ("message", None)),
                            models.Q(("coalition", None), ("introduction__isnull", False), ("message", None)),
                            _connector="OR",
                        ),
                        name="a_mail_is_about_one_thing",
                    )
                ],
            },
        ),
    ]
