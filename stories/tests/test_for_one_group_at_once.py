"""Somebody is removed from a group while they tell it something: whichever comes first, nobody reads it there."""

import pytest
from django.utils import timezone

from members.tests.factories import MemberFactory
from networks.actions import coalitions
from networks.tests.gathered import coalition_of
from networks.tests.test_at_once import at_once
from stories import actions
from stories.models import Response, Story
from stories.tests.factories import StoryFactory
from stories.tests.pages import fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_story_that_is_told_to_a_group_during_a_removal_cannot_be_sent_to_it():
    teller, convenor, now = MemberFactory(), MemberFactory(), timezone.now()
    for _ in range(3):
        coalition = coalition_of(convenor, teller)
        draft = StoryFactory(author=teller)
        chosen = {"byline": "hidden", "audience": "coalition", "coalition": coalition}
        raised = at_once(
            lambda draft=draft, chosen=chosen: actions.set_reach(draft, **chosen, by=teller, now=now),
            lambda coalition=coalition: coalitions.remove(coalition, teller, by=convenor, now=now),
        )
        assert raised in ([None, None], [actions.OtherReaders, None])
        row = fresh(draft)
        assert row.missing_to_send() == (["audience"] if row.audience == "coalition" else [])
        assert (raised[0] is None) == (row.audience == "coalition")


def test_whoever_answers_while_they_are_removed_is_refused_or_was_first():
    teller, other, now = MemberFactory(), MemberFactory(), timezone.now()
    coalition = coalition_of(teller, other)
    story = StoryFactory(live=True, author=teller, coalition=coalition, byline="name")
    said = Response(story=story, text="Me too", audience="coalition", byline="hidden")
    raised = at_once(
        lambda: actions.add(said, by=other, now=now),
        lambda: coalitions.remove(coalition, other, by=teller, now=now),
    )
    assert raised in ([None, None], [actions.Closed, None])
    assert Response.objects.count() == (raised[0] is None)
    assert not Story.objects.visible_to(other).exists()
    assert not Response.objects.visible_to(other).exists()
