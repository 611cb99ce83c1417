""" "Rule or habit?": asking, answering, and what moderators decide about both."""

from django.db import transaction
from django.utils.translation import gettext

from networks.emails import rules as emails
from networks.models import RuleAnswer, RuleQuestion


class CannotDecide(Exception):
    """Somebody else has decided already, or it is the moderator's own."""


class NotOpen(Exception):
    """The question is not there any more."""


@transaction.atomic
def ask(question, *, boundaries, practices, by, now):
    """Put a question to a moderator. The same form sent twice asks once."""
    before = RuleQuestion.objects.said_by(by).filter(form_key=question.form_key).first()
    if before and question.form_key:
        return before
    question.author, question.created_at = by, now
    question.save()
    question.boundaries.set(boundaries)
    question.practices.set(practices)
    return question


@transaction.atomic
def answer(answer, *, by, now):
    """Put an answer to a moderator. The same form sent twice answers once. Raises NotOpen."""
    before = RuleAnswer.objects.said_by(by).filter(form_key=answer.form_key).first()
    if before and answer.form_key:
        return before
    question = RuleQuestion.objects.readable_by(by).filter(pk=answer.question_id).first()
    if question is None:
        raise NotOpen
    answer.author, answer.created_at = by, now
    answer.save()
    return answer


@transaction.atomic
def approve(one, *, by, now):
    """A moderator lets it be read: whoever said it hears of it, and whoever asked hears of an answer."""
    row = _to_decide(one, by)
    row.release(by=by, now=now)
    emails.shown(row, now=now)
    if isinstance(row, RuleAnswer):
        emails.answered(row.question, answer=row, now=now)


@transaction.atomic
def refuse(one, *, by, now, reason):
    """A moderator does not let it be read; why stands on its writer's own page."""
    row = _to_decide(one, by)
    row.refuse(by=by, now=now, reason=reason)
    emails.refused(row, now=now)


@transaction.atomic
def take_down(one, *, by, now, reason):
    """A moderator takes away what was shown."""
    row = _lock(one)
    if not row.is_live:
        raise CannotDecide(gettext("It is not shown any more."))
    _not_own(row, by)
    row.refuse(by=by, now=now, reason=reason)
    emails.refused(row, now=now)


@transaction.atomic
def withdraw(one, *, by, now):
    """Its writer takes it back: gone at once, with whatever waits about it."""
    _lock(one).withdraw(now=now)


@transaction.atomic
def mark_best(answer, *, by, now):
    """Whoever asked, or a moderator, says which answer helped most. Raises CannotDecide for one that is not shown."""
    question = RuleQuestion.objects.select_for_update(of=["self"]).get(pk=answer.question_id)
    row = question.answers.live().filter(pk=answer.pk).first()
    if row is None or not may_mark(question, by):
        raise CannotDecide(gettext("This answer is not shown any more."))
    row.mark_best(now=now)


def may_mark(question, user):
    return is_own(question, user) or (user.is_authenticated and user.is_moderator)


def is_own(one, user):
    return user.is_authenticated and one.author_id == user.pk


def _lock(one):
    return type(one).objects.select_for_update(of=["self"]).get(pk=one.pk)


def _to_decide(one, by):
    row = _lock(one)
    if not row.waits:
        raise CannotDecide(gettext("Another moderator has decided about this already."))
    _not_own(row, by)
    return row


def _not_own(row, by):
    if is_own(row, by):
        raise CannotDecide(gettext("This is your own: another moderator decides about it."))
