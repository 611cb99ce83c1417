"""What members do in a conversation: open one, say something, leave it, quieten it."""

from django.db import transaction
from django.db.models import F, Q

from members.models import User
from networks.emails import conversations as emails
from networks.models import Conversation, Message, Seat


class Closed(Exception):
    """Nobody is there to be talked to any more, or it is not theirs."""


@transaction.atomic
def open(members, *, now, masked=None, title="", for_two=True):
    """A new conversation with a seat for each member. `masked`: how a member is named there instead, by the member.

    Whoever owns it (an introduction, a story, a coalition) keeps the link; the conversation knows nothing of it.
    """
    conversation = Conversation.objects.create(title=title, for_two=for_two, opened_at=now, last_said_at=now)
    for member in members:
        join(conversation, member, now=now, masked_as=(masked or {}).get(member, ""))
    return conversation


def open_between(one, other, *, now):
    """The one that two members have by their names; a second introduction leads to the same."""
    User.objects.hold(one, other)
    found = Conversation.objects.between(one, other).first()
    if found is None:
        return open([one, other], now=now)
    found.seats.filter(member__in=[one, other]).update(left_at=None)
    return found


@transaction.atomic
def join(conversation, member, *, now, masked_as=""):
    """Take a seat, or one's own again. What was said before is read too."""
    seat, made = Seat.objects.get_or_create(
        conversation=conversation,
        member=member,
        defaults={"joined_at": now, "read_at": now, "masked_as": masked_as},
    )
    if not made and seat.left_at:
        seat.left_at, seat.joined_at = None, now
        seat.save(update_fields=["left_at", "joined_at"])
    return seat


@transaction.atomic
def say(conversation, *, text, by, now, form_key):
    """A message to everybody there; the same form sent twice is one. Raises Closed.

    The others are mailed that there is one, never what it says, and once until they have looked.
    """
    seat = _own_seat(conversation, by)
    message, made = Message.objects.get_or_create(
        seat=seat, form_key=form_key, defaults={"conversation": seat.conversation, "text": text, "said_at": now}
    )
    if not made:
        return message
    Conversation.objects.filter(pk=conversation.pk).update(last_said_at=now)
    Seat.objects.filter(pk=seat.pk).update(draft="", read_at=now)
    _tell_the_others(message, seat, now=now)
    return message


def _own_seat(conversation, by):
    # Its row is held, so that a seat cannot be left while something is said from it.
    Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    seat = Seat.objects.open_to(by).filter(conversation=conversation).with_others().first()
    if seat is None or not seat.can_say:
        raise Closed
    return seat


def _tell_the_others(message, seat, *, now):
    others = Seat.objects.taken().filter(conversation=seat.conversation, muted_at=None).exclude(pk=seat.pk)
    unmailed = others.filter(Q(mailed_at=None) | Q(mailed_at__lte=F("read_at")))
    for other in unmailed.filter(member__in=User.objects.current()).select_related("member", "conversation"):
        emails.message_waits(message, other, caused_by=seat.member, now=now)
        Seat.objects.filter(pk=other.pk).update(mailed_at=now)


def keep_draft(conversation, *, text, by):
    """What is typed and not yet said; only its writer ever sees it."""
    Seat.objects.open_to(by).filter(conversation=conversation).update(draft=text)


@transaction.atomic
def leave(conversation, *, by, now):
    """Get up for good: nothing of it is shown to them any more. What they said stays with the others."""
    Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    Seat.objects.taken().filter(conversation=conversation, member=by).update(left_at=now, draft="")


def mute(conversation, *, by, now):
    """No more mail from here. Nobody is told."""
    Seat.objects.taken().filter(conversation=conversation, member=by).update(muted_at=now)


def unmute(conversation, *, by):
    Seat.objects.taken().filter(conversation=conversation, member=by).update(muted_at=None)
