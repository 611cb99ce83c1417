"""That somebody said something: not who, and what only to whoever has asked for it."""

from django.conf import settings

from members import mail, outbox
from networks.emails.asked_again import about
from networks.models import MailAbout

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
    about(notice, message=message)


def _context(conversation):
    return {"conversation_url": settings.SITE_URL + conversation.get_absolute_url()}


@mail.put_in_last(KIND)
def words(notice):
    """What was said, as it stands at that moment; the subject says none of it."""
    mails = MailAbout.objects.select_related("message__conversation", "message__seat__member", "notice__member")
    told = mails.filter(pk=notice.pk, message__isnull=False).first()
    if told is None or not told.message.may_be_mailed_to(told.notice.member):
        return None
    context = {**_context(told.message.conversation), "said": told.message.text}
    _, text, html = outbox.rendered(
        kind=KIND, template="networks/message_words", member=told.notice.member, context=context
    )
    return text, html
