"""Gatherings of coalitions, who comes to them, and which mail told of which."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import networks.models.coalition


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0011_field_audiences"),
        ("networks", "0004_reports_and_ways_of_joining"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gathering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=networks.models.coalition.new_key, editable=False, max_length=20, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("what_for", models.TextField(blank=True)),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("time_zone", models.CharField(default="Europe/London", max_length=40)),
                ("where", models.CharField(blank=True, max_length=300)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("may_stay", models.CharField(blank=True, max_length=300)),
                ("put_up_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                ("remind_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("form_key", models.CharField(max_length=40)),
                (
                    "coalition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="gatherings", to="networks.coalition"
                    ),
                ),
                (
                    "put_up_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="gatherings_put_up",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("coming", "I am coming"), ("perhaps", "Perhaps"), ("no", "Not coming")], max_length=7
                    ),
                ),
                ("answered_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gathering_answers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="networks.gathering"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GatheringMail",
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
                ("sequence", models.PositiveIntegerField()),
                ("reminds", models.BooleanField(default=False)),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="networks.gathering"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="gathering",
            index=models.Index(fields=["coalition", "begins_at", "id"], name="gatherings_of_a_coalition"),
        ),
        migrations.AddIndex(
            model_name="gathering",
            index=models.Index(
                condition=models.Q(("called_off_at", None), ("reminded_at", None)),
                fields=["remind_at"],
                name="gatherings_to_remind_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.UniqueConstraint(fields=("put_up_by", "form_key"), name="one_gathering_a_form"),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("begins_at"))), name="a_gathering_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("gathering", "member"), name="one_answer_a_gathering"),
        ),
    ]
