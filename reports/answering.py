"""Answering a question from a commissioner: the usual beginning of a story, with the question remembered."""

from django.db import transaction

from reports.models.commissioning import QuestionAnswer
from stories import actions


@transaction.atomic
def answer(question, *, title, noticed, by, now, jot_key):
    """A draft that only its author sees. The same form sent again finds what it began."""
    story = actions.jot(author=by, title=title, noticed=noticed, now=now, jot_key=jot_key)
    QuestionAnswer.objects.get_or_create(story=story, defaults={"question": question})
    return story
