"""How somebody comes into a coalition that is not open: they ask and a convenor answers, or a convenor asks them."""

from datetime import timedelta

from django.db import transaction

from members.models import User
from networks.actions.coalitions import let_in
from networks.actions.inside import NotOpen, convening, held
from networks.emails import coalitions as emails
from networks.models import CoalitionInvitation, JoinRequest, Membership
from networks.models.coalition import Joining
from networks.models.joining import AGAIN_AFTER, STANDS

INVITATIONS_A_DAY = 20
MAILED_AGAIN_AFTER = timedelta(days=1)


class TooMany(Exception):
    """This member has invited as many people today as one gathers with."""


@transaction.atomic
def ask(coalition, *, answers, may_stay, by, now):
    """A member would like to join. Asking twice is asking once; after a no, not again for 90 days. Raises NotOpen."""
    coalition = held(coalition)
    own = Membership.objects.filter(coalition=coalition, member=by).first()
    if coalition.joining != Joining.REQUEST or not coalition.goes_on or (own and (own.removed_at or not own.left_at)):
        raise NotOpen
    earlier = JoinRequest.objects.filter(coalition=coalition, member=by).first()
    if earlier and earlier.waits:
        return earlier
    if earlier and earlier.answer == JoinRequest.Answer.NO and earlier.answered_at + AGAIN_AFTER > now:
        raise NotOpen
    said = {"questions": coalition.questions, "answers": answers, "may_stay": may_stay, "asked_at": now}
    fresh = {"answer": "", "answered_at": None, "taken_back_at": None}
    # Asking, taking back and asking again is no way to fill somebody's mailbox.
    told_lately = earlier and earlier.taken_back_at and earlier.asked_at + MAILED_AGAIN_AFTER > now
    request, _ = JoinRequest.objects.update_or_create(coalition=coalition, member=by, defaults={**said, **fresh})
    for one in Membership.objects.convenors().filter(coalition=coalition).select_related("member").order_by("pk"):
        if not told_lately and JoinRequest.objects.shown_to(one.member).filter(pk=request.pk).exists():
            emails.asked(coalition, member=one.member, caused_by=by, now=now)
    return request


@transaction.atomic
def take_request_back(coalition, *, by, now):
    """Before anybody has answered. The convenors see nothing of it any more, and nobody is told."""
    held(coalition)
    own = JoinRequest.objects.waiting().filter(coalition=coalition, member=by)
    own.update(taken_back_at=now, answers=[], may_stay="")


@transaction.atomic
def answer(request, answer, *, by, now):
    """A convenor says yes or no, without a reason. Of two at once the first counts. Raises NotOpen."""
    coalition = held(request.coalition)
    convening(by, coalition)
    waiting = JoinRequest.objects.shown_to(by).filter(pk=request.pk).first()
    if waiting is None or not coalition.goes_on:
        raise NotOpen
    waiting.answer, waiting.answered_at = answer, now
    waiting.save(update_fields=["answer", "answered_at"])
    if answer == JoinRequest.Answer.YES:
        let_in(coalition, waiting.member, now=now)
    emails.answered(coalition, member=waiting.member, now=now)


@transaction.atomic
def invite(coalition, *, by, now, member=None, email=""):
    """A convenor asks one member or one address in; whoever was removed, too. The same again sends no second mail.

    Nothing tells the convenor whether the address is a member's. Raises NotOpen, TooMany.
    """
    coalition = held(coalition)
    convening(by, coalition)
    if not coalition.goes_on:
        raise NotOpen
    User.objects.hold(by)
    if by.coalition_invitations.filter(invited_at__gt=now - timedelta(days=1)).count() >= INVITATIONS_A_DAY:
        raise TooMany
    to = {"member": member, "email": email.lower()}
    found = CoalitionInvitation.objects.filter(coalition=coalition, ended_at=None, **to)
    if found.filter(expires_at__gt=now).exists() or _is_in(coalition, **to):
        return None
    found.update(ended_at=now, email="")
    times = {"invited_at": now, "expires_at": now + STANDS}
    invitation = CoalitionInvitation.objects.create(coalition=coalition, invited_by=by, **to, **times)
    emails.invited(invitation, member=member or _whose(email), now=now)
    return invitation


@transaction.atomic
def take_back(invitation, *, by, now):
    coalition = held(invitation.coalition)
    convening(by, coalition)
    CoalitionInvitation.objects.filter(pk=invitation.pk, ended_at=None).update(ended_at=now, email="")


@transaction.atomic
def accept(invitation, *, by, now):
    """Whoever it is for, once. Raises NotOpen."""
    coalition = held(invitation.coalition)
    if not CoalitionInvitation.objects.standing_for(by).filter(pk=invitation.pk).exists():
        raise NotOpen
    own = let_in(coalition, by, now=now)
    CoalitionInvitation.objects.filter(pk=invitation.pk).update(ended_at=now, email="")
    return own


def _is_in(coalition, *, member, email):
    member = member or _whose(email)
    return bool(member) and Membership.objects.now().filter(coalition=coalition, member=member).exists()


def _whose(email):
    """The member who reads this address, if any: the mail then follows their wishes, and no mail crosses a block."""
    current = User.objects.current()
    return current.filter(emailaddress__email__iexact=email, emailaddress__verified=True).first()
