"""Issues of the weekly letter, and what went to whom."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q

from digests import when
from stories.models import Story


class IssueQuerySet(models.QuerySet):
    def being_sent(self):
        return self.filter(state=Issue.State.SENDING)

    def under_way(self):
        """Begun and not ended: being sent, or paused."""
        return self.filter(state__in=[Issue.State.SENDING, Issue.State.PAUSED])

    def closed(self):
        """Nobody who has no row in it gets it any more: ended, cancelled, or sent to everybody early."""
        return self.filter(Q(state__in=[Issue.State.DONE, Issue.State.CANCELLED]) | Q(hurried_at__isnull=False))

    def gone(self):
        """Issues that went out or are going out, the newest first."""
        return self.exclude(state=Issue.State.DRAFT).order_by("-week")

    def with_counts(self):
        """With the number of deliveries in each state, for `counts`."""
        counts = {f"{state}_count": Count("deliveries", filter=Q(deliveries__state=state)) for state in Delivery.State}
        return self.annotate(**counts)

    def next_draft(self, now):
        """The letter that is being prepared: that of the next week, or of a later one where staff sent it early."""
        week = when.week_of((now + when.EASTERNMOST).date()) + when.WEEK
        last = self.gone().values_list("week", flat=True).first()
        if last and last >= week:
            week = last + when.WEEK
        return self.get_or_create(week=week)[0]


class Issue(models.Model):
    """The letter of one week. It opens where Thursday begins first, and each reader gets it on their own day and hour.

    Accounted for: `candidate_count` members were planned, each with one row; it is done when each row has its end.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        SENDING = "sending", "Being sent"
        PAUSED = "paused", "Paused"
        DONE = "done", "Gone"
        CANCELLED = "cancelled", "Cancelled"

    week = models.DateField("the Thursday it opens", unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    note = models.TextField("a note from the team", blank=True)
    question = models.CharField("a question at the end", max_length=200, blank=True)
    picks = models.ManyToManyField(Story, related_name="+", blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    hurried_at = models.DateTimeField(null=True, blank=True, help_text="Staff sent it to everybody at once.")
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_because = models.CharField(max_length=120, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, help_text="Gone or cancelled.")
    candidate_count = models.PositiveIntegerField(default=0)
    relay_error_count = models.PositiveSmallIntegerField(default=0, help_text="Of the mail relay, one after another.")

    objects = IssueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", began_at=None) | (~Q(state="draft") & Q(began_at__isnull=False)),
                name="a_letter_that_goes_out_has_begun",
            ),
        ]

    def __str__(self):
        return f"Letter of {self.week:%-d %B %Y}"

    def end(self, *, now):
        """Each of its rows has an end."""
        self.state, self.done_at = self.State.DONE, now
        self.save(update_fields=["state", "done_at"])


class DeliveryQuerySet(models.QuerySet):
    def open(self):
        """Without an end yet."""
        return self.filter(state__in=[Delivery.State.PLANNED, Delivery.State.SENDING])

    def due(self, now):
        """Nobody has claimed them, and their hour has come."""
        return self.filter(state=Delivery.State.PLANNED, claimed_by="", due_at__lte=now)

    def arrived(self):
        """What a member has, or may have: a letter whose fate nobody knows counts as read."""
        return self.filter(state__in=[Delivery.State.SENT, Delivery.State.UNKNOWN, Delivery.State.SENDING])

    def in_trouble(self):
        """What staff should know of: refused, or in doubt."""
        return self.filter(state__in=[Delivery.State.FAILED, Delivery.State.UNKNOWN])


class Delivery(models.Model):
    """One issue to one member, at most once: the constraint is the promise."""

    UNCLAIMED = "-"  # ended without ever being claimed: it waits no more
    NOTHING_NEW = "Nothing new"
    TOO_FEW = "Too little yet"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        SKIPPED = "skipped", "Skipped"
        UNKNOWN = "unknown", "Unknown"

    # Two of the indexes below begin with these columns already. None holds a column that a start or an end changes.
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=60, blank=True)
    # Frozen as it started: where it went, and what was in it. `items` are what `digests.choosing` chose, in order;
    # `story_ids` are the stories among them, for "never the same twice".
    address = models.CharField(max_length=254, blank=True)
    items = models.JSONField(default=list, blank=True)
    story_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    planned_at = models.DateTimeField(help_text="Its member's hour; `due_at` moves with each attempt.")
    claimed_by = models.CharField(
        max_length=32, blank=True, help_text="Its last claim, kept when it ends; empty while it waits."
    )
    after = models.BigIntegerField(
        null=True, blank=True, help_text="The row before it in its claim, if its mail was taken as this one started."
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["issue", "member"], name="one_letter_a_member_and_issue")]
        indexes = [
            models.Index(fields=["issue", "due_at", "id"], condition=Q(claimed_by=""), name="deliveries_waiting"),
            models.Index(fields=["member", "-id"], name="deliveries_of_a_member"),
        ]

    def __str__(self):
        return f"Delivery ({self.state})"


class Claim(models.Model):
    """The rows that one worker sends now. Its row goes when the worker has told what became of each, or is lost."""

    name = models.CharField(max_length=32, primary_key=True)
    until = models.DateTimeField()
    server_started_at = models.DateTimeField(help_text="Of PostgreSQL, when it was made.")
    rows = ArrayField(models.BigIntegerField())
    backend_pid = models.IntegerField(null=True, help_text="PostgreSQL's process of the worker's connection.")
    backend_started_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"Claim of {len(self.rows)} until {self.until}"
