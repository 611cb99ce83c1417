"""Few stories share place, crossing and period: said in the same panel, in plain words, without a number."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.tests.factories import ModeratorFactory, sign_in_staff
from practices.models import Boundary
from stories import actions, rarity
from stories.models import StayingWord
from stories.recognising import has_open_words, look
from stories.tests.desk import fresh, now, page, review
from stories.tests.factories import StoryFactory, approved

pytestmark = pytest.mark.django_db
TOLD = {"place": "salford", "byline": "name", "period_part": "early", "period_year": 2025}
RARE = "Salford, Early 2025, between housing and mental health"


def rare(story):
    return [word for word in look(fresh(story)).words if word.kind == "RARE"]


def test_it_is_said_until_five_share_it_and_no_other_kind_of_story_counts(client):
    story = StoryFactory(**TOLD)
    others = [StoryFactory(live=True, **TOLD) for _ in range(4)]
    assert rare(story) == []
    for away in [actions.hide, actions.withdraw]:
        away(others[0], by=others[0].author, now=now())
        [word] = rare(story)
        assert (word.level, word.text.lower()) == (1, RARE.lower())
        actions.show(others[0], by=others[0].author, now=now())
    # Elsewhere, at another time, of other services, for one group, or not told yet.
    unlike = [{"place": "leeds"}, {"period_year": 2024}, {"period_part": "late"}, {"boundaries": ["housing", "police"]}]
    for one in [*unlike, {"audience": "coalition"}]:
        StoryFactory(live=True, **{**TOLD, **one})
    StoryFactory(sent=True, **TOLD)
    assert len(rare(story)) == 1
    client.force_login(story.author)
    shown = page(client.get(reverse("stories:check", args=[story.slug])))
    assert "Few stories here share where, when and between which services." in shown
    assert "Choose the year alone or a region if that is enough." in shown
    StoryFactory(live=True, **TOLD)
    assert rare(story) == []


def test_it_is_counted_as_it_is_shown_and_never_where_something_is_left_open():
    coarse = StoryFactory(boundaries=["domestic-abuse", "housing"], **{**TOLD, "place": "north-west"})
    [word] = rare(coarse)
    assert (word.text, word.instead) == (
        "North West, 2025, between domestic and sexual abuse and housing",
        "Choose a nation if that is enough.",
    )
    unnamed = StoryFactory(**{**TOLD, "byline": "role"})
    for _ in range(2):
        StoryFactory(live=True, **{**TOLD, "byline": "role"})
        StoryFactory(live=True, **{**TOLD, "place": "bolton"})
    assert rare(unnamed) == []
    assert [rare(StoryFactory(**{**TOLD, name: None})) for name in ("place", "period_year")] == [[], []]


def test_once_there_are_enough_stories_it_says_look_again_and_a_moderators_yes_settles_it(client, monkeypatch):
    monkeypatch.setattr(rarity, "ENOUGH_TOLD", 1)
    StoryFactory(live=True)
    story = StoryFactory(sent=True, **TOLD)
    assert ([word.level for word in rare(story)], has_open_words(fresh(story))) == ([2], False)
    sign_in_staff(client, ModeratorFactory())
    assert str(rarity.WHY) in page(client.get(review(story)))
    story = approved(story)
    assert [word.answer.why for word in rare(story)] == [StayingWord.Why.READ]


def test_it_costs_the_same_however_many_services_are_named():
    few, many = StoryFactory(**TOLD), StoryFactory(**TOLD)
    many.boundaries.set(Boundary.objects.all())
    many.save()
    costs = []
    for story in (few, many):
        version = fresh(story)
        assert version.boundary_list
        assert version.shown_place
        with CaptureQueriesContext(connection) as asked:
            rarity.rarest(version)
        costs.append(len([query for query in asked if "stories_listing" in query["sql"]]))
    assert costs == [2, 2]
