"""Consent with an expiry, and one question whether everybody may read a story."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0016_together"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="hidden_for_review",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="story",
            name="public_answered_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name="ConsentAsking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("review_date", models.DateField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("near", "Before the day"),
                            ("day", "On the day"),
                            ("silent", "Hidden: nobody answered"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consent_askings", to="stories.story"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("story", "review_date", "step"), name="asked_once_a_step")
                ],
            },
        ),
    ]
