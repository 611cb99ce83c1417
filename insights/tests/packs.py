"""Stories and packs for the tests of evidence packs."""

from django.utils import timezone

from insights import packing
from insights.counting import Asked
from stories.models import Story
from stories.tests.factories import StoryFactory


def told(**fields):
    return StoryFactory(
        **{"live": True, "audience": "public", "byline": "name", "boundaries": ["housing", "police"], **fields}
    )


def quoted(story, may_quote="yes", **fields):
    Story.objects.filter(pk=story.pk).update(may_quote=may_quote)
    return story.quotations.create(words=story.tried, field="tried", picked_at=timezone.now(), **fields)


def some(number=5, **fields):
    return [told(**fields) for _ in range(number)]


def frozen(asked=None, **fields):
    given = {"query": {}, "title": "Between two services", "by": None, "now": timezone.now(), **fields}
    return packing.freeze(asked or Asked(), **given)
