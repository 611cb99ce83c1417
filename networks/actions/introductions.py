"""Asking to be introduced, answering, and what comes of it."""

from django.db import transaction

from members import actions as accounts
from members.models import Block, Connection, Profile, User
from networks.actions import conversations
from networks.emails import introductions as emails
from networks.models import Introduction, Side, WentCount
from networks.models.introduction import LASTS, MOST_OPEN


class CannotAsk(Exception):
    """Not now, or not these two."""


class NotHere(CannotAsk):
    """Nobody by that address whom this member could ask: hidden, blocked, gone or never there, all alike."""


class TooManyOpen(CannotAsk):
    """As many as one may have open."""


class AskedBefore(CannotAsk):
    """The same person within the time in which nobody is asked twice."""

    def __init__(self, introduction):
        super().__init__()
        self.introduction = introduction


class Connected(CannotAsk):
    """They know each other already."""


class TooLate(Exception):
    """The time to answer is over, or it was answered."""


@transaction.atomic
def ask(member, *, reason, by, now, may_stay=""):
    """`by` would like to be introduced to the member. Raises NotHere, Connected, AskedBefore, TooManyOpen."""
    User.objects.hold(by)
    check_may_ask(member, by=by, now=now)
    introduction = _make([member, by], reason=reason, may_stay=may_stay, by=by, now=now)
    introduction.sides.filter(member=by).update(answer=Side.Answer.YES, answered_at=now)
    if _reached_lately(introduction, by, member, now=now).exclude(made_by=member).exists():
        return _leave_unheard(introduction)
    emails.introduction_waits(introduction, member=member, caused_by=by, now=now)
    return introduction


@transaction.atomic
def introduce(one, other, *, reason, by, now, may_stay=""):
    """`by` thinks that two others should know each other; both are asked. Raises NotHere, AskedBefore, TooManyOpen.

    Whether they know each other, blocked each other or were asked before is nothing that `by` learns.
    """
    User.objects.hold(by)
    for member in (one, other):
        _must_be_there(member, by)
    if one == other or by in (one, other):
        raise NotHere
    made = Introduction.objects.filter(made_by=by)
    _must_not_be_repeated(made.between(one, other), now=now)
    _must_have_room(by, now=now)
    introduction = _make([one, other], reason=reason, may_stay=may_stay, by=by, now=now)
    known = Connection.objects.between(one, other).exists() or Block.objects.stands_between(one, other)
    if known or _reached_lately(introduction, one, other, now=now).exists():
        return _leave_unheard(introduction)
    emails.introduction_waits(introduction, member=one, caused_by=other, now=now)
    emails.introduction_waits(introduction, member=other, caused_by=one, now=now)
    return introduction


def check_may_ask(member, *, by, now):
    """Raises what `ask` raises."""
    _must_be_there(member, by)
    if member == by:
        raise NotHere
    if Connection.objects.between(by, member).exists():
        raise Connected
    _must_not_be_repeated(Introduction.objects.filter(made_by=by).between(by, member), now=now)
    _must_have_room(by, now=now)


def _must_be_there(member, by):
    if not Profile.objects.visible_to(by).filter(user=member).exists():
        raise NotHere


def _must_not_be_repeated(same, *, now):
    earlier = same.remembered(now=now).order_by("-asked_at").first()
    if earlier:
        raise AskedBefore(earlier)


def _must_have_room(by, *, now):
    if Introduction.objects.made_and_open(by, now=now).count() >= MOST_OPEN:
        raise TooManyOpen


def _make(members, *, reason, may_stay, by, now):
    introduction = Introduction.objects.create(
        made_by=by, reason=reason, may_stay=may_stay, asked_at=now, answer_until=now + LASTS
    )
    Side.objects.bulk_create(
        Side(introduction=introduction, member=member, known_as=str(member)[:200]) for member in members
    )
    return introduction


def _reached_lately(introduction, one, other, *, now):
    """Nobody is asked twice about the same person, however many know both; to whoever asks it looks the same."""
    others = Introduction.objects.between(one, other).exclude(pk=introduction.pk)
    return others.remembered(now=now).filter(unheard=False)


def _leave_unheard(introduction):
    introduction.unheard = True
    introduction.save(update_fields=["unheard"])
    return introduction


@transaction.atomic
def say_yes(introduction, *, by, now):
    """The member's yes; when both have said it they are connected and have a conversation. Raises TooLate."""
    row, side = _to_answer(introduction, by=by, now=now)
    side.say(Side.Answer.YES, now=now)
    members = [one.member for one in row.sides.select_related("member")]
    if row.sides.exclude(answer=Side.Answer.YES).exists():
        return row
    return _meet(row, members, answered_by=by, now=now)


def _meet(row, members, *, answered_by, now):
    Connection.objects.connect(*members, now=now)
    row.conversation, row.met_at = conversations.open_between(*members, now=now), now
    row.save(update_fields=["conversation", "met_at"])
    # The other one that was open between the two has come true as well.
    others = Introduction.objects.between(*members).filter(met_at=None, answer_until__gt=now)
    others.exclude(made_by__in=members).update(unheard=True)
    others.filter(made_by__in=members).update(conversation=row.conversation, met_at=now)
    for member in members:
        if member != answered_by:
            emails.introduction_met(row, member=member, caused_by=answered_by, now=now)
    return row


@transaction.atomic
def say_not_now(introduction, *, by, now):
    """Nobody is told: to whoever asked it looks like silence. Raises TooLate."""
    row, side = _to_answer(introduction, by=by, now=now)
    side.say(Side.Answer.NO, now=now)
    return row


@transaction.atomic
def block(introduction, *, by, now):
    """Not now, and never again: the other is blocked by what was seen of them. Raises TooLate."""
    row, side = _to_answer(introduction, by=by, now=now)
    side.say(Side.Answer.NO, now=now)
    for other in row.sides.exclude(member=by).select_related("member__profile__role", "member__profile__place__parent"):
        accounts.block(other.member, known_as=other.described, by=by, now=now)
    return row


def _to_answer(introduction, *, by, now):
    """The introduction and this member's side, held with both members: a block at this moment waits, or is seen."""
    User.objects.hold(*(side.member for side in introduction.sides.select_related("member")))
    Introduction.objects.select_for_update(no_key=True).get(pk=introduction.pk)
    row = Introduction.objects.waiting_for(by, now=now).filter(pk=introduction.pk).first()
    if row is None:
        raise TooLate
    return row, row.sides.get(member=by)


@transaction.atomic
def take_back(introduction, *, by, now):
    """Whoever asked would rather not have. It stays among those that are open, or one could ask everybody in turn."""
    Introduction.objects.filter(pk=introduction.pk, made_by=by, met_at=None, taken_back_at=None).update(
        taken_back_at=now
    )


@transaction.atomic
def say_how_it_went(introduction, *, answer, by, now):
    """One tap, once, kept as a number only."""
    said = Side.objects.filter(introduction=introduction, member=by, went_at=None).update(went_at=now)
    if said:
        WentCount.objects.count_one(answer)
    return bool(said)
