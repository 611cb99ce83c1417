"""What members try, written down for themselves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import networks.models.coalition


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0008_what_mails_tell_of"),
        ("practices", "0009_starters_in_use"),
        ("stories", "0040_quotations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=networks.models.coalition.new_key, editable=False, max_length=20, unique=True
                    ),
                ),
                ("step", models.TextField(verbose_name="What is the smallest step that you could take?")),
                ("expects", models.TextField(verbose_name="What do you expect to happen?")),
                (
                    "noticed",
                    models.TextField(blank=True, verbose_name="What did you notice that made you want to try?"),
                ),
                ("stop_if", models.TextField(blank=True, verbose_name="What would make you stop at once?")),
                (
                    "look_again_date",
                    models.DateField(blank=True, null=True, verbose_name="On which day do you want to look again?"),
                ),
                ("happened", models.TextField(blank=True, verbose_name="What happened, including what went badly?")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("carry_on", "Carry on"), ("change", "Change it and try again"), ("stop", "Stop")],
                        max_length=10,
                        verbose_name="What now?",
                    ),
                ),
                ("may_stay", models.CharField(blank=True, max_length=300)),
                ("form_key", models.CharField(editable=False, max_length=40, null=True)),
                ("begun_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "coalition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="attempts",
                        to="networks.coalition",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="attempts",
                        to="practices.practice",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="attempts",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["member", "-begun_at", "-id"], name="attempts_newest_first"),
                    models.Index(
                        condition=models.Q(("decision", ""), ("reminded_at", None)),
                        fields=["look_again_date"],
                        name="attempts_to_look_at",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("member", "form_key"), name="one_attempt_a_form")],
            },
        ),
    ]
