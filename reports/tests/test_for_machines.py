"""What reports, stories and the front page say to machines: no more than their pages say to people."""

import json
import re

import pytest
from django.urls import reverse

from members.tests.factories import EditorFactory, MemberFactory, sign_in_staff
from reports.models import HomePage
from reports.tests.factories import ReportFactory
from stories.models import SearchEngines
from stories.tests.factories import CoAuthorFactory, StoryFactory

pytestmark = pytest.mark.django_db
FEED = reverse("reports:feed")
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def facts(client, address):
    """What stands in the block of data, or None."""
    found = DATA.findall(client.get(address).text)
    assert len(found) <= 1
    return json.loads(found[0]) if found else None


def told(**fields):
    return StoryFactory(**{"live": True, "audience": "public", "byline": "name", **fields})


def test_a_named_public_story_says_who_told_it(client):
    story = told(title="The kettle rule", author__first_name="Ada", author__last_name="Quill")
    CoAuthorFactory(story=story, named=True, wants_name=True, member__first_name="Bo", member__last_name="Reed")
    said = facts(client, story.get_absolute_url())
    assert (said["@type"], said["headline"]) == ("Article", "The kettle rule")
    assert [author["name"] for author in said["author"]] == ["Ada Quill", "Bo Reed"]
    assert said["datePublished"] == story.first_published_at.date().isoformat()
    assert said["url"] == "http://testserver" + story.get_absolute_url()


@pytest.mark.parametrize("byline", ["role", "hidden"])
def test_an_unnamed_teller_is_nobody_to_machines_even_where_the_story_travels(client, byline):
    story = told(byline=byline, search_engines=SearchEngines.YES, author__first_name="Canary")
    page = client.get(story.get_absolute_url())
    assert "Canary" not in page.text
    said = facts(client, story.get_absolute_url())
    assert said["headline"] == story.title
    assert "author" not in said


@pytest.mark.parametrize(
    "fields",
    [
        {"byline": "role"},
        {"audience": "members"},
        {"search_engines": SearchEngines.NO},
        {"boundaries": ["housing", "domestic-abuse"]},
    ],
)
def test_what_may_not_travel_says_nothing(client, fields):
    client.force_login(MemberFactory())
    assert facts(client, told(**fields).get_absolute_url()) is None


def test_where_a_boundary_is_sensitive_no_day_is_told(client):
    story = told(boundaries=["housing", "domestic-abuse"], search_engines=SearchEngines.YES)
    assert not {"datePublished", "dateModified"} & facts(client, story.get_absolute_url()).keys()


def test_nothing_in_a_title_ends_the_block(client):
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    story, report = told(title=hostile), ReportFactory(title=hostile)
    for address in (story.get_absolute_url(), report.url):
        text = client.get(address).text
        assert "<script>alert" not in text
        assert facts(client, address)["headline"].startswith("</script>")


def test_a_report_says_what_it_is_and_when_it_was_published(client):
    report = ReportFactory(title="What we heard", introduction="It was rarely a bed.")
    said = facts(client, report.url)
    assert (said["@type"], said["description"]) == ("Report", "It was rarely a bed.")
    assert said["datePublished"] == report.first_published_at.date().isoformat()
    text = client.get(report.url).text
    assert '<meta property="og:title" content="What we heard">' in text
    assert f'<link rel="canonical" href="http://testserver{report.url}">' in text


def test_the_preview_of_a_report_says_nothing_to_machines(client):
    report = ReportFactory(live=False)
    report.save_revision()
    sign_in_staff(client, EditorFactory())
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[report.pk])).text
    assert report.title in preview
    assert not DATA.search(preview)
    assert "og:title" not in preview


def test_the_front_page_says_how_the_site_is_searched(client):
    HomePage.objects.update(strapline="One sentence.")
    said = facts(client, "/")
    assert (said["@type"], said["description"]) == ("WebSite", "One sentence.")
    assert said["potentialAction"]["target"] == "http://testserver/search/?q={q}"


# --- The feed of reports ----------------------------------------------------------------------------------------------


def titles(client):
    return re.findall("<entry><title>(.*?)</title>", client.get(FEED).text)


def test_the_feed_holds_the_published_reports_the_newest_first(client):
    ReportFactory(title="The first")
    ReportFactory(title="A draft", live=False)
    second = ReportFactory(title="The second \x08 one")
    assert titles(client) == ["The second  one", "The first"]
    answer = client.get(FEED)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert f"http://testserver{second.url}" in answer.text


def test_the_feed_says_the_same_to_everybody_and_when_nothing_changed(client):
    report = ReportFactory()
    first = client.get(FEED)
    client.force_login(MemberFactory())
    assert client.get(FEED).content == first.content
    assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 304
    report.unpublish()
    assert titles(client) == []


def test_an_empty_feed_is_one(client):
    assert titles(client) == []


def test_reports_lead_to_the_feed(client):
    report = ReportFactory()
    for address in ["/", "/reports/", report.url]:
        assert f'title="Reports" href="{FEED}"' in client.get(address).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_feed_costs_one_query(client, django_assert_num_queries, count):
    for _ in range(count):
        ReportFactory()
    client.get(FEED)
    with django_assert_num_queries(1):
        client.get(FEED)


def test_what_staff_write_is_in_the_sitemap_while_it_is_published(client):
    live, draft = ReportFactory(), ReportFactory(live=False)
    pages = client.get(reverse("sitemap_pages")).text
    assert f"<loc>http://testserver{live.url}</loc>" in pages
    assert "<loc>http://testserver/reports/</loc>" in pages
    assert draft.slug not in pages
