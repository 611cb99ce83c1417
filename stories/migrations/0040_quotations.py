"""Words of a story that staff would like to show in a report."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import stories.models.story


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0032_for_one_group"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Quotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=stories.models.story.new_slug, editable=False, max_length=16, unique=True),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("title", "Title"),
                            ("summary", "In one sentence"),
                            ("noticed", "What I noticed"),
                            ("flex", "Where I found some give"),
                            ("tried", "What I tried"),
                            ("who_with", "Who was in the room"),
                            ("happened", "What happened, including what went badly"),
                            ("surprise", "What surprised me"),
                            ("advice", "If you tried this tomorrow"),
                            ("shift_thinking", "How people thought"),
                            ("shift_behaviour", "How people acted"),
                            ("shift_ground", "On the ground"),
                            ("why_it_matters", "Why it matters most"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField()),
                ("picked_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=3)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "picked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quotations_picked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quotations", to="stories.story"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), ("answered_at__isnull", False), _connector="OR"),
                        name="an_answered_quotation_knows_when",
                    )
                ],
            },
        ),
    ]
