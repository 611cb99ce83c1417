"""Where the stories are set: each counts where it is shown, and drawing and list say the same."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from insights import placing
from insights.counting import Asked
from practices.models import Place
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
PAGE = "/insights/places/"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def told(place, **fields):
    return StoryFactory(**{"live": True, "audience": "public", "byline": "name", "place": place, **fields})


def counts():
    found = placing.count(Asked(), now=timezone.now())
    slugs = dict(Place.objects.values_list("pk", "slug"))
    return {slugs[key]: number for key, number in found.counts.items()}


def test_a_story_counts_where_it_is_shown_and_in_all_around_it():
    told("salford")
    told("north-west")
    told("wales")
    assert counts() == {"salford": 1, "north-west": 2, "england": 2, "wales": 1}


def test_a_story_that_shows_its_region_counts_in_no_council_area():
    told("salford", byline="role")
    assert counts() == {"north-west": 1, "england": 1}


def test_only_public_stories_count(client):
    story = told("wales")
    told("salford", audience="members")
    told("salford", hidden=True)
    client.force_login(story.author)
    assert client.get(PAGE).context["found"].placed_count == 1
    assert "Salford" not in re.sub(r"<option.*?</option>", "", client.get(PAGE).text)


def test_drawing_and_list_say_the_same(client):
    told("salford")
    told("north-west")
    told("wales")
    text = client.get(PAGE).text
    drawn = dict(re.findall(r'<a class="map__(?:region|told)" href="([^"]+)" aria-label="[^"]+: (\d+) stor', text))
    listed = dict(re.findall(r'<a href="(/places/[^"]+)">[^<]+</a> <span class="soft">(\d+)</span>', text))
    assert drawn == {"/places/salford/": "1", "/places/north-west/": "2", "/places/wales/": "1"}
    assert listed == {**drawn, "/places/england/": "2"}


def test_every_council_area_has_its_dot_inside_the_drawing(client):
    told("salford")
    drawing = client.get(PAGE).context["map"]
    assert len(drawing.told) + len(drawing.silent) == Place.objects.filter(kind="council").count()
    for dot in [*drawing.wide, *drawing.told, *drawing.silent]:
        assert 0 < dot.x < drawing.width
        assert 0 < dot.y < drawing.height


def test_a_circle_grows_with_its_stories(client):
    told("wales")
    told("wales")
    told("scotland")
    radius = {dot.place.slug: dot.radius for dot in client.get(PAGE).context["map"].wide}
    assert radius["wales"] > radius["scotland"] > radius["london"]


def test_no_story_yet_leads_to_writing_one(client):
    assert "No public story says where yet" in client.get(PAGE).text
