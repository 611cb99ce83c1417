"""A story for one group only: who reads it, and what becomes of it when its teller or its group goes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory
from networks.actions import coalitions
from networks.tests.gathered import coalition_of
from stories.models import Listing, Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    """Two who stay, one who left, one who was removed."""
    people = {name: MemberFactory() for name in ("teller", "other", "left", "removed", "outside")}
    people |= {"moderator": ModeratorFactory(), "editor": EditorFactory(), "visitor": AnonymousUser()}
    people["suspended"] = MemberFactory(suspended_at=timezone.now())
    inside = [people[name] for name in ("other", "left", "removed")]
    coalition = coalition_of(people["teller"], *inside)
    coalitions.leave(coalition, by=people["left"], now=timezone.now())
    coalitions.remove(coalition, people["removed"], by=people["teller"], now=timezone.now())
    return coalition, people


def readers(story, people):
    """Who finds it: by its row and as itself, which must agree."""
    found = {name for name, user in people.items() if Story.objects.readable_by(user).filter(pk=story.pk)}
    rows = {name for name, user in people.items() if Listing.objects.readable_by(user).filter(story=story)}
    assert found == rows
    return found


@pytest.mark.parametrize("byline", ["name", "hidden"])
def test_who_is_in_the_group_reads_it_and_nobody_else(group, byline):
    coalition, people = group
    story = StoryFactory(live=True, author=people["teller"], coalition=coalition, byline=byline)
    assert readers(story, people) == {"teller", "other"}
    opens = {name for name, user in people.items() if Story.objects.visible_to(user).filter(pk=story.pk)}
    assert opens == {"teller", "other"}
    now = timezone.now()
    coalitions.close(coalition, by=people["teller"], now=now)
    assert readers(story, people) == {"teller", "other"}, "closed: its members read on"
    # A name leaves with whom it names; what is unnamed stays, so that nobody learns whose it was.
    coalitions.leave(coalition, by=people["teller"], now=now)
    assert readers(story, people) == ({"other"} if byline == "hidden" else set())
    assert Story.objects.visible_to(people["teller"]).filter(pk=story.pk)
    coalition.uphold(by=people["moderator"], now=now, reason="A threat")
    assert readers(story, people) == set()


def test_a_group_that_is_gone_leaves_the_story_to_its_teller(group):
    coalition, people = group
    story = StoryFactory(live=True, author=people["teller"], coalition=coalition)
    coalition.delete()
    story.refresh_from_db()
    assert (story.audience, story.coalition) == ("coalition", None)
    assert readers(story, people) == set()
    assert Story.objects.visible_to(people["teller"]).filter(pk=story.pk)
