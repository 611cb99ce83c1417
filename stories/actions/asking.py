"""A moderator and a teller ask each other while the story waits, so that it need not be sent again."""

from django.db import transaction
from django.utils.translation import gettext

from stories import emails
from stories.actions.ground import CannotDecide, NotWaiting, lock, tells
from stories.models import FirstReading


@transaction.atomic
def ask(story, *, text, by, now):
    """A moderator asks the teller, who is told by a mail. The same words twice are asked once. Raises CannotDecide."""
    row = lock(story)
    if not row.is_in_moderation:
        raise CannotDecide(gettext("This story is no longer waiting, so its questions are closed."))
    if tells(by, row):
        raise CannotDecide(gettext("This is your own story: another moderator asks about it."))
    if _is_new(row, text, from_teller=False):
        row.questions.create(moderator=by, text=text, said_at=now)
        emails.question_asked(row, now=now)
    return row


@transaction.atomic
def answer(story, *, text, by, now):
    """The teller answers, or asks; whoever asked last is told by a mail. Raises NotWaiting once it is decided."""
    row = lock(story)
    if not row.is_in_moderation:
        raise NotWaiting
    if _is_new(row, text, from_teller=True):
        row.questions.create(from_teller=True, text=text, said_at=now)
        emails.question_answered(row, to=_who_reads(row), now=now)
    return row


def _is_new(row, text, *, from_teller):
    """A form that is sent twice says its words once."""
    last = row.questions.in_order().last()
    return not (last and last.from_teller == from_teller and last.text == text)


def _who_reads(row):
    """The moderator who asked last, else the first reader, while they still are one."""
    asked = [line.moderator for line in row.questions.in_order() if line.moderator]
    reading = FirstReading.objects.filter(story=row).select_related("moderator").first()
    known = [*asked[::-1], *([reading.moderator] if reading and reading.moderator else [])]
    return next((moderator for moderator in known if moderator.is_moderator), None)
