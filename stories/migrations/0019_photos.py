"""Up to two photos a story."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0004_photos"),
        ("stories", "0018_a_day_for_live_stories"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoryPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("alt", models.CharField(max_length=250, verbose_name="What is in the photo?")),
                ("wanted_alt", models.CharField(blank=True, max_length=250)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "photo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="story_photo", to="members.photo"
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="stories.story"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("story", "position"), name="one_photo_a_position"),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1), ("position__lte", 2)), name="two_photos_at_most"
                    ),
                    models.CheckConstraint(condition=models.Q(("alt", ""), _negated=True), name="a_photo_has_words"),
                ],
            },
        ),
    ]
