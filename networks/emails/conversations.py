"""That somebody said something: never what, and not who."""

from django.conf import settings

from members import outbox
from networks.emails.asked_again import about


def message_waits(seat, *, caused_by, now):
    notice = outbox.compose(
        kind="networks.message",
        template="networks/message",
        member=seat.member,
        caused_by=caused_by,
        now=now,
        context={"conversation_url": settings.SITE_URL + seat.conversation.get_absolute_url()},
    )
    about(notice, seat=seat)
