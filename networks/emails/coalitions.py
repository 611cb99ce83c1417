"""What is told by mail about coalitions: never which, nor what it is for. Some must not be seen to exist."""

from django.conf import settings
from django.urls import reverse

from members import outbox
from networks.emails.asked_again import about


def asked(coalition, *, member, caused_by, now):
    """To a convenor: somebody would like to join."""
    url = reverse("coalitions:requests", args=[coalition.key])
    notice = _tell("coalition_asked", url, member=member, caused_by=caused_by, now=now)
    about(notice, coalition=coalition)


def answered(coalition, *, member, now):
    """To whoever asked: yes and no read the same, and nobody is named."""
    notice = _tell("coalition_answered", coalition.get_absolute_url(), member=member, now=now)
    about(notice, coalition=coalition)


def invited(invitation, *, member, now):
    """By a convenor; `member`: who reads the address, if it is a member's."""
    url = reverse("coalitions:invited", args=[invitation.token])
    to = {"to": invitation.email} if invitation.email else {}
    notice = _tell("coalition_invited", url, member=member, caused_by=invitation.invited_by, now=now, **to)
    about(notice, coalition=invitation.coalition)


def closed(coalition, *, member, now):
    notice = _tell("coalition_closed", coalition.get_absolute_url(), member=member, now=now)
    about(notice, coalition=coalition)


def _tell(name, url, **to):
    context = {"group_url": settings.SITE_URL + url}
    return outbox.compose(kind=f"networks.{name}", template=f"networks/{name}", context=context, **to)
