"""Quoting a teller in a report: staff pick words, the teller says whether they may stand there."""

from django.db import transaction

from stories import emails
from stories.actions.ground import Closed, lock
from stories.models import MayQuote, Quotation


@transaction.atomic
def quote(story, *, field, words, by, now):
    """Keep a passage of a live story for a report, and ask its teller where they want to be asked each time.

    The same passage picked again is the same one: nobody is asked twice. Raises Closed where its teller wants no
    quoting, nobody is there to ask, or the story does not say this.
    """
    row = lock(story)
    known = row.quotations.filter(field=field, words=words).first()
    if known:
        return known
    picked = Quotation(story=row, field=field, words=words, picked_by=by, picked_at=now)
    nobody_to_ask = row.may_quote == MayQuote.ASK and not row.author_id and not row.is_retold
    if not (row.is_published and picked.still_said) or row.may_quote == MayQuote.NO or nobody_to_ask:
        raise Closed
    if not picked.is_allowed:
        picked.asked_at = now
        emails.quote_asked(row, now=now)
    picked.save()
    return picked


@transaction.atomic
def answer_quotation(quotation, *, yes, by, now):
    """The author says whether these words may stand in a report; at once, and as often as they change their mind."""
    quotation.answer = Quotation.Answer.YES if yes else Quotation.Answer.NO
    quotation.answered_at = now
    quotation.save(update_fields=["answer", "answered_at"])


@transaction.atomic
def set_may_quote(story, *, may_quote, by, now):
    """The author's choice for the whole story: at once, both ways, also while a moderator reads."""
    row = lock(story)
    row.may_quote = may_quote
    row.save(update_fields=["may_quote"])
    return row
