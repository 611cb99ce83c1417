"""The pages of the crossings: what stands on them, for whom, and what does not exist."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import MemberFactory
from practices.models import Boundary, Place
from stories import actions, overview
from stories.models import FollowUp, Listing, Story
from stories.overview import Overview
from stories.search.rows import out_of_date, reindex
from stories.tests.contributing import fresh, live
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db

LIST = "/crossings/"
CROSSING = "/crossings/housing--mental-health/"


def told(**fields):
    return StoryFactory(**{"live": True, "audience": "public", **fields})


def titles(response):
    return [story.title for story in response.context["page"].items]


def test_a_crossing_shows_its_stories_and_no_others(client):
    told(title="Both")
    told(title="More than both", boundaries=["housing", "mental-health", "police"])
    told(title="One", boundaries=["housing"])
    told(title="Another", boundaries=["housing", "police"])
    assert titles(client.get(CROSSING)) == ["More than both", "Both"]


def test_a_crossing_shows_each_reader_what_they_may_read(client):
    told(title="Public")
    told(
        title="Memberscanary", audience="members", help_wanted="Helpcanary", practices=["rule-or-habit"], place="wales"
    )
    told(title="Hiddencanary", hidden=True, help_wanted="Hiddencanary")
    StoryFactory(sent=True, audience="public", title="Sentcanary")
    page = client.get(CROSSING)
    assert titles(page) == ["Public"]
    assert "canary" not in page.text
    assert (page.context["overview"].practices, page.context["overview"].places) == ([], [])
    client.force_login(MemberFactory())
    page = client.get(CROSSING)
    assert titles(page) == ["Memberscanary", "Public"]
    assert "Helpcanary" in page.text
    assert "Hiddencanary" not in page.text


def test_the_other_order_leads_to_the_one_address(client):
    response = client.get("/crossings/mental-health--housing/")
    assert (response.status_code, response["Location"]) == (301, CROSSING)


@pytest.mark.parametrize(
    "pair",
    ["housing--housing", "housing--nothing", "housing", "--", "housing--", "a--b--c", "housing--%00", "x" * 3000],
)
def test_what_is_no_crossing_is_not_there(client, pair):
    assert client.get(f"/crossings/{pair}/").status_code == 404


@pytest.mark.parametrize("query", ["?after=nonsense", "?before=%00"])
def test_a_cursor_that_is_none_is_not_there(client, query):
    told()
    assert client.get(CROSSING + query).status_code == 404


def test_a_retired_boundary_keeps_the_pages_that_carry_stories(client):
    told(title="Then")
    Boundary.objects.filter(slug="housing").update(retired_at=timezone.now())
    cache.clear()  # the words of the last minute
    assert titles(client.get(CROSSING)) == ["Then"]
    assert client.get("/crossings/housing--police/").status_code == 404
    assert "housing" not in {boundary.slug for gap in client.get(LIST).context["gaps"] for boundary in gap.boundaries}


def test_stalled_and_stopped_count_like_the_others(client):
    for outcome in ["going", "stalled", "stopped", "stopped"]:
        told(outcome=outcome)
    counts = {one.label: count for one, count in client.get(CROSSING).context["overview"].outcomes}
    assert counts == {
        "Still going": 1,
        "Spread to others": 0,
        "Became normal": 0,
        "Stalled": 1,
        "Stopped": 2,
        "Too early to say": 0,
    }


def test_the_counts_say_where_stories_are_now(client):
    story = told(outcome="going")
    follow_up = live(FollowUp, story, outcome="stopped")
    assert list(out_of_date(Story.objects.all())) == []

    def counted():
        found = [client.get(address).context["overview"].outcomes for address in (CROSSING, "/places/england/")]
        return [{one.label: count for one, count in rows if count} for rows in found]

    Story.objects.update(place=Place.objects.get(slug="north-west"))
    reindex()
    assert counted() == [{"Stopped": 1}, {"Stopped": 1}]
    assert fresh(story).outcome_now == "stopped"
    actions.withdraw_contribution(follow_up, by=story.author, now=timezone.now())
    assert counted() == [{"Still going": 1}, {"Still going": 1}]


def test_a_page_says_what_it_counted(monkeypatch):
    for _ in range(3):
        told()
    few, all_of_them = (Overview.of(Listing.objects.all(), newest=newest) for newest in (2, 3))
    assert (few.count, few.note, len(few.rows)) == ("2+ stories", "Counted among the newest 2 stories.", 2)
    assert [count for outcome, count in few.outcomes if count] == [2]
    assert (all_of_them.count, all_of_them.note) == ("3 stories", "")
    assert overview.NEWEST == 200


def test_an_unnamed_tellers_council_is_counted_by_its_region_only(client):
    told(byline="role", place="north-west")
    Story.objects.update(place=Story.objects.get().place.parts.get(slug="salford"))
    reindex()
    page = client.get(CROSSING)
    assert [(place.slug, count) for place, count in page.context["overview"].places] == [("north-west", 1)]
    assert "Salford" not in page.text


def test_a_crossing_names_some_places_where_nobody_has_told_of_it(client):
    told(place="wales")
    page = client.get(CROSSING)
    silent = [place.slug for place in page.context["overview"].silent_places]
    assert len(silent) == overview.MOST_GAPS
    assert "wales" not in silent
    assert "Nobody has told of this crossing in" in page.text


def test_a_crossing_shows_what_people_want_help_with(client):
    story = told(help_wanted="A housing association that would try this <with> us.")
    told(help_wanted="", title="Wants nothing")
    page = client.get(CROSSING)
    assert page.context["wishes"] == [story]
    assert "A housing association that would try this &lt;with&gt; us." in page.text


def test_an_empty_crossing_says_what_to_do_and_asks_engines_to_leave_it(client):
    page = client.get(CROSSING)
    assert "Nobody has told of this crossing yet" in page.text
    assert 'href="/stories/new/"' in page.text
    assert "noindex" in page.text
    told()
    assert "noindex" not in client.get(CROSSING).text


def test_the_list_shows_each_crossing_under_both_its_families(client):
    told(boundaries=["housing", "mental-health"])
    told(boundaries=["housing", "homelessness"])
    told(boundaries=["police"])
    page = client.get(LIST)
    shown = {
        family.label: [(crossing.slug, count) for crossing, count in found]
        for family, found in page.context["families"]
    }
    assert shown == {
        "Care": [("housing--mental-health", 1)],
        "Home": [("homelessness--housing", 1), ("housing--mental-health", 1)],
    }


def test_a_story_of_three_services_counts_for_three_crossings(client):
    told(boundaries=["housing", "mental-health", "police"])
    assert len(Overview.of(Listing.objects.all()).crossings) == 3


def test_the_list_names_the_gaps_between_services_that_tell_the_most(client):
    for pair in (["housing", "mental-health"], ["mental-health", "police"]):
        told(boundaries=pair)
        told(boundaries=pair)
    told(boundaries=["education", "benefits"])
    gaps = [gap.slug for gap in client.get(LIST).context["gaps"]]
    assert len(gaps) == 6
    assert gaps[0] == "housing--police"
    assert "housing--mental-health" not in gaps


def test_the_list_without_a_story_says_what_to_do(client):
    assert "No crossing has a story yet" in client.get(LIST).text


def test_a_members_crossing_is_a_gap_for_strangers(client):
    told(audience="members", boundaries=["education", "police"])
    assert client.get(LIST).context["families"] == []
    client.force_login(MemberFactory())
    assert [family.label for family, _ in client.get(LIST).context["families"]] == ["Justice", "Community"]


def test_the_heading_of_a_list_of_two_services_leads_to_their_crossing(client):
    page = client.get(reverse("stories:list") + "?boundary=mental-health&boundary=housing")
    assert f'href="{CROSSING}"' in page.text


def test_readers_of_crossings_get_no_cookie(client):
    told()
    for address in (LIST, CROSSING):
        assert client.get(address).cookies == {}
