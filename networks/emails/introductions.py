"""What is told by mail about introductions: neutral subjects, no reason and no name."""

from django.conf import settings

from members import outbox
from networks.emails.asked_again import about


def introduction_waits(introduction, *, member, caused_by, now):
    """Somebody would like to know them. It does not go where a block stands between the two by then."""
    _tell("introduction_waits", introduction, member=member, caused_by=caused_by, now=now)


def introduction_met(introduction, *, member, caused_by, now):
    """Both have said yes."""
    url = settings.SITE_URL + introduction.conversation.get_absolute_url()
    _tell("introduction_met", introduction, member=member, caused_by=caused_by, now=now, conversation_url=url)


def introduction_ended(introduction, *, member, now):
    """The day has passed. The same mail after a no, a block and silence: so nobody has caused it."""
    _tell("introduction_ended", introduction, member=member, now=now)


def how_it_went(introduction, *, member, caused_by, now):
    """Six weeks later: one tap."""
    _tell("how_it_went", introduction, member=member, caused_by=caused_by, now=now)


def _tell(name, introduction, *, member, now, caused_by=None, **context):
    context["introduction_url"] = settings.SITE_URL + introduction.get_absolute_url()
    notice = outbox.compose(
        kind=f"networks.{name}",
        template=f"networks/{name}",
        member=member,
        caused_by=caused_by,
        now=now,
        context=context,
    )
    about(notice, introduction=introduction)
