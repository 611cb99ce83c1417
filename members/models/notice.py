"""The outbox: every mail is a row here, written in the transaction of the event that caused it."""

from django.db import models

from members.models.user import User


class NoticeQuerySet(models.QuerySet):
    def waiting(self, now):
        return self.filter(state=Notice.State.WAITING, due_at__lte=now)


class Notice(models.Model):
    """One mail to one address: waiting, then sent or failed. A code in its body is deleted once sent."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    kind = models.CharField(max_length=60)
    member = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    secret = models.BooleanField(default=False, help_text="Holds a code: its body is deleted once sent.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="notices_waiting")]

    def __str__(self):
        return f"{self.kind} ({self.state})"
