"""Issues of the weekly letter, and what went to whom."""

from django.conf import settings
from django.db import models

from stories.models import Story


class Issue(models.Model):
    """One week's letter to everybody; exists once a period."""

    period = models.DateField(unique=True, help_text="The day it is due.")
    note = models.TextField("a note from the team", blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-period"]

    def __str__(self):
        return f"Letter of {self.period:%d %B %Y}"


class Delivery(models.Model):
    """One issue to one member, at most once: the constraint is the promise."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        SKIPPED = "skipped", "Skipped"
        UNKNOWN = "unknown", "Unknown"

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="deliveries")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries")
    stories = models.ManyToManyField(Story, related_name="deliveries", blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=60, blank=True)
    planned_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["issue", "member"], name="one_letter_a_member_and_issue")]

    def __str__(self):
        return f"Delivery ({self.state})"
