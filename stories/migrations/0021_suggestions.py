"""Words that a moderator suggests, and when the teller last agreed to some."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0020_look_ups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="words_agreed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("title", "title"),
                            ("summary", "summary"),
                            ("noticed", "noticed"),
                            ("flex", "flex"),
                            ("tried", "tried"),
                            ("who_with", "who_with"),
                            ("happened", "happened"),
                            ("shift_thinking", "shift_thinking"),
                            ("shift_behaviour", "shift_behaviour"),
                            ("shift_ground", "shift_ground"),
                            ("evidence_note", "evidence_note"),
                            ("why_it_matters", "why_it_matters"),
                            ("surprise", "surprise"),
                            ("advice", "advice"),
                            ("help_wanted", "help_wanted"),
                            ("content_note", "content_note"),
                        ],
                        max_length=30,
                    ),
                ),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("reason", models.TextField()),
                ("suggested_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("agreed", models.BooleanField(null=True)),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="suggestions", to="stories.story"
                    ),
                ),
                (
                    "suggested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="suggestions_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)), fields=("story",), name="one_open_suggestion_a_story"
                    )
                ],
            },
        ),
    ]
