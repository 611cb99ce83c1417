"""That somebody said something: never what, and not who."""

from django.conf import settings

from members import outbox


def message_waits(seat, *, caused_by, now):
    outbox.compose(
        kind="networks.message",
        template="networks/message",
        member=seat.member,
        caused_by=caused_by,
        now=now,
        context={"conversation_url": settings.SITE_URL + seat.conversation.get_absolute_url()},
    )
