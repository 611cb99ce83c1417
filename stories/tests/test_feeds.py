"""The feeds: what may travel and nothing else, the same for everybody who asks."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from members.tests.factories import MemberFactory, ModeratorFactory
from practices.models import Place
from stories import actions
from stories.models import Story
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
ALL = "/stories/feed/"
FEEDS = [ALL, "/crossings/housing--mental-health/feed/", "/practices/rule-or-habit/feed/", "/places/north-west/feed/"]


def told(**fields):
    fields = {"live": True, "audience": "public", "byline": "name", **fields}
    return StoryFactory(**{"practices": ["rule-or-habit"], "place": "north-west", **fields})


def entries(response):
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314  (our own feed)


def titles(response):
    return [entry.findtext(f"{ATOM}title") for entry in entries(response)]


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_holds_its_public_stories_the_newest_first(client, feed):
    told(title="Older")
    told(title="Newer <& better>")
    told(title="Elsewhere", boundaries=["police"], practices=[], place="wales")
    response = client.get(feed)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [title for title in titles(response) if title != "Elsewhere"] == ["Newer <& better>", "Older"]
    assert ("Elsewhere" in titles(response)) == (feed == ALL)


CANARIES = [
    {"audience": "members"},
    {"byline": "role"},
    {"byline": "hidden"},
    {"boundaries": ["housing", "mental-health", "domestic-abuse"]},
    {"hidden": True},
    {"withdrawn": True},
    {"sent": True, "live": False},
    {"asked": True, "live": False},
]


@pytest.mark.long
@pytest.mark.parametrize("feed", FEEDS)
def test_nothing_else_travels_whoever_asks(client, feed):
    teller = MemberFactory(first_name="Canaria", last_name="Canarson", profile__organisation="Canary Trust")
    told(title="Public")
    for fields in CANARIES:
        told(author=teller, title="Canary title", summary="Canary summary", tried="Canary tried", **fields)
    edit_of(Story.objects.get(title="Public"), title="Canary edit")
    visitors = client.get(feed)
    assert titles(visitors) == ["Public"]
    for reader in (MemberFactory(), teller, ModeratorFactory()):
        client.force_login(reader)
        response = client.get(feed)
        assert response.content == visitors.content
        assert "canar" not in response.text.lower()
        assert "canar" not in str(response.headers).lower()
        assert response.cookies == {}


def test_a_feed_names_the_teller_and_knows_nothing_more_about_them(client):
    told(author=MemberFactory(first_name="Moira", last_name="O'Neill", email="moira@example.org"))
    (entry,) = entries(client.get(ALL))
    assert [part.text for part in entry.find(f"{ATOM}author")] == ["Moira O'Neill"]
    assert "moira@example.org" not in client.get(ALL).text


def test_a_story_retold_from_elsewhere_travels(client):
    told(title="Retold", byline="role", source_title="A study", source_url="https://example.org/study")
    (entry,) = entries(client.get(ALL))
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Retold by the programme team"


def test_an_entry_keeps_its_id_when_everything_else_changes(client, settings):
    story = told(title="Before")
    before = entries(client.get(ALL))[0]
    assert before.findtext(f"{ATOM}id") == f"tag:testserver,2026:story/{story.slug}"
    actions.send(edit_of(story, title="After"), by=story.author, now=timezone.now())
    actions.approve(story, by=ModeratorFactory(), now=timezone.now())
    after = entries(client.get(ALL))[0]
    assert after.findtext(f"{ATOM}title") == "After"
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")


def test_times_are_days(client):
    story = told()
    Story.objects.filter(pk=story.pk).update(last_published_at=timezone.now() + timedelta(days=3))
    times = re.findall(r"T(\d\d:\d\d:\d\d)", client.get(ALL).text)
    assert set(times) == {"00:00:00"}


@pytest.mark.parametrize("feed", FEEDS)
def test_an_unchanged_feed_is_not_sent_twice_and_a_withdrawn_story_changes_it(client, feed):
    empty = client.get(feed)
    assert client.get(feed, headers={"If-None-Match": empty["ETag"]}).status_code == 304
    story = told()
    first = client.get(feed, headers={"If-None-Match": empty["ETag"]})
    assert first.status_code == 200
    again = client.get(feed, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"] == "no-cache"
    actions.withdraw(story, by=story.author, now=timezone.now())
    assert titles(client.get(feed, headers={"If-None-Match": first["ETag"]})) == []


def test_a_council_areas_feed_holds_what_is_shown_there(client):
    told(title="Named")
    Story.objects.update(place=Place.objects.get(slug="salford"))
    assert titles(client.get("/places/salford/feed/")) == ["Named"]
    Story.objects.update(byline="role")
    assert titles(client.get("/places/salford/feed/")) == []


def test_what_xml_cannot_hold_is_left_out(client):
    story = told()
    Story.objects.filter(pk=story.pk).update(title="A\x0b tit\ufffele ]]> \u202e", summary="</summary>\x1b")
    assert titles(client.get(ALL)) == ["A title ]]> \u202e"]


def test_links_lead_to_the_site_whatever_host_was_asked(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    told()
    feed = client.get(ALL, headers={"Host": "evil.example"}).text
    assert "evil.example" not in feed
    assert 'href="http://testserver/stories/' in feed


@pytest.mark.parametrize("story_count", [1, 3])
@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_takes_the_same_queries(client, django_assert_max_num_queries, feed, story_count):
    for _ in range(story_count):
        told()
    client.get(feed)
    with django_assert_max_num_queries(3):
        assert len(entries(client.get(feed))) == story_count


@pytest.mark.parametrize(
    "address",
    ["/crossings/housing--nothing/feed/", "/practices/nothing/feed/", "/places/nothing/feed/"],
)
def test_a_feed_of_nothing_is_not_there(client, address):
    assert client.get(address).status_code == 404
    assert client.post(ALL).status_code == 405


@pytest.mark.parametrize("feed", FEEDS)
def test_every_page_says_where_its_feed_is(client, feed):
    page = client.get(feed.removesuffix("feed/")).text
    assert re.search(rf'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="{feed}">', page)
