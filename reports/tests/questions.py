"""Questions for tests: `QuestionFactory()` is open for a fortnight; `closed=True` closed yesterday."""

from datetime import timedelta

import factory
from django.utils import timezone
from django.utils.text import slugify

from reports.models.commissioning import CommissionersQuestion, QuestionAnswer


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommissionersQuestion

    class Params:
        today = factory.LazyFunction(timezone.localdate)
        closed = False

    question = factory.Sequence(lambda number: f"What stops somebody at your door, {number}?")
    slug = factory.LazyAttribute(lambda asked: slugify(asked.question)[:80] or "a-question")
    why = "The contract for the front door is written in spring."
    organisation = "A council in the North West"
    role = "Head of commissioning"
    opens_date = factory.LazyAttribute(lambda asked: asked.today - timedelta(days=30))
    closes_date = factory.LazyAttribute(lambda asked: asked.today + timedelta(days=-1 if asked.closed else 14))
    reply_due_date = factory.LazyAttribute(lambda asked: asked.closes_date + timedelta(days=28))


def replied(day=None, **more):
    """The fields of a reply."""
    said = {"heard": "That it is locked.", "will_do": "We open it."}
    return {**said, "replied_date": day or timezone.localdate(), **more}


def answered_by(question, *stories):
    QuestionAnswer.objects.bulk_create(QuestionAnswer(question=question, story=story) for story in stories)
