"""What members do in a coalition: gather it, join, leave, convene, remove somebody, put up a notice."""

from django.db import transaction

from networks.actions import conversations, gatherings
from networks.models import BoardNotice, Coalition, Membership
from networks.models.coalition import Joining


class NotOpen(Exception):
    """It cannot be done by them, or not any more."""


@transaction.atomic
def gather(coalition, *, boundaries, places, by, now):
    """A new one, with a conversation of its own. Whoever gathers it convenes it."""
    talk = conversations.open([by], now=now, title=coalition.name, for_two=False)
    coalition.conversation, coalition.gathered_at = talk, now
    coalition.save()
    coalition.boundaries.set(boundaries)
    coalition.places.set(places)
    Membership.objects.create(coalition=coalition, member=by, convenes=True, joined_at=now)
    return coalition


@transaction.atomic
def join(coalition, *, by, now):
    """Any member, where it is open to them and no convenor has removed them. Joining twice is joining once."""
    coalition = hold(coalition)
    own = Membership.objects.filter(coalition=coalition, member=by).first()
    if own and own.left_at is None:
        return own
    if coalition.joining != Joining.OPEN or (own and own.removed_at):
        raise NotOpen
    own = own or Membership(coalition=coalition, member=by)
    own.joined_at, own.left_at = now, None
    own.save()
    conversations.join(coalition.conversation, by, now=now)
    return own


@transaction.atomic
def leave(coalition, *, by, now):
    """For now: an open one can be joined again. Where the last convenor leaves, its members are offered to convene."""
    _end(_own(hold(coalition), by), now=now)


@transaction.atomic
def remove(coalition, member, *, by, now):
    """By a convenor, and not of another convenor: they read nothing of it from this moment."""
    coalition = hold(coalition)
    _convenor(coalition, by)
    theirs = _own(coalition, member)
    if theirs.convenes:
        raise NotOpen
    theirs.removed_at = now
    _end(theirs, now=now)


@transaction.atomic
def convene(coalition, *, by, now):
    """By any of its members, once nobody convenes it any more. Of two at once, one does."""
    coalition = hold(coalition)
    own = _own(coalition, by)
    if Membership.objects.convenors().filter(coalition=coalition).exists():
        raise NotOpen
    _let_convene(own)


@transaction.atomic
def ask_to_convene(coalition, member, *, by, now):
    """A convenor makes another member one as well."""
    coalition = hold(coalition)
    _convenor(coalition, by)
    _let_convene(_own(coalition, member))


@transaction.atomic
def step_down(coalition, *, by, now):
    """A convenor stays as a member. The last one cannot: they leave, or let somebody convene first."""
    coalition = hold(coalition)
    _convenor(coalition, by)
    if not Membership.objects.convenors().filter(coalition=coalition).exclude(member=by).exists():
        raise NotOpen
    Membership.objects.filter(coalition=coalition, member=by).update(convenes=False)


@transaction.atomic
def put_up(coalition, *, text, may_stay, form_key, by, now):
    coalition = hold(coalition)
    _own(coalition, by)
    said = {"coalition": coalition, "text": text, "may_stay": may_stay, "said_at": now}
    return BoardNotice.objects.get_or_create(author=by, form_key=form_key, defaults=said)[0]


def hold(coalition):
    """Its row is held, so that nobody joins or speaks while they are being removed."""
    return Coalition.objects.select_for_update(no_key=True).get(pk=coalition.pk)


def _own(coalition, member):
    own = Membership.objects.now().filter(coalition=coalition, member=member).first()
    if own is None:
        raise NotOpen
    return own


def _convenor(coalition, member):
    if not _own(coalition, member).convenes:
        raise NotOpen


def _let_convene(membership):
    membership.convenes = True
    membership.save(update_fields=["convenes"])


def _end(membership, *, now):
    membership.left_at, membership.convenes = now, False
    membership.save(update_fields=["left_at", "convenes", "removed_at"])
    gatherings.forget_answers(membership, now=now)
    conversations.leave(membership.coalition.conversation, by=membership.member, now=now)
