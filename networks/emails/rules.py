"""What is told by mail about questions and answers: neutral subjects, not a word of them, and nobody's name.

No mail here says who caused it: both sides are unnamed, and a mail that stays away because of a block would tell.
"""

from django.conf import settings
from django.urls import reverse

from members import outbox


def shown(one, *, now):
    """A moderator has read it, and it is shown."""
    _tell("rule_shown", one.author, one=one, url=one.get_absolute_url(), now=now)


def refused(one, *, now):
    """It is not shown, or no longer; why stands on the page of one's own."""
    _tell("rule_refused", one.author, one=one, url=reverse("rules:own"), now=now)


def kept(one, *, now):
    """A moderator has read a concern about it and leaves it as it is."""
    _tell("rule_kept", one.author, one=one, url=one.get_absolute_url(), now=now)


def answered(question, *, answer, now):
    """Somebody knows something. Not where the two are one and the same."""
    if question.is_live and question.author_id != answer.author_id:
        _tell("rule_answered", question.author, one=question, url=answer.get_absolute_url(), now=now)


def _tell(name, member, *, one, url, now):
    if member is None:
        return
    context = {"what": one.kind_name, "url": settings.SITE_URL + url}
    outbox.compose(kind=f"networks.{name}", template=f"networks/{name}", member=member, now=now, context=context)
