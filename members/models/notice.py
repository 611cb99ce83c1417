"""The outbox: every mail is a row here, written in the transaction of the event that caused it."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from members import kinds
from members.models.block import Block
from members.models.user import User

# After the first, second ... attempt that the relay put off; the last one repeats.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
# A code is of no use later than this, and other news is tried for a day.
LATEST_SECRET = timedelta(minutes=15)
LATEST = timedelta(hours=24)
# What tells somebody that nothing of theirs is here any more, is not here any more itself once it has gone.
CLOSED = "members.closed"
# Longer than any one conversation with a relay (EMAIL_TIMEOUT for each of its steps).
LEASE = timedelta(minutes=10)


class NoticeQuerySet(models.QuerySet):
    def waiting(self, now):
        return self.filter(state=Notice.State.WAITING, due_at__lte=now)

    def in_trouble(self):
        """What staff should know of: refused, in doubt, or put off at least once."""
        put_off = models.Q(state=Notice.State.WAITING, attempt_count__gt=0)
        return self.filter(models.Q(state__in=[Notice.State.FAILED, Notice.State.UNKNOWN]) | put_off).order_by("-pk")

    def for_letter(self, member):
        """Kept back until this member's next letter says in a line that they wait."""
        return self.filter(member=member, state=Notice.State.KEPT)

    def tell_in_letter(self):
        return self.update(state=Notice.State.TOLD)

    @transaction.atomic
    def claim(self, *, now):
        """The next one that is due, marked as being sent before anything is sent; None when there is none.

        Several workers may claim at once: none waits for another, none gets what another has.
        """
        notice = (
            self.waiting(now)
            .select_related("member__profile", "caused_by")
            .order_by("due_at", "pk")
            .select_for_update(skip_locked=True, of=["self"])
            .first()
        )
        if notice:
            notice.state, notice.started_at = Notice.State.SENDING, now
            notice.attempt_count += 1
            notice.save(update_fields=["state", "started_at", "attempt_count"])
        return notice

    def give_up_lost(self, *, now):
        """Rows whose worker died while sending: the mail may have gone, so it is shown, not sent again."""
        lost = self.filter(state=Notice.State.SENDING, started_at__lt=now - LEASE)
        lost.filter(kind=CLOSED).delete()
        lost.filter(secret=True).update(subject="", text="", html="")
        return lost.update(state=Notice.State.UNKNOWN, error="The worker stopped while sending this.")


class Notice(models.Model):
    """One mail to one address: waiting, then sent or failed. A code in its body is deleted once sent."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        UNKNOWN = "unknown", "May have arrived"
        KEPT = "kept", "Kept for the letter"
        TOLD = "told", "Told in the letter"
        UNWANTED = "unwanted", "Not wanted"

    kind = models.CharField(max_length=60)
    member = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    # Whose doing it tells of: it does not go where a block stands between the two by then. Forgotten once it went.
    caused_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    to = models.EmailField()
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    secret = models.BooleanField(default=False, help_text="Holds a code: its words are deleted once sent.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True, help_text="A night or a break was waited for.")
    started_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state="waiting"), name="notices_waiting"),
            models.Index(fields=["started_at"], condition=models.Q(state="sending"), name="notices_being_sent"),
        ]

    def __str__(self):
        return f"{self.kind} ({self.state})"

    @property
    def is_to_a_teller(self):
        """Mail about a story or a question: with its kind and hour an address would tell whose it is."""
        return kinds.is_unnamed(self.kind)

    @property
    def group_name(self):
        group = kinds.group_of(self.kind)
        return group.name if group else self.kind

    @property
    def message_id(self):
        """The same at each attempt, so that a mailbox that gets it twice can tell; it counts nothing."""
        return f"<{salted_hmac('members.notice', str(self.pk)).hexdigest()}@{urlsplit(settings.SITE_URL).hostname}>"

    @property
    def is_late(self):
        return self.started_at - (self.held_until or self.created_at) > (LATEST_SECRET if self.secret else LATEST)

    @cached_property
    def reader(self):
        """The account that it goes to, also where it was written to the bare address."""
        if self.member:
            return self.member
        written_to = User.objects.filter(emailaddress__email__iexact=self.to, emailaddress__verified=True)
        return written_to.select_related("profile").first()

    @property
    def is_behind_a_block(self):
        """Asked right before it goes: it may have waited in the outbox since before the block."""
        if self.caused_by is None:
            return False
        reader = self.member or User.objects.filter(emailaddress__email__iexact=self.to).first()
        return Block.objects.stands_between(self.caused_by, reader)

    def hold(self, until):
        """Not now: it is night, or its reader takes a break. That is no attempt."""
        self.state, self.due_at, self.held_until = Notice.State.WAITING, until, until
        self.attempt_count -= 1
        self.save(update_fields=["state", "due_at", "held_until", "attempt_count"])

    def keep_for_letter(self):
        """The next letter says that it waits; its own words are needed no more."""
        self.subject = self.text = self.html = ""
        self._end(Notice.State.KEPT)

    def mark_unwanted(self):
        """Its reader has switched this kind off, perhaps since it was written."""
        self.subject = self.text = self.html = ""
        self._end(Notice.State.UNWANTED)

    def mark_sent(self, *, now):
        self.sent_at = now
        self._end(Notice.State.SENT)

    def mark_failed(self, error):
        """It was refused for good."""
        self._end(Notice.State.FAILED, error)

    def mark_unknown(self, error):
        """The relay may have it; sending again might double it."""
        self._end(Notice.State.UNKNOWN, error)

    def put_off(self, error, *, now):
        """Try again later, later still each time."""
        self.state, self.error = Notice.State.WAITING, error[:200]
        self.due_at = now + BACK_OFF[min(self.attempt_count, len(BACK_OFF)) - 1]
        self.save(update_fields=["state", "error", "due_at"])

    def _end(self, state, error=""):
        if self.kind == CLOSED:
            self.delete()
            return
        self.state, self.error, self.caused_by = state, error[:200], None
        if self.secret:
            self.subject = self.text = self.html = ""
        self.save(update_fields=["state", "error", "sent_at", "subject", "text", "html", "caused_by"])
