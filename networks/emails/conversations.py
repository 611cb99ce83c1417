"""That somebody said something: not who, and what only to whoever has asked for it."""

from django.conf import settings

from members import mail, outbox
from networks.models import MessageMail

KIND = "networks.message"


def message_waits(message, seat, *, caused_by, now):
    notice = outbox.compose(
        kind=KIND,
        template="networks/message",
        member=seat.member,
        caused_by=caused_by,
        now=now,
        context=_context(seat.conversation),
    )
    MessageMail.objects.create(notice=notice, message=message)


def _context(conversation):
    return {"conversation_url": settings.SITE_URL + conversation.get_absolute_url()}


def _told(notice):
    told = MessageMail.objects.select_related("message__conversation", "message__seat__member", "notice__member")
    return told.filter(pk=notice.pk).first()


@mail.asked_first(KIND)
def may_go(notice, *, now):
    """Right before it goes: its reader may have looked, or left, since."""
    told = _told(notice)
    return told is not None and told.may_go()


@mail.put_in_last(KIND)
def words(notice):
    """What was said, as it stands at that moment; the subject says none of it."""
    told = _told(notice)
    if told is None or not told.may_show():
        return None
    context = {**_context(told.message.conversation), "said": told.message.text}
    _, text, html = outbox.rendered(
        kind=KIND, template="networks/message_words", member=told.notice.member, context=context
    )
    return text, html
