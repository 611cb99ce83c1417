"""What members say to each other: a conversation, the seats at it, and the messages."""

import secrets

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import Block, User

FORMER = _("Former member")


def new_key():
    """An address that counts nothing and names nobody."""
    return secrets.token_urlsafe(12)


class SeatQuerySet(models.QuerySet):
    def taken(self):
        return self.filter(left_at=None)

    def open_to(self, user):
        """The one rule for who may read along: whoever sits there and has not left, in good standing.

        A conversation between two is closed to both where a block stands between them, and looks as if it had never
        been. Behind a mask nobody knows whom they blocked: whoever faces one notices nothing, whoever wears it is
        parted from them all the same.
        """
        if not getattr(user, "is_member", False):
            return self.none()
        parted = Block.objects.parting(user)
        behind = Q(member__in=parted.values("blocked")) | Q(member__in=parted.values("blocker"))
        others = Seat.objects.filter(conversation=OuterRef("conversation"), masked_as="").exclude(member=user)
        closed = Exists(others.filter(behind)) & Q(conversation__for_two=True)
        return self.taken().filter(member=user).exclude(closed)

    def with_others(self):
        seats = Seat.objects.select_related("member").order_by("pk")
        return self.select_related("conversation").prefetch_related(models.Prefetch("conversation__seats", seats))

    def with_news(self):
        """`is_new`: somebody else has said something since they last looked."""
        others = Message.objects.filter(conversation=OuterRef("conversation")).exclude(seat=OuterRef("pk"))
        return self.annotate(is_new=Exists(others.filter(said_at__gt=OuterRef("read_at"))))


class ConversationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pk__in=Seat.objects.open_to(user).values("conversation"))

    def between(self, one, other):
        """The one that two members have by their names."""
        named = Seat.objects.filter(masked_as="")
        ones, others = named.filter(member=one), named.filter(member=other)
        both = self.filter(for_two=True, pk__in=ones.values("conversation"))
        return both.filter(pk__in=others.values("conversation"))


class Conversation(models.Model):
    """A plain thread. It knows who sits at it and nothing else: what it is about, and whose it is, knows its owner."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    title = models.CharField(max_length=200, blank=True)
    for_two = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    last_said_at = models.DateTimeField()
    # By whoever owns it: it is still read, and nothing more is said.
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    def __str__(self):
        return self.title or gettext("A conversation")

    def get_absolute_url(self):
        return reverse("conversations:conversation", args=[self.key])

    def close(self, *, now):
        self.closed_at = now
        self.save(update_fields=["closed_at"])


class Seat(models.Model):
    """One member at a conversation, by their name or behind a mask; what stays when they go is a seat without one."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="seats")
    masked_as = models.CharField(max_length=200, blank=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    muted_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    draft = models.TextField(blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "member"], name="one_seat_a_member")]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """As the others read it. A mask stays on when its wearer has left the site: that they did is told nobody."""
        return self.masked_as or str(self.member or FORMER)

    @property
    def others(self):
        return [seat for seat in self.conversation.seats.all() if seat.pk != self.pk]

    @property
    def title(self):
        """Whom one talks to, or what the conversation's owner called it."""
        return self.conversation.title or ", ".join(seat.name for seat in self.others) or str(FORMER)

    @property
    def can_say(self):
        """Until it is closed; between two, while the other is still there."""
        if self.conversation.closed_at:
            return False
        return not self.conversation.for_two or any(seat.is_there for seat in self.others)

    @property
    def is_there(self):
        """A mask never tells whether somebody is behind it."""
        return bool(self.masked_as and not self.left_at) or bool(self.member_id and not self.left_at)

    def mark_read(self, *, now):
        self.read_at = now
        self.save(update_fields=["read_at"])


class MessageQuerySet(models.QuerySet):
    def for_reading(self):
        return self.select_related("seat__member")

    def around(self, message, *, before=3, after=2):
        """The message and the five around it: all that whoever judges it is shown."""
        same = self.filter(conversation=message.conversation_id)
        earlier = same.filter(Q(said_at__lt=message.said_at) | Q(said_at=message.said_at, pk__lt=message.pk))
        later = same.filter(Q(said_at__gt=message.said_at) | Q(said_at=message.said_at, pk__gt=message.pk))
        found = [*earlier.for_reading().order_by("-said_at", "-pk")[:before]][::-1]
        return [*found, message, *later.for_reading().order_by("said_at", "pk")[:after]]


class Message(models.Model):
    """What somebody said at a conversation, until they leave the site or a moderator takes it away."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField()
    said_at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True, blank=True)
    # The form's own: the same form sent twice is one message.
    form_key = models.CharField(max_length=40)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "form_key"], name="one_message_a_form")]
        indexes = [models.Index(fields=["conversation", "-said_at", "-id"], name="messages_of_a_conversation")]

    def __str__(self):
        return gettext("A message")

    def uphold(self, *, by, now, reason):
        """A moderator agrees with whoever reported it: its words go."""
        self.text, self.taken_down_at = "", now
        self.save(update_fields=["text", "taken_down_at"])

    def may_be_mailed_to(self, reader):
        """Its words, where the reader has asked for that: between two who know each other by name. In a group they
        would tell that there is one, behind a mask who wears it."""
        by = self.seat.member
        if not (reader.words_by_mail and self.conversation.for_two and self.text):
            return False
        masked = self.conversation.seats.exclude(masked_as="").exists()
        return bool(by and by.is_member and not masked and not Block.objects.stands_between(by, reader))
