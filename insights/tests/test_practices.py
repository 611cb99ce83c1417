"""How practices spread: what is counted, the failures as well, and nothing that is not public."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.utils import timezone

from insights import spreading
from insights.counting import Asked
from members.tests.factories import MemberFactory
from practices.models import Place, Practice
from stories import search
from stories.models import Experiment, Story
from stories.models.contribution import State
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
PAGE = "/insights/practices/"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def told(*practices, **fields):
    return StoryFactory(**{"live": True, "audience": "public", "practices": practices, **fields})


def rows(asked=None):
    found = spreading.count(asked or Asked(), now=timezone.now())
    return {practice.slug: row for practice, row in found.rows if row.count or row.results}


def tried(slug, result, **fields):
    made = {
        "changed": "We asked first.",
        "happened": "They came.",
        "created_at": timezone.now(),
        "state": State.LIVE,
        "audience": "public",
    }
    practice = Practice.objects.get(slug=slug)
    return Experiment.objects.create(practice=practice, author=MemberFactory(), result=result, **{**made, **fields})


def test_each_practice_counts_what_went_on_and_what_came_to_rest():
    told("rule-or-habit", outcome="spread")
    told("rule-or-habit", outcome="stopped")
    told("rule-or-habit", "change-the-form", outcome="early")
    found = rows()
    assert found["rule-or-habit"].cells == [3, 1, 1, 1]
    assert found["change-the-form"].cells == [1, 0, 0, 1]
    assert len(found) == 2


def test_practices_that_nobody_used_are_shown_with_nothing(client):
    told("rule-or-habit")
    shown = client.get(PAGE).context["spreading"].rows
    assert {practice.pk for practice, _ in shown} == set(Practice.objects.values_list("pk", flat=True))
    assert shown[0][0].slug == "rule-or-habit"


def test_regions_are_counted_once_and_nations_are_none():
    told("rule-or-habit", place="salford")
    told("rule-or-habit", place="north-west")
    told("rule-or-habit", place="england")
    assert rows()["rule-or-habit"].region_count == 1


def test_what_did_not_work_is_told_like_what_did(client):
    tried("rule-or-habit", "worked")
    tried("rule-or-habit", "not")
    tried("rule-or-habit", "not")
    tried("rule-or-habit", "partly", state=State.WAITING)
    tried("rule-or-habit", "partly", audience="members")
    assert rows()["rule-or-habit"].tried == [1, 0, 2]
    assert "<td>1</td><td>0</td><td>2</td>" in client.get(PAGE).text


def test_what_travels_together_is_counted_once_a_story():
    told("rule-or-habit", "change-the-form")
    told("rule-or-habit", "change-the-form", "walk-the-journey")
    first, *others = spreading.count(Asked(), now=timezone.now()).companions
    assert ({first[0].slug, first[1].slug}, first[2]) == ({"rule-or-habit", "change-the-form"}, 2)
    assert [count for _, _, count in others] == [1, 1]


def test_only_public_stories_count(client):
    story = told("rule-or-habit")
    told("rule-or-habit", audience="members")
    told("rule-or-habit", hidden=True)
    client.force_login(story.author)
    shown = {practice.slug: row for practice, row in client.get(PAGE).context["spreading"].rows}
    assert shown["rule-or-habit"].count == 1


def test_the_address_narrows_the_place(client):
    told("rule-or-habit", place="wales")
    told("rule-or-habit", place="north-west")
    shown = dict(client.get(f"{PAGE}?place=wales").context["spreading"].rows)
    assert sum(row.count for row in shown.values()) == 1


def test_no_place_tells_where_somebody_tried_it_who_shows_no_more_than_a_region(client):
    tried("rule-or-habit", "not", byline="role", place=Place.objects.get(slug="salford"))
    assert rows()["rule-or-habit"].tried == [0, 0, 1]
    shown = dict(client.get(f"{PAGE}?place=salford").context["spreading"].rows)
    assert not any(row.results for row in shown.values())


def test_it_is_told_year_by_year_what_spread_and_what_did_not_work(client):
    old = told("rule-or-habit")
    opened_in(old, 2024)
    told("rule-or-habit", outcome="stopped")
    tried("rule-or-habit", "worked", created_at=timezone.make_aware(datetime(2024, 3, 1)))
    tried("rule-or-habit", "not", created_at=timezone.make_aware(datetime(2024, 3, 1)))
    tried("change-the-form", "not")
    found, year = spreading.count(Asked(), now=timezone.now()), timezone.localdate().year
    assert rows()["rule-or-habit"].years == [(2024, 1), (year, 1)]
    assert found.tried_years == [(2024, [1, 0, 1]), (year, [0, 0, 1])]
    assert sum(map(sum, (results for _, results in found.tried_years))) == sum(sum(row.tried) for _, row in found.rows)
    assert f"2024: 1, {year}: 1" in client.get(PAGE).text


def opened_in(story, year):
    Story.objects.filter(pk=story.pk).update(first_published_at=timezone.make_aware(datetime(year, 5, 1)))
    search.reindex()


def test_who_tried_it_is_counted_by_time_and_by_nothing_else_of_a_story(client):
    tried("rule-or-habit", "worked", created_at=timezone.now() - timedelta(days=800))
    tried("rule-or-habit", "not")
    asked = {"since=year": [0, 0, 1], "outcome=stopped": [0, 0, 0], "service=housing": [0, 0, 0]}
    for query, expected in asked.items():
        shown = {practice.slug: row for practice, row in client.get(f"{PAGE}?{query}").context["spreading"].rows}
        assert shown["rule-or-habit"].tried == expected, query
    assert "Not counted here" in client.get(f"{PAGE}?outcome=stopped").text
    assert "Nobody has said in public" not in client.get(f"{PAGE}?since=year").text


def test_two_services_narrow_it_to_stories_of_both(client):
    told("rule-or-habit", boundaries=["housing", "police"])
    told("rule-or-habit", boundaries=["housing"])
    for query, expected in {"service=housing": 2, "service=housing&other=police": 1}.items():
        shown = {practice.slug: row for practice, row in client.get(f"{PAGE}?{query}").context["spreading"].rows}
        assert shown["rule-or-habit"].count == expected


def test_a_number_of_regions_leads_to_where_they_are(client):
    told("rule-or-habit", place="salford", outcome="stopped")
    told("rule-or-habit", place="leeds", outcome="going")
    text = client.get(f"{PAGE}?outcome=stopped").text
    (address,) = re.findall(r'href="([^"]*)">in 1 region<', text)
    found = client.get(unescape(address)).context["found"]
    assert (found.story_count, found.placed_count) == (1, 1)
    assert "practice=" not in client.get(f"{PAGE}?place=north-west").text
