"""What a mail tells of, so that it is asked again right before it goes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0012_erasures_know_what_was_merged"),
        ("networks", "0006_cohorts"),
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("coalition__isnull", False), ("introduction", None)),
                            models.Q(("coalition", None), ("introduction__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_mail_is_about_one_thing",
                    )
                ],
            },
        ),
    ]
