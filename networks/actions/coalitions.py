"""What members do in a coalition: gather it, join, leave, convene, remove somebody, put up a notice, close it."""

import secrets

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import User
from networks.actions import conversations, gatherings
from networks.actions.inside import NotOpen, acting, convening, held, place_of
from networks.emails import coalitions as emails
from networks.models import BoardNotice, CoalitionInvitation, Conversation, Membership
from networks.models.coalition import Joining

# What of it members are told is different, in words.
CHANGES = {
    "name": _("its name"),
    "purpose": _("what it is for"),
    "questions": _("what it asks of those who would like to join"),
    "agreements": _("what we agreed"),
}


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
    coalition = held(coalition)
    own = Membership.objects.filter(coalition=coalition, member=by).first()
    if own and own.left_at is None:
        return own
    if coalition.joining != Joining.OPEN or (own and own.removed_at):
        raise NotOpen
    return let_in(coalition, by, now=now)


def let_in(coalition, member, *, now):
    """Its row is held by whoever calls. Whoever was removed comes in again only where a convenor has asked them."""
    if not coalition.goes_on:
        raise NotOpen
    fields = {"joined_at": now, "left_at": None, "removed_at": None}
    own, made = Membership.objects.get_or_create(coalition=coalition, member=member, defaults=fields)
    if not made and own.left_at:
        for name, value in fields.items():
            setattr(own, name, value)
        own.save(update_fields=[*fields])
    conversations.join(coalition.conversation, member, now=now)
    return own


@transaction.atomic
def leave(coalition, *, by, now):
    """For now: an open one can be joined again. Where the last convenor leaves, its members are offered to convene."""
    _end(acting(by, held(coalition)), now=now)


@transaction.atomic
def remove(coalition, member, *, by, now):
    """By a convenor, and not of another convenor: they read nothing of it from this moment."""
    coalition = held(coalition)
    convening(by, coalition)
    theirs = place_of(member, coalition)
    if theirs.convenes:
        raise NotOpen
    theirs.removed_at = now
    _end(theirs, now=now)
    addresses = member.emailaddress_set.values_list("email", flat=True)
    theirs = Q(member=member) | Q(email__in=[address.lower() for address in addresses])
    CoalitionInvitation.objects.filter(theirs, coalition=coalition, ended_at=None).update(ended_at=now, email="")


@transaction.atomic
def convene(coalition, *, by, now):
    """By any of its members, once nobody convenes it any more. Of two at once, one does."""
    coalition = held(coalition)
    own = acting(by, coalition)
    if Membership.objects.convenors().filter(coalition=coalition).exists():
        raise NotOpen
    _let_convene(own)


@transaction.atomic
def ask_to_convene(coalition, member, *, by, now):
    """A convenor makes another member one as well."""
    coalition = held(coalition)
    convening(by, coalition)
    _let_convene(place_of(member, coalition))


@transaction.atomic
def step_down(coalition, *, by, now):
    """A convenor stays as a member. The last one cannot: they leave, or let somebody convene first."""
    coalition = held(coalition)
    convening(by, coalition)
    if not Membership.objects.convenors().filter(coalition=coalition).exclude(member=by).exists():
        raise NotOpen
    Membership.objects.filter(coalition=coalition, member=by).update(convenes=False)


@transaction.atomic
def put_up(coalition, *, text, may_stay, form_key, by, now):
    coalition = held(coalition)
    acting(by, coalition)
    if not coalition.goes_on:
        raise NotOpen
    said = {"coalition": coalition, "text": text, "may_stay": may_stay, "said_at": now}
    return BoardNotice.objects.get_or_create(author=by, form_key=form_key, defaults=said)[0]


@transaction.atomic
def close(coalition, *, by, now):
    """By a convenor, for good: its members read on and nobody says anything more. Closing twice is closing once."""
    coalition = held(coalition)
    convening(by, coalition)
    if not coalition.goes_on:
        return
    coalition.close(now=now)
    others = Membership.objects.now().filter(coalition=coalition).exclude(member=by)
    for one in others.filter(member__in=User.objects.current()).select_related("member").order_by("pk"):
        emails.closed(coalition, member=one.member, now=now)


@transaction.atomic
def sit_down_again(coalition, *, by, now):
    """Whoever has left its conversation and stayed in it comes back, and reads what was said meanwhile, too."""
    coalition = held(coalition)
    acting(by, coalition)
    if not coalition.goes_on:
        raise NotOpen
    return conversations.join(coalition.conversation, by, now=now)


@transaction.atomic
def change(coalition, told, *, boundaries, places, by, now):
    """A convenor changes what it says of itself, as in `told`; who can join stays. Its members read on the board what
    is different, once: nothing is put up where nothing is. Raises NotOpen."""
    coalition = held(coalition)
    convening(by, coalition)
    if not coalition.goes_on:
        raise NotOpen
    changed = [words for name, words in CHANGES.items() if name in told and told[name] != getattr(coalition, name)]
    for name, value in told.items():
        setattr(coalition, name, value)
    coalition.save(update_fields=[*told])
    sets = ((gettext("between which services"), coalition.boundaries, boundaries), ("where", coalition.places, places))
    changed += [words for words, related, chosen in sets if _set(related, chosen)]
    if changed:
        Conversation.objects.filter(pk=coalition.conversation_id).update(title=coalition.name)
        text = gettext("Changed by a convenor: %(changed)s. How it stands now is on the group’s page.") % {
            "changed": ", ".join(map(str, changed))
        }
        said = {"coalition": coalition, "text": text, "said_at": now, "form_key": secrets.token_urlsafe(12)}
        BoardNotice.objects.create(author=by, **said)
    return coalition


def _set(related, chosen):
    """Answers whether anything is different now."""
    before = set(related.values_list("pk", flat=True))
    related.set(chosen)
    return before != {one.pk for one in chosen}


def tell_that_it_was_taken_down(coalition, *, now):
    """By a moderator, who decided about what stood there: whoever was in it hears that it is gone, and no reason that
    could point at one of them."""
    current = Membership.objects.now().filter(coalition=coalition, member__in=User.objects.current())
    for one in current.select_related("member").order_by("pk"):
        emails.taken_down(coalition, member=one.member, now=now)


def _let_convene(membership):
    membership.convenes = True
    membership.save(update_fields=["convenes"])


def _end(membership, *, now):
    membership.left_at, membership.convenes = now, False
    membership.save(update_fields=["left_at", "convenes", "removed_at"])
    gatherings.forget_answers(membership, now=now)
    conversations.leave(membership.coalition.conversation, by=membership.member, now=now)
