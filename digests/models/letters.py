"""Issues of the weekly letter, and what went to whom."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from stories.models import Story

# A conversation with a mail relay that has not ended by then has lost its worker.
LOST_AFTER = timedelta(minutes=15)


class IssueQuerySet(models.QuerySet):
    def being_sent(self):
        return self.filter(state=Issue.State.SENDING)

    def gone(self):
        """Issues that went out or are going out, the newest first."""
        return self.filter(due_at__isnull=False).order_by("-due_at")

    def with_counts(self):
        """With the number of deliveries in each state, for `in_numbers`."""
        counts = {f"{state}_count": Count("deliveries", filter=Q(deliveries__state=state)) for state in Delivery.State}
        return self.annotate(**counts)

    def next_draft(self):
        """The letter that is being prepared; there is always one, and never two."""
        return self.get_or_create(state=Issue.State.DRAFT)[0]


class Issue(models.Model):
    """One letter to everybody: prepared, sent, done. One at most is being prepared, and one at most is being sent."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        SENDING = "sending", "Being sent"
        DONE = "done", "Gone"

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    note = models.TextField("a note from the team", blank=True)
    due_at = models.DateTimeField(null=True, blank=True, unique=True, help_text="Its period: no two share a moment.")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=~Q(state="done"), name="one_letter_prepared_and_one_being_sent"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", due_at=None) | (~Q(state="draft") & Q(due_at__isnull=False)),
                name="a_letter_that_goes_out_is_due",
            ),
        ]

    def __str__(self):
        return f"Letter of {self.due_at:%d %B %Y}" if self.due_at else "The next letter"

    @property
    def in_numbers(self):
        """ "3 sent, 1 skipped"; asks for `with_counts()`."""
        counts = [(getattr(self, f"{state}_count"), state.label.lower()) for state in Delivery.State]
        return ", ".join(f"{count} {label}" for count, label in counts if count) or "nobody wants it yet"

    def start(self, *, due_at):
        """Let it go out. The constraint refuses a second one at the same time or for the same moment."""
        self.state, self.due_at = self.State.SENDING, due_at
        self.save(update_fields=["state", "due_at"])

    def finish(self, *, now):
        """Done once each of its deliveries has an end; asking early or twice changes nothing."""
        open_ones = self.deliveries.filter(state__in=[Delivery.State.PLANNED, Delivery.State.SENDING])
        if self.state == self.State.SENDING and not open_ones.exists():
            self.state, self.done_at = self.State.DONE, now
            self.save(update_fields=["state", "done_at"])


class DeliveryQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(state=Delivery.State.PLANNED, due_at__lte=now)

    def arrived(self):
        """What a member has, or may have: a letter whose fate nobody knows counts as read."""
        return self.filter(state__in=[Delivery.State.SENT, Delivery.State.UNKNOWN, Delivery.State.SENDING])

    def considered(self):
        """Letters that looked through the stories for a member, whether or not there was something to send."""
        return self.arrived() | self.filter(state=Delivery.State.SKIPPED, reason=Delivery.NOTHING_NEW)

    def give_up_lost(self, now):
        """A worker died while it spoke with the relay: perhaps the mail left, so it is never sent again."""
        lost = self.filter(state=Delivery.State.SENDING, started_at__lt=now - LOST_AFTER)
        return lost.update(state=Delivery.State.UNKNOWN, reason="The worker was lost.", finished_at=now)


class Delivery(models.Model):
    """One issue to one member, at most once: the constraint is the promise."""

    NOTHING_NEW = "Nothing new"

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
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["issue", "member"], name="one_letter_a_member_and_issue")]
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="planned"), name="deliveries_planned")]

    def __str__(self):
        return f"Delivery ({self.state})"

    def start(self, stories, *, now):
        """From here on the mail may have left; committed before the relay hears of it."""
        self.stories.set(stories)
        self._change(self.State.SENDING, started_at=now)

    def put_off(self, reason, *, until):
        """The relay said "not now"."""
        self._change(self.State.PLANNED, reason=reason, due_at=until)

    def end(self, state, reason="", *, now):
        self._change(state, reason=reason, finished_at=now)

    def _change(self, state, **fields):
        fields["state"] = state
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
