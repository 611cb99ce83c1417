"""What moments told before is told by weeks now."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("digests", "0005_letters_have_weeks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField("issue", "due_at"),
        migrations.RemoveField("delivery", "stories"),
        migrations.RemoveIndex("delivery", "deliveries_planned"),
        migrations.AlterField(
            "delivery",
            "planned_at",
            models.DateTimeField(help_text="Its member's hour; `due_at` moves with each attempt."),
        ),
        migrations.AlterField(
            "issue", "done_at", models.DateTimeField(blank=True, help_text="Gone or cancelled.", null=True)
        ),
        migrations.AlterField(
            "issue",
            "state",
            models.CharField(
                choices=[
                    ("draft", "Being prepared"),
                    ("sending", "Being sent"),
                    ("paused", "Paused"),
                    ("done", "Gone"),
                    ("cancelled", "Cancelled"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AlterField("issue", "week", models.DateField(unique=True, verbose_name="the Thursday it opens")),
        migrations.AddIndex(
            "delivery",
            models.Index(fields=["due_at", "id"], condition=Q(state="planned", claimed_by=""), name="deliveries_due"),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(fields=["claimed_until"], condition=~Q(claimed_by=""), name="deliveries_claimed"),
        ),
        migrations.AddIndex("delivery", models.Index(fields=["member", "-id"], name="deliveries_of_a_member")),
        migrations.AddConstraint(
            "issue",
            models.CheckConstraint(
                condition=Q(state="draft", began_at=None) | (~Q(state="draft") & Q(began_at__isnull=False)),
                name="a_letter_that_goes_out_has_begun",
            ),
        ),
    ]
