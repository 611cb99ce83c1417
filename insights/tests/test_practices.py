"""How practices spread: what is counted, the failures as well, and nothing that is not public."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from insights import spreading
from insights.counting import Asked
from members.tests.factories import MemberFactory
from practices.models import Place, Practice
from stories.models import Experiment
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
