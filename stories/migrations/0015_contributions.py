"""What members add to stories: follow-ups, experiments, responses, thanks, and what organisations answer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import stories.models.contribution


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0004_words_for_editors"),
        ("stories", "0014_opened_long_ago"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="latest_outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("going", "Still going"),
                    ("spread", "Spread to others"),
                    ("normal", "Became normal"),
                    ("stalled", "Stalled"),
                    ("stopped", "Stopped"),
                    ("early", "Too early to say"),
                ],
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="organisations_may_respond",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="story",
            name="responding",
            field=models.CharField(
                choices=[
                    ("open", "Yes"),
                    ("closed", "No. What is there already stays"),
                    ("hidden", "No, and do not show what is there"),
                ],
                default="open",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="FollowUpReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claimed_at", models.DateTimeField()),
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_up_reminder",
                        to="stories.story",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Experiment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        default=stories.models.contribution.new_slug, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "With a moderator"),
                            ("live", "Live"),
                            ("refused", "Not shown: a moderator said why"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                ("reason", models.TextField(blank=True, editable=False)),
                ("told_at", models.DateTimeField(editable=False, null=True)),
                ("form_key", models.CharField(editable=False, max_length=40, null=True)),
                (
                    "byline",
                    models.CharField(
                        choices=[
                            ("name", "My name"),
                            ("role", "My role and region"),
                            ("hidden", "Not at all: known to the programme team only"),
                        ],
                        default="role",
                        max_length=10,
                        verbose_name="How should we name you?",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("members", "Members of this community"),
                            ("public", "Anyone"),
                            ("coalition", "One group only"),
                        ],
                        default="members",
                        max_length=10,
                        verbose_name="Who can read it?",
                    ),
                ),
                ("changed", models.TextField(verbose_name="What did you do differently?")),
                ("happened", models.TextField(verbose_name="What happened?")),
                (
                    "result",
                    models.CharField(
                        choices=[("worked", "It worked"), ("partly", "It partly worked"), ("not", "It did not work")],
                        max_length=10,
                        verbose_name="Did it work?",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "byline_role",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="practices.role",
                        verbose_name="Your role",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decided_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="followers",
                        to="stories.experiment",
                        verbose_name="Does it build on something here?",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="experiments",
                        to="practices.place",
                        verbose_name="Where?",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="experiments",
                        to="practices.practice",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="experiments",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["story", "created_at"], name="experiments_of_a_story"),
                    models.Index(fields=["practice", "created_at"], name="experiments_of_a_practice"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("author", "form_key"), name="one_experiment_a_form"),
                    models.CheckConstraint(
                        condition=models.Q(("story", None), ("practice", None), _connector="XOR"),
                        name="an_experiment_follows_a_story_or_a_practice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        default=stories.models.contribution.new_slug, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "With a moderator"),
                            ("live", "Live"),
                            ("refused", "Not shown: a moderator said why"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                ("reason", models.TextField(blank=True, editable=False)),
                ("told_at", models.DateTimeField(editable=False, null=True)),
                ("form_key", models.CharField(editable=False, max_length=40, null=True)),
                ("text", models.TextField(verbose_name="What has happened since?")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("going", "Still going"),
                            ("spread", "Spread to others"),
                            ("normal", "Became normal"),
                            ("stalled", "Stalled"),
                            ("stopped", "Stopped"),
                            ("early", "Too early to say"),
                        ],
                        max_length=10,
                        verbose_name="Where is it now?",
                    ),
                ),
                (
                    "period_part",
                    models.CharField(
                        blank=True,
                        choices=[("early", "Early"), ("mid", "Mid"), ("late", "Late")],
                        max_length=5,
                        verbose_name="Since when?",
                    ),
                ),
                ("period_year", models.PositiveSmallIntegerField(verbose_name="Which year?")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decided_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up",
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("author", "form_key"), name="one_followup_a_form")],
            },
        ),
        migrations.CreateModel(
            name="OrganisationResponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        default=stories.models.contribution.new_slug, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "With a moderator"),
                            ("live", "Live"),
                            ("refused", "Not shown: a moderator said why"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                ("reason", models.TextField(blank=True, editable=False)),
                ("told_at", models.DateTimeField(editable=False, null=True)),
                ("form_key", models.CharField(editable=False, max_length=40, null=True)),
                (
                    "organisation",
                    models.CharField(max_length=120, verbose_name="Which organisation do you answer for?"),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("heard", "We have heard this"),
                            ("looking", "We are looking into it"),
                            ("changed", "We have changed something"),
                            ("cannot", "We cannot, because"),
                        ],
                        max_length=10,
                        verbose_name="What is your answer?",
                    ),
                ),
                ("text", models.TextField(verbose_name="In your words")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decided_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation’s response",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("author", "form_key"), name="one_organisationresponse_a_form")
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        default=stories.models.contribution.new_slug, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "With a moderator"),
                            ("live", "Live"),
                            ("refused", "Not shown: a moderator said why"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                ("reason", models.TextField(blank=True, editable=False)),
                ("told_at", models.DateTimeField(editable=False, null=True)),
                ("form_key", models.CharField(editable=False, max_length=40, null=True)),
                (
                    "byline",
                    models.CharField(
                        choices=[
                            ("name", "My name"),
                            ("role", "My role and region"),
                            ("hidden", "Not at all: known to the programme team only"),
                        ],
                        default="role",
                        max_length=10,
                        verbose_name="How should we name you?",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("members", "Members of this community"),
                            ("public", "Anyone"),
                            ("coalition", "One group only"),
                        ],
                        default="members",
                        max_length=10,
                        verbose_name="Who can read it?",
                    ),
                ),
                ("text", models.TextField(verbose_name="What would you like to say?")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "byline_role",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to="practices.role",
                        verbose_name="Your role",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decided_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["story", "-created_at", "-id"], name="responses_of_a_story")],
                "constraints": [models.UniqueConstraint(fields=("author", "form_key"), name="one_response_a_form")],
            },
        ),
        migrations.CreateModel(
            name="TellersMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tellers_mails",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "day"), name="one_mail_a_day_and_teller")],
            },
        ),
        migrations.CreateModel(
            name="Thanks",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ask", "It helped me ask"),
                            ("meeting", "I used it in a meeting"),
                            ("trying", "I am trying it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("named", models.BooleanField(default=False)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("members", "Members of this community"),
                            ("public", "Anyone"),
                            ("coalition", "One group only"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="thanks", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="thanks",
                        to="practices.role",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="thanks", to="stories.story"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "thanks",
                "constraints": [
                    models.UniqueConstraint(fields=("story", "member", "kind"), name="thanks_once_a_member")
                ],
            },
        ),
    ]
