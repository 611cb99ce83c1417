"""Coalitions, who is in them, and what hangs on their boards."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import networks.models.coalition


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0002_rule_or_habit"),
        ("practices", "0007_merged_into"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Coalition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=networks.models.coalition.new_key, editable=False, max_length=20, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("purpose", models.TextField()),
                (
                    "joining",
                    models.CharField(
                        choices=[
                            ("open", "Any member can join"),
                            ("request", "Members ask, a convenor answers"),
                            ("invited", "By invitation only"),
                            ("hidden", "By invitation only, and nobody else knows of it"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("may_stay", models.CharField(blank=True, max_length=300)),
                ("gathered_at", models.DateTimeField()),
                ("boundaries", models.ManyToManyField(blank=True, related_name="coalitions", to="practices.boundary")),
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coalition",
                        to="networks.conversation",
                    ),
                ),
                ("places", models.ManyToManyField(blank=True, related_name="coalitions", to="practices.place")),
            ],
        ),
        migrations.CreateModel(
            name="BoardNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True)),
                ("may_stay", models.CharField(blank=True, max_length=300)),
                ("said_at", models.DateTimeField()),
                ("form_key", models.CharField(max_length=40)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="board_notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "coalition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="networks.coalition"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("convenes", models.BooleanField(default=False)),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "coalition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="networks.coalition"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="coalition",
            index=models.Index(fields=["-gathered_at", "-id"], name="coalitions_newest_first"),
        ),
        migrations.AddIndex(
            model_name="boardnotice",
            index=models.Index(fields=["coalition", "-said_at", "-id"], name="notices_of_a_coalition"),
        ),
        migrations.AddConstraint(
            model_name="boardnotice",
            constraint=models.UniqueConstraint(fields=("author", "form_key"), name="one_notice_a_form"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("coalition", "member"), name="one_membership_a_member"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_at", None), ("convenes", False), _connector="OR"),
                name="who_left_convenes_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("removed_at", None), ("left_at__isnull", False), _connector="OR"),
                name="who_is_removed_has_left",
            ),
        ),
    ]
