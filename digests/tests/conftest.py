"""A Thursday, its clock, and members who want the letter."""

from datetime import UTC, datetime, timedelta

import pytest

from digests import actions
from members.tests.factories import MemberFactory
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
        actions.tick(clock=self.clock)

    def send_now(self):
        """A letter by hand, and everything that waits."""
        issue = actions.begin(due_at=self.now, now=self.now)
        actions.tick(clock=self.clock)
        issue.refresh_from_db()
        return issue

    def story(self, **fields):
        """A live story, published a day ago."""
        story = StoryFactory(live=True, **fields)
        Story.objects.filter(pk=story.pk).update(first_published_at=self.now - timedelta(days=1))
        story.refresh_from_db()
        return story


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def reader(db):
    """A member who said yes to the letter."""
    return MemberFactory(first_name="Asha", email="asha@example.org", profile__weekly_letter=True)
