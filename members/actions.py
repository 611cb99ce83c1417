"""What touches an account and tells somebody: letting people in, shutting them out, vouching for a colleague."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from members import outbox
from members.models import Agreement, Invitation, User

# A colleague hears from us once in this time, however many members vouch for them.
QUIET = timedelta(days=30)
VOUCHES_A_DAY = 10


class TooManyVouches(Exception):
    """This member has vouched for as many people today as one can know."""


@transaction.atomic
def welcome_in(user, *, mode, now):
    """A new account's address is confirmed: what that opens depends on how sign-up works here."""
    invited = user.invitations_taken.filter(accepted_at=None).update(accepted_at=now)
    if mode == "open" or (mode == "invitation" and invited):
        user.approve(by=None, now=now)


@transaction.atomic
def agree(user, *, version, now):
    """The member's yes to a version of the house rules and the privacy page. Saying it twice keeps the first."""
    Agreement.objects.get_or_create(member=user, version=version, defaults={"agreed_at": now})
    if user.agreed_version < version:
        user.agreed_version = version
        user.save(update_fields=["agreed_version"])


@transaction.atomic
def approve(user, *, by, now):
    """A moderator lets the person in, and they are told. Doing it twice tells them once."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.approved_at is None:
        user.approve(by=by, now=now)
        outbox.compose(kind="members.approved", template="members/approved", member=user, now=now)
    return user


@transaction.atomic
def suspend(user, *, now):
    """Shut the person out: their sessions end and no sign-in begins another."""
    user.suspend(now=now)
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def vouch(*, by, email, now):
    """A member's word for a colleague, who gets one mail: not if they have an account or were written to lately.

    The one who vouches learns nothing of that. Raises TooManyVouches.
    """
    # The lock makes two requests at once count each other.
    User.objects.select_for_update().get(pk=by.pk)
    if by.invitations.filter(created_at__gt=now - timedelta(days=1)).count() >= VOUCHES_A_DAY:
        raise TooManyVouches
    written_to = Invitation.objects.filter(email__iexact=email, created_at__gt=now - QUIET).exists()
    invitation = by.invitations.filter(email__iexact=email).first() or by.invitations.create(
        email=email, created_at=now
    )
    if not written_to and not EmailAddress.objects.filter(email__iexact=email).exists():
        link = settings.SITE_URL + reverse("members:invitation", args=[invitation.token])
        outbox.compose(
            kind="members.invitation", template="members/invitation", to=email, context={"link": link}, now=now
        )
    return invitation
