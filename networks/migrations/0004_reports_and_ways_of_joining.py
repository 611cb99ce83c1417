"""What was said in a coalition is reported; members ask to join one, or are invited; one is closed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import networks.models.coalition
import networks.models.joining


def give_keys(apps, schema_editor):
    for notice in apps.get_model("networks", "BoardNotice").objects.filter(key=None):
        notice.key = networks.models.coalition.new_key()
        notice.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0003_coalitions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("boardnotice", "key", models.CharField(editable=False, max_length=20, null=True)),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            "boardnotice",
            "key",
            models.CharField(default=networks.models.coalition.new_key, editable=False, max_length=20, unique=True),
        ),
        migrations.AddField(
            model_name="boardnotice",
            name="taken_down_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="coalition",
            name="agreements",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="coalition",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="coalition",
            name="questions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), blank=True, default=list, size=3
            ),
        ),
        migrations.AddField(
            model_name="coalition",
            name="taken_down_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="CoalitionInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token",
                    models.CharField(
                        default=networks.models.joining.new_token, editable=False, max_length=40, unique=True
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "coalition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="networks.coalition"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coalition_invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invited_to",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), ("member", None), _connector="OR"),
                        name="an_invitation_is_for_a_member_or_an_address",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), models.Q(("email", ""), _negated=True)),
                        fields=("coalition", "email"),
                        name="one_open_invitation_an_address",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("member__isnull", False)),
                        fields=("coalition", "member"),
                        name="one_open_invitation_a_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "answers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("may_stay", models.CharField(blank=True, max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=3)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "coalition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="networks.coalition"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("coalition", "member"), name="one_request_a_member"),
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), ("answered_at__isnull", False), _connector="OR"),
                        name="an_answer_has_its_day",
                    ),
                ],
            },
        ),
    ]
