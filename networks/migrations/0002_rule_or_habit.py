"""Questions of rule or habit, and answers to them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import networks.models.rules


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0001_introductions_and_conversations"),
        ("practices", "0007_merged_into"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=networks.models.rules.new_key, editable=False, max_length=16, unique=True),
                ),
                (
                    "naming",
                    models.CharField(
                        choices=[("role", "My role and region"), ("hidden", "Neither")],
                        default="role",
                        max_length=6,
                        verbose_name="How should we name you?",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "With a moderator"),
                            ("live", "Shown"),
                            ("held", "Hidden until a moderator has read a concern"),
                            ("refused", "Not shown: a moderator said why"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("may_stay", models.CharField(blank=True, max_length=300, verbose_name="Why can these words stay?")),
                ("created_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("form_key", models.CharField(max_length=40, null=True)),
                ("told", models.CharField(max_length=160, verbose_name="I was told we can’t …")),
                ("more", models.TextField(blank=True, verbose_name="What else should people know?")),
                (
                    "audience",
                    models.CharField(
                        choices=[("members", "Members only"), ("public", "Everybody, also without an account")],
                        default="members",
                        max_length=8,
                        verbose_name="Who can read it?",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "boundaries",
                    models.ManyToManyField(blank=True, related_name="rule_questions", to="practices.boundary"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="practices.place",
                    ),
                ),
                (
                    "practices",
                    models.ManyToManyField(blank=True, related_name="rule_questions", to="practices.practice"),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="practices.role",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RuleAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=networks.models.rules.new_key, editable=False, max_length=16, unique=True),
                ),
                (
                    "naming",
                    models.CharField(
                        choices=[("role", "My role and region"), ("hidden", "Neither")],
                        default="role",
                        max_length=6,
                        verbose_name="How should we name you?",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "With a moderator"),
                            ("live", "Shown"),
                            ("held", "Hidden until a moderator has read a concern"),
                            ("refused", "Not shown: a moderator said why"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("may_stay", models.CharField(blank=True, max_length=300, verbose_name="Why can these words stay?")),
                ("created_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("form_key", models.CharField(max_length=40, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("law", "Law"),
                            ("contract", "Contract"),
                            ("policy", "Local policy"),
                            ("habit", "Habit"),
                        ],
                        max_length=8,
                        verbose_name="What is it?",
                    ),
                ),
                ("text", models.TextField(verbose_name="What do you know about it?")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="Where does it stand?")),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="The address of that page")),
                ("checked_date", models.DateField(verbose_name="When did you look?")),
                ("best_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="practices.place",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="practices.place",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="practices.role",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="networks.rulequestion"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="rulequestion",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["created_at"], name="rulequestions_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="rulequestion",
            constraint=models.UniqueConstraint(fields=("author", "form_key"), name="one_rulequestion_a_form"),
        ),
        migrations.AddIndex(
            model_name="ruleanswer",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["created_at"], name="ruleanswers_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleanswer",
            constraint=models.UniqueConstraint(fields=("author", "form_key"), name="one_ruleanswer_a_form"),
        ),
        migrations.AddConstraint(
            model_name="ruleanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("best_at__isnull", False)), fields=("question",), name="one_best_answer_a_question"
            ),
        ),
    ]
