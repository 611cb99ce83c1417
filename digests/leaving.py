"""The way out that stands in each letter: its token opens this one thing, and nothing else of the member's."""

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from digests import names
from members.models import Profile

# Whoever has just left may take "once a month" instead. A letter that was passed on brings nobody back later.
instead_signer = TimestampSigner(salt="digests.leave.instead", sep=".")
INSTEAD_WITHIN = 60 * 60  # seconds


def leave_token(member):
    """As it stands in this member's letters."""
    return names.leave_token(member.profile.public_id)


def read_leave_token(token):
    """The public id that the token was made from; None when nobody here signed it."""
    try:
        return names.leave_signer.unsign(token)
    except BadSignature:
        return None


def leave_url(member):
    return settings.SITE_URL + reverse("digests:leave", args=[leave_token(member)])


def leave(public_id):
    """No more letters to this member. Doing it twice, or for somebody who is gone, changes nothing."""
    Profile.objects.filter(public_id=public_id).update(weekly_letter=False)


def instead_token(public_id):
    """Good for an hour, for whoever left with the letter of this member."""
    return instead_signer.sign(public_id)


def is_instead_of(public_id, token):
    try:
        return instead_signer.unsign(token, max_age=INSTEAD_WITHIN) == public_id
    except BadSignature:
        return False
