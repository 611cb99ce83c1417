"""What is told by mail about coalitions: never which, nor what it is for. Some must not be seen to exist."""

from django.conf import settings
from django.urls import reverse

from members import outbox
from networks.emails.asked_again import about


def asked(coalition, *, member, caused_by, now):
    """To a convenor: somebody would like to join."""
    url = reverse("coalitions:requests", args=[coalition.key])
    _tell("coalition_asked", coalition, url, member=member, caused_by=caused_by, now=now)


def answered(coalition, *, member, now):
    """To whoever asked: yes and no read the same, and nobody is named."""
    _tell("coalition_answered", coalition, coalition.get_absolute_url(), member=member, now=now)


def invited(invitation, *, member, now):
    """By a convenor; `member`: who reads the address, if it is a member's."""
    url = reverse("coalitions:invited", args=[invitation.token])
    to = {"to": invitation.email} if invitation.email else {}
    _tell("coalition_invited", invitation.coalition, url, member=member, caused_by=invitation.invited_by, now=now, **to)


def closed(coalition, *, member, now):
    _tell("coalition_closed", coalition, coalition.get_absolute_url(), member=member, now=now)


def taken_down(coalition, *, member, now):
    """A moderator has ended one that they were in."""
    _tell("coalition_taken_down", coalition, reverse("coalitions:list"), member=member, now=now)


def _tell(name, coalition, url, **to):
    context = {"group_url": settings.SITE_URL + url}
    notice = outbox.compose(kind=f"networks.{name}", template=f"networks/{name}", context=context, **to)
    about(notice, coalition=coalition)
