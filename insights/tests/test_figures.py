"""Figures for staff: right, and never about one person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from confidentiality.rounding import part_of, rounded
from insights.models import Figures
from insights.staff import activity, keeping, people
from insights.tests.counted import DAY, NOW, members, told
from members.tests.factories import MemberFactory, UserFactory
from networks.models import Introduction
from networks.models.introduction import Side
from practices.models import Boundary, Place
from stories.models import Experiment, Story
from stories.models.contribution import State
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db


# --- Rounding ---------------------------------------------------------------------------------------------------------


def test_people_are_told_in_fives_and_fewer_not_at_all():
    assert [rounded(number) for number in (0, 1, 4, 5, 9, 10, 14)] == [None, None, None, 5, 5, 10, 10]


def test_a_part_is_told_only_where_neither_it_nor_the_rest_is_few():
    assert [part_of(part, 12) for part in (0, 4, 5, 7, 8, 12)] == [None, None, 5, 5, None, None]
    assert part_of(5, 5) is None, "all of five told a story: it would say so of each of them"


# --- What goes on -----------------------------------------------------------------------------------------------------


def test_stories_are_counted_in_the_week_and_month_in_which_they_were_sent_and_published():
    told(NOW - 8 * DAY)
    told(NOW - DAY, audience="members")
    told(NOW - 40 * DAY)
    found = activity.count(NOW)
    weeks, months = {row[0]: row[1:] for row in found["weeks"]}, {row[0]: row[1:] for row in found["months"]}
    assert (len(weeks), len(months)) == (13, 12)
    assert [weeks[day][1] for day in ("2026-11-23", "2026-11-16", "2026-11-09")] == [1, 1, 0]
    assert [months[day][1] for day in ("2026-11-01", "2026-10-01", "2026-09-01")] == [2, 1, 0]
    assert list(weeks)[-1] == "2026-11-23"
    assert [list(months)[0], list(months)[-1]] == ["2025-12-01", "2026-11-01"]


def test_what_was_sent_counts_once_from_its_first_sending():
    story = StoryFactory(sent=True)
    story.workflow_states.update(created_at=NOW - 9 * DAY)
    assert [row[1] for row in activity.count(NOW)["weeks"]] == [0] * 11 + [1, 0]


def test_retold_cases_and_what_is_for_one_group_or_taken_back_are_nobodys_activity():
    told(source_url="https://example.org/case")
    told(audience="coalition")
    told(hidden=True)
    found = activity.count(NOW)
    assert {row[2] for row in found["weeks"]} == {0}
    assert found["reach"]["stories"] == 1, "a retold case is read all the same"


def test_what_was_tried_after_a_story_counts_unless_it_is_for_one_group_or_waits():
    story = told()
    made = {"story": story, "changed": "We asked.", "happened": "They came.", "result": "worked", "created_at": NOW}
    for audience, state in [("public", State.LIVE), ("members", State.LIVE), ("coalition", State.LIVE)]:
        Experiment.objects.create(author=MemberFactory(), audience=audience, state=state, **made)
    Experiment.objects.create(author=MemberFactory(), audience="public", state=State.WAITING, **made)
    assert activity.count(NOW)["weeks"][-1][3] == 2


def test_a_story_reaches_no_further_than_its_readers_are_shown():
    salford = Place.objects.get(slug="salford")
    told(place="salford", byline="role", boundaries=["housing", "police"])
    found = activity.count(NOW)["reach"]
    assert str(salford.pk) not in found["places"]
    assert found["places"][str(salford.parent_id)] == 1
    touched = Boundary.objects.filter(slug__in=["housing", "police"])
    assert set(found["boundaries"]) == {str(one.pk) for one in touched}


# --- People -----------------------------------------------------------------------------------------------------------


def test_from_joining_to_a_first_story_in_steps_that_point_at_nobody():
    joined = members(14, at=NOW - 120 * DAY)  # July to September
    for member in joined[:8]:
        StoryFactory(author=member)
    for member in joined[8:10]:
        told(author=member)
    members(3, at=NOW - 200 * DAY)
    rows = {name: numbers for name, *numbers in people.count(NOW)["joined"]}
    assert rows["2026-3"] == [10, None, None]  # ten began, four did not; two published
    assert rows["2026-2"] == [None, None, None]
    members(1, at=NOW - 120 * DAY)
    assert {name: numbers for name, *numbers in people.count(NOW)["joined"]}["2026-3"] == [15, 10, None]


def test_members_are_counted_where_they_say_they_are_unless_they_show_it_to_nobody():
    salford, housing = Place.objects.get(slug="salford"), Boundary.objects.get(slug="housing")
    for _ in range(6):
        MemberFactory(profile__place=salford, profile__works_in=[housing])
    for _ in range(5):
        MemberFactory(
            profile__place=salford,
            profile__works_in=[housing],
            profile__place_seen_by="nobody",
            profile__works_in_seen_by="nobody",
        )
    found = people.count(NOW)
    assert found["places"][str(salford.pk)] == found["places"][str(salford.parent_id)] == 5
    assert found["boundaries"] == {str(housing.pk): 5}
    assert found["members"] == 10


def test_who_waits_is_suspended_or_left_is_nobodys_number():
    UserFactory.create_batch(6)
    members(6, suspended_at=NOW)
    assert people.count(NOW)["members"] is None


def introduced(number, *, answer="none", met=False):
    for _ in range(number):
        asker, asked = members(2)
        one = Introduction.objects.create(
            made_by=asker,
            reason="Housing and health",
            asked_at=NOW - DAY,
            answer_until=NOW + 20 * DAY,
            met_at=NOW if met else None,
        )
        Side.objects.create(introduction=one, member=asker, known_as="x", answer="yes")
        Side.objects.create(introduction=one, member=asked, known_as="y", answer=answer)


def test_introductions_are_counted_by_what_became_of_them():
    introduced(6, answer="yes", met=True)
    introduced(3, answer="no")
    introduced(5)
    assert people.count(NOW)["introductions"] == [10, 5, 5]


# --- Nobody is subtracted ---------------------------------------------------------------------------------------------


def shown():
    return dict(Figures.objects.exclude(name="activity").values_list("name", "found"))


def test_within_a_month_no_number_of_people_moves_whoever_comes_goes_or_tells():
    salford = Place.objects.get(slug="salford")
    here = [MemberFactory(approved_at=NOW - 100 * DAY, profile__place=salford) for _ in range(14)]
    keeping.refresh(now=NOW)
    before = shown()
    MemberFactory(approved_at=NOW, profile__place=salford)
    told(author=here[0], audience="members")
    here[1].suspend(now=NOW)
    keeping.refresh(now=NOW + DAY)
    assert shown() == before
    keeping.refresh(now=NOW + 6 * DAY)  # December
    assert shown() != before


def test_a_quarter_that_is_over_stands_still_and_the_running_one_does_not():
    story = told(NOW - 100 * DAY)
    told(NOW)
    keeping.refresh(now=NOW)
    before = shown()
    assert (before["2026-3"]["public"], before["2026-4"]["public"]) == (1, 1)
    Story.objects.filter(pk=story.pk).delete()
    told(NOW + DAY)
    keeping.refresh(now=NOW + 6 * DAY)
    after = shown()
    assert after["2026-3"] == before["2026-3"]
    assert after["2026-4"]["public"] == 2
    keeping.refresh(now=NOW + 40 * DAY)  # January: the last time
    told(NOW + 20 * DAY)
    keeping.refresh(now=NOW + 80 * DAY)
    assert shown()["2026-4"]["public"] == 2


def test_what_goes_on_is_counted_once_an_hour():
    for minutes, counted in [(0, 0), (30, 0), (60, 60), (65, 60)]:
        keeping.refresh(now=NOW + timedelta(minutes=minutes))
        assert Figures.objects.get(name="activity").counted_at == NOW + timedelta(minutes=counted)


def numbers_of_people(found):
    """Every number of people in what is kept."""
    of_people = [found["people"][name] for name in ("members", "introductions", "places", "boundaries")]
    of_people += [numbers for _, *numbers in found["people"]["joined"]]
    of_people += [
        found[name][key]
        for name in found
        if name != "people"
        for key in ("members", "members_only", "joined", "asked", "met", "opened")
    ]
    flat = []
    for one in of_people:
        flat += one.values() if isinstance(one, dict) else one if isinstance(one, list) else [one]
    return flat


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_in_random_worlds_every_number_of_people_and_every_difference_is_of_five_or_more(seed):
    """Whatever is subtracted from whatever, also from what was kept a month before with one member more."""
    import random

    chance = random.Random(seed)  # noqa: S311 (a world, not a secret)
    places, boundaries = list(Place.objects.all()[:12]), list(Boundary.objects.all()[:6])
    for _ in range(20):
        member = MemberFactory(
            approved_at=NOW - chance.randrange(400) * DAY,
            profile__place=chance.choice(places),
            profile__works_in=chance.sample(boundaries, 2),
        )
        if chance.random() < 0.5:
            told(NOW - chance.randrange(300) * DAY, author=member, audience=chance.choice(["public", "members"]))
    introduced(chance.randrange(12), answer="yes", met=True)
    keeping.refresh(now=NOW)
    first = numbers_of_people(shown())
    MemberFactory(approved_at=NOW, profile__place=places[0], profile__works_in=boundaries[:1])
    keeping.refresh(now=NOW + 6 * DAY)
    both = {number for number in (*first, *numbers_of_people(shown())) if number is not None}
    assert both
    assert {number % 5 for number in both} == {0}
    assert min(both) >= 5


def test_reviews_are_those_whose_day_is_near_or_past():
    today = timezone.localdate()
    for days, fields in [(10, {}), (90, {}), (-2, {}), (-2, {"hidden_for_review": True})]:
        Story.objects.filter(pk=told().pk).update(review_date=today + days * DAY, **fields)
    assert activity.count(timezone.now())["reviews"] == {"soon": 1, "due": 1, "hidden": 1}
