"""Cohorts, and who has a place in them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import networks.models.coalition
import networks.models.cohorts


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0005_gatherings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=networks.models.coalition.new_key, editable=False, max_length=20, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("starts_date", models.DateField()),
                ("place_count", models.PositiveSmallIntegerField()),
                (
                    "token",
                    models.CharField(
                        default=networks.models.cohorts.new_token, editable=False, max_length=40, unique=True
                    ),
                ),
                ("link_until", models.DateTimeField()),
                ("link_closed_at", models.DateTimeField(blank=True, null=True)),
                ("started_at", models.DateTimeField()),
                (
                    "coalition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cohort", to="networks.coalition"
                    ),
                ),
                (
                    "link_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cohort_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CohortPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("joined_at", models.DateTimeField()),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="networks.cohort"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cohort_places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="cohort",
            index=models.Index(fields=["-starts_date", "-id"], name="cohorts_latest_first"),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(("place_count__range", (2, 60))), name="a_cohort_has_room"
            ),
        ),
        migrations.AddConstraint(
            model_name="cohortplace",
            constraint=models.UniqueConstraint(fields=("cohort", "member"), name="one_place_a_member"),
        ),
    ]
