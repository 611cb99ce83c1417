"""A Thursday, its clock, and members who want the letter."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.functional import cached_property

from digests import draining, planning
from digests.models import Issue
from members.tests.factories import MemberFactory
from stories import search
from stories.models import Story
from stories.tests.factories import StoryFactory

THURSDAY = datetime(2030, 1, 10, 7, 30, tzinfo=UTC)
WEEK = timedelta(days=7)


class World:
    """Says what time it is, and lets letters go."""

    def __init__(self):
        self.now = THURSDAY

    def clock(self):
        return self.now

    def tick(self, **later):
        self.now += timedelta(**later)
        planning.tick(clock=self.clock)
        draining.drain(clock=self.clock)

    def hurry(self):
        """The letter that is being prepared goes to everybody, as soon as somebody sends it."""
        issue = Issue.objects.next_draft(self.now)
        assert planning.hurry(issue, prepared=issue.pk, now=self.now)
        issue.refresh_from_db()
        return issue

    def send_now(self):
        """A letter by hand, and everything that waits."""
        issue = self.hurry()
        draining.drain(clock=self.clock)
        issue.refresh_from_db()
        return issue

    def story(self, **fields):
        """A live story, published a day ago. Going live by a moderator is tested elsewhere; here it must be quick."""
        story = StoryFactory(**{"author": self.teller, **fields})
        if story.withdrawn_at is None and not story.is_in_moderation and fields.get("stage") != "draft":
            Story.objects.filter(pk=story.pk).update(live=True, first_published_at=self.now - timedelta(days=1))
            search.refresh(Story.objects.get(pk=story.pk))
        return Story.objects.get(pk=story.pk)

    @cached_property
    def teller(self):
        return MemberFactory(first_name="Tess")


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def reader(db):
    """A member who said yes to the letter."""
    return MemberFactory(first_name="Asha", email="asha@example.org", profile__weekly_letter=True)
