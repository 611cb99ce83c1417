"""Questions from commissioners, and the stories that answer them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0024_a_second_editor_may_read"),
        ("stories", "0045_attempts"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommissionersQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "question",
                    models.CharField(
                        help_text="One question, in words that a support worker would use.", max_length=200
                    ),
                ),
                (
                    "why",
                    models.TextField(
                        help_text="What is to be decided, by whom and when, and what an answer can still change.",
                        verbose_name="why they ask",
                    ),
                ),
                ("organisation", models.CharField(max_length=120, verbose_name="which organisation asks")),
                (
                    "role",
                    models.CharField(
                        help_text="A role rather than a name.", max_length=120, verbose_name="who asks there"
                    ),
                ),
                (
                    "opens_date",
                    models.DateField(
                        blank=True,
                        help_text="Empty: nobody sees it but whoever may write questions.",
                        null=True,
                        verbose_name="shown from",
                    ),
                ),
                ("closes_date", models.DateField(verbose_name="last day for answers")),
                (
                    "reply_due_date",
                    models.DateField(
                        help_text="From the day after, the page says that their reply is missing.",
                        verbose_name="they reply by",
                    ),
                ),
                (
                    "heard",
                    models.TextField(blank=True, help_text="In the asker’s own words.", verbose_name="what we heard"),
                ),
                (
                    "will_do",
                    models.TextField(
                        blank=True,
                        help_text="With days and a role for each. “Nothing, because …” is an answer too.",
                        verbose_name="what we will do",
                    ),
                ),
                ("replied_date", models.DateField(blank=True, editable=False, null=True, verbose_name="replied on")),
            ],
            options={
                "verbose_name": "question from a commissioner",
                "verbose_name_plural": "questions from commissioners",
                "ordering": ["-closes_date", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_date", None), ("opens_date__lte", models.F("closes_date")), _connector="OR"
                        ),
                        name="a_question_opens_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reply_due_date__gt", models.F("closes_date"))),
                        name="a_reply_is_due_after_it_closes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("heard", ""), ("replied_date", None), ("will_do", "")),
                            models.Q(
                                models.Q(("heard", ""), _negated=True),
                                models.Q(("will_do", ""), _negated=True),
                                ("replied_date__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_reply_is_whole_and_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="reports.commissionersquestion",
                    ),
                ),
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="question_answer", to="stories.story"
                    ),
                ),
            ],
        ),
    ]
