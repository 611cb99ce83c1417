"""Letters belong to weeks; each reader has a day and an hour; what was in a letter stands in its row."""

from datetime import time

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("digests", "0003_subscribers"),
        ("stories", "0032_for_one_group"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("issue", "one_letter_prepared_and_one_being_sent"),
        migrations.RemoveConstraint("issue", "a_letter_that_goes_out_is_due"),
        migrations.AddField(
            "issue", "week", models.DateField(null=True, unique=True, verbose_name="the Thursday it opens")
        ),
        migrations.AddField(
            "issue", "question", models.CharField(blank=True, max_length=200, verbose_name="a question at the end")
        ),
        migrations.AddField("issue", "picks", models.ManyToManyField(blank=True, related_name="+", to="stories.story")),
        migrations.AddField("issue", "began_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "issue",
            "hurried_at",
            models.DateTimeField(blank=True, help_text="Staff sent it to everybody at once.", null=True),
        ),
        migrations.AddField("issue", "paused_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("issue", "paused_because", models.CharField(blank=True, max_length=120)),
        migrations.AddField("issue", "candidate_count", models.PositiveIntegerField(default=0)),
        migrations.AddField("delivery", "address", models.CharField(blank=True, max_length=254)),
        migrations.AddField("delivery", "items", models.JSONField(blank=True, default=list)),
        migrations.AddField(
            "delivery",
            "story_ids",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField("delivery", "attempt_count", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            "delivery",
            "planned_at",
            models.DateTimeField(help_text="Its member's hour; `due_at` moves with each attempt.", null=True),
        ),
        migrations.AddField("delivery", "claimed_by", models.CharField(blank=True, max_length=32)),
        migrations.AddField("delivery", "claimed_until", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "delivery",
            "server_started_at",
            models.DateTimeField(blank=True, help_text="Of PostgreSQL, when it was claimed.", null=True),
        ),
        migrations.CreateModel(
            name="Wishes",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="letter_wishes",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("weekly", "Every week"),
                            ("fortnightly", "Every two weeks"),
                            ("monthly", "Once a month"),
                        ],
                        default="weekly",
                        max_length=11,
                    ),
                ),
                (
                    "fortnight",
                    models.PositiveSmallIntegerField(default=0, help_text="Which of two weeks (`when.fortnight_of`)."),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=3,
                    ),
                ),
                ("at", models.TimeField(default=time(7, 30))),
                (
                    "content_free",
                    models.BooleanField(default=False, verbose_name="without any words of stories in the mail"),
                ),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "wishes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lt", 7)), name="letters_come_on_a_day_of_the_week"
                    ),
                    models.CheckConstraint(condition=models.Q(("fortnight__lt", 2)), name="a_fortnight_has_two_weeks"),
                ],
            },
        ),
    ]
