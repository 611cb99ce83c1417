"""What figures are made of, for tests: stories and members of some day, pages that were opened."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from insights.models import PageTotal
from insights.page_totals import A_WEEK, week_of
from insights.staff import keeping
from members.tests.factories import MemberFactory
from stories.models import Story
from stories.tests.factories import StoryFactory

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)  # a Thursday
DAY = timedelta(days=1)


def opened_and_counted(stories, *, now):
    """Each page nine times in the last whole week, whoever may read it now; and all figures counted."""
    week = week_of(timezone.localdate(now)) - A_WEEK
    PageTotal.objects.bulk_create(
        PageTotal(week=week, kind="stories:story", key=story.slug, number=9) for story in stories
    )
    keeping.refresh(now=now)


def told(at=NOW - DAY, **fields):
    story = StoryFactory(**{"live": True, "audience": "public", **fields})
    Story.objects.filter(pk=story.pk).update(first_published_at=at)
    return story


def members(number, *, at=NOW - DAY, **fields):
    return [MemberFactory(approved_at=at, **fields) for _ in range(number)]
