"""The pages of the places: stories as coarse as they are shown, and what stands around an empty one."""

import pytest

from members.tests.factories import MemberFactory
from practices.models import Place
from stories.models import Story
from stories.search import reindex
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db

SALFORD, NORTH_WEST, ENGLAND = "/places/salford/", "/places/north-west/", "/places/england/"


def told(*, place, **fields):
    """Set in a council area whatever the form would have said: staff may call a boundary sensitive afterwards."""
    story = StoryFactory(**{"live": True, "audience": "public", "byline": "name", "place": "north-west", **fields})
    Story.objects.filter(pk=story.pk).update(place=Place.objects.get(slug=place))
    reindex()
    return story


def titles(response):
    return [story.title for story in response.context["page"].items]


def test_a_place_shows_what_is_set_in_it_and_in_its_parts(client):
    told(place="salford", title="In Salford")
    told(place="north-west", title="In the North West")
    told(place="leeds", title="In Leeds")
    assert titles(client.get(SALFORD)) == ["In Salford"]
    assert titles(client.get(NORTH_WEST)) == ["In the North West", "In Salford"]
    assert titles(client.get(ENGLAND)) == ["In Leeds", "In the North West", "In Salford"]
    assert titles(client.get("/places/wales/")) == []


@pytest.mark.parametrize("fields", [{"byline": "role"}, {"byline": "hidden"}, {"boundaries": ["domestic-abuse"]}])
def test_what_shows_its_region_only_stands_on_no_council_page(client, fields):
    told(place="salford", title="Canary", **fields)
    told(place="salford", title="Named")
    page = client.get(SALFORD)
    assert titles(page) == ["Named"]
    assert page.context["overview"].count == "1 story"
    assert titles(client.get(NORTH_WEST)) == ["Named", "Canary"]


def test_what_was_just_called_sensitive_stands_on_no_council_page_though_its_row_is_behind(client):
    told(place="salford", title="Canary", boundaries=["housing", "police"])
    assert titles(client.get(SALFORD)) == ["Canary"]
    Story.objects.update(byline="role", byline_role=None)
    page = client.get(SALFORD)
    assert "Canary" not in page.text.split("Nobody in Salford yet")[0]
    assert page.context["around"].slug == "north-west"


def test_an_empty_council_page_widens_itself_and_cannot_be_told_from_one_with_unnamed_stories(client):
    told(place="bolton", title="Near")
    empty = client.get(SALFORD)
    assert "Nobody in Salford yet; 1 story in <a" in empty.text
    assert titles(empty) == ["Near"]
    assert "noindex" in empty.text
    told(place="salford", title="Unnamed", byline="role")
    page = client.get(SALFORD)
    assert "Nobody in Salford yet; 2 stories in <a" in page.text
    assert titles(page) == ["Unnamed", "Near"]


def test_a_place_with_nobody_around_says_what_to_do(client):
    page = client.get("/places/cardiff/")
    assert "Nobody here has told a story yet" in page.text
    assert 'href="/stories/new/"' in page.text


def test_members_stories_are_for_members(client):
    told(place="salford", title="Memberscanary", audience="members")
    page = client.get(SALFORD)
    assert titles(page) == []
    assert "Memberscanary" not in page.text
    client.force_login(MemberFactory())
    assert titles(client.get(SALFORD)) == ["Memberscanary"]


def test_the_way_to_a_place_leads_through_those_around_it(client):
    assert client.get(SALFORD).context["trail"] == [
        ("Places", "/places/"),
        ("England", ENGLAND),
        ("North West", NORTH_WEST),
    ]


def test_a_region_is_spoken_of_as_people_do(client):
    told(place="bolton")
    assert ">the North West</a>" in client.get(SALFORD).text
    assert [Place.objects.get(slug=slug).spoken for slug in ("london", "west-midlands", "wales")] == [
        "London",
        "the West Midlands",
        "Wales",
    ]


@pytest.mark.parametrize("slug", ["nothing", "%00", "x" * 3000])
def test_a_place_that_is_not_there_is_not_there(client, slug):
    assert client.get(f"/places/{slug}/").status_code == 404


def test_the_tree_counts_by_region(client):
    told(place="salford")
    told(place="bolton", byline="role")
    told(place="cardiff")
    told(place="england")
    page = client.get("/places/")
    counts = {
        branch["place"].slug: branch["count"]
        for _, branches in page.context["nations"]
        for branch in branches
        if branch["count"]
    }
    assert counts == {"north-west": 2, "wales": 1, "england": 1}


def test_the_tree_leads_to_every_place(client):
    page = client.get("/places/").text
    assert all(f'href="{place.get_absolute_url()}"' in page for place in Place.objects.all())
