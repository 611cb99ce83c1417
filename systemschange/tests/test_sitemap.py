"""What search engines are told: public and indexable pages only, in files of a bounded size."""

import re

import pytest

from members.tests.factories import MemberFactory
from reports.models import ReportIndexPage, ReportPage
from stories.tests.factories import StoryFactory
from systemschange import sitemap

pytestmark = pytest.mark.django_db


def told(**fields):
    return StoryFactory(**{"live": True, "audience": "public", "byline": "name", "place": "wales", **fields})


def addresses(response):
    return re.findall("<loc>http://testserver([^<]*)</loc>", response.text)


def test_the_sitemap_names_its_files(client):
    assert addresses(client.get("/sitemap.xml")) == ["/sitemap-pages.xml"]
    told()
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert addresses(response) == ["/sitemap-pages.xml", "/sitemap-stories-1.xml"]


@pytest.mark.long
def test_only_what_may_be_found_is_in_it_whoever_asks(client):
    public = told()
    hidden = [
        told(audience="members", boundaries=["police", "council"], place="scotland"),
        told(byline="role", boundaries=["police", "council"], place="scotland"),
        told(boundaries=["housing", "domestic-abuse"], place="scotland"),
        told(hidden=True, place="scotland"),
        told(live=False, sent=True),
    ]
    for reader in (None, MemberFactory()):
        if reader:
            client.force_login(reader)
        assert addresses(client.get("/sitemap-stories-1.xml")) == [public.get_absolute_url()]
        pages = addresses(client.get("/sitemap-pages.xml"))
        assert "/crossings/housing--mental-health/" in pages
        assert "/places/wales/" in pages
        assert "/practices/rule-or-habit/" in pages
        assert not {"/crossings/council--police/", "/crossings/domestic-abuse--housing/", "/places/scotland/"} & {
            *pages
        }
        assert not [story for story in hidden if story.get_absolute_url() in pages]


def test_every_page_in_it_is_there_and_asks_for_nothing_else(client):
    told()
    paths = [*addresses(client.get("/sitemap-pages.xml")), *addresses(client.get("/sitemap-stories-1.xml"))]
    pages = {path: client.get(path) for path in paths}
    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    assert [path for path, page in pages.items() if "noindex" in page.text] == []


def test_reports_are_in_it_and_drafts_are_not(client):
    index = ReportIndexPage.objects.get()
    for title, live in [("Live", True), ("Draft", False)]:
        index.add_child(instance=ReportPage(title=title, introduction="x", live=live))
    assert [path for path in addresses(client.get("/sitemap-pages.xml")) if "report" in path] == [
        "/reports/",
        "/reports/live/",
    ]


def test_many_stories_make_several_files(client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(sitemap, "A_FILE", 2)
    stories = [told() for _ in range(3)]
    assert addresses(client.get("/sitemap.xml"))[1:] == ["/sitemap-stories-1.xml", "/sitemap-stories-2.xml"]
    with django_assert_max_num_queries(2):
        found = [addresses(client.get(f"/sitemap-stories-{number}.xml")) for number in (1, 2)]
    assert found == [[story.get_absolute_url() for story in stories[:2]], [stories[2].get_absolute_url()]]


@pytest.mark.parametrize("number", ["0", "2", "99999999999"])
def test_a_file_that_is_not_there_is_not_there(client, number):
    assert client.get(f"/sitemap-stories-{number}.xml").status_code == 404


def test_robots_are_shown_the_sitemap_and_kept_from_the_admin(client):
    text = client.get("/robots.txt").text
    assert "Sitemap: http://testserver/sitemap.xml\n" in text
    assert "Disallow: /admin/\n" in text
    assert "Disallow: /stories/\n" not in text
