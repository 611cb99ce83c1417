"""Articles, plain pages and those that lead to others; the list by year and theme; and days that were planned."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from practices.models import Boundary, Practice
from reports import tasks
from reports.models import ArticlePage, HomePage, LandingPage, ReportIndexPage, ReportPage, StandardPage
from reports.tests.factories import ReportFactory
from reports.tests.whole import LIST, quotable

pytestmark = pytest.mark.django_db


def below(parent, model, **fields):
    return parent.add_child(instance=model(**{"introduction": "In a sentence.", **fields}))


def test_an_article_shows_stories_and_stands_in_the_list_of_reports(client):
    story = quotable(title="The kettle rule")
    body = [("text", "<p>Short.</p>"), ("story", story.slug), ("stories", LIST)]
    article = below(ReportIndexPage.objects.get(), ArticlePage, title="An article", slug="an-article", body=body)
    below(ReportIndexPage.objects.get(), ArticlePage, title="A draft", slug="a-draft", live=False)
    text = client.get(article.url).text
    assert ("Short." in text, "The kettle rule" in text) == (True, True)
    listed = client.get("/reports/").text
    assert ("An article" in listed, "A draft" in listed) == (True, False)


def test_articles_quote_nobody():
    assert "words" not in ArticlePage._meta.get_field("body").stream_block.child_blocks
    assert "words" in ReportPage._meta.get_field("body").stream_block.child_blocks


def test_a_landing_page_leads_to_what_stands_below_it(client):
    landing = below(HomePage.objects.get(), LandingPage, title="The programme", slug="programme")
    below(landing, StandardPage, title="How to take part", slug="take-part")
    below(landing, StandardPage, title="Not yet", slug="not-yet", live=False)
    text = client.get("/programme/").text
    assert ("How to take part" in text, "Not yet" in text) == (True, False)
    assert "In a sentence." in client.get("/programme/take-part/").text


@pytest.fixture
def four(db):
    reports = [ReportFactory(title=f"Report {number}") for number in range(4)]
    reports[1].boundaries.set([Boundary.objects.get(slug="housing")])
    reports[1].save()
    reports[2].practices.set([Practice.objects.get(slug="rule-or-habit")])
    reports[2].save()
    for report, year in zip(reports, (2024, 2025, 2025, 2026), strict=True):
        ReportPage.objects.filter(pk=report.pk).update(first_published_at=timezone.make_aware(datetime(year, 5, 3)))
    return reports


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [3, 2, 1, 0]),
        ("?year=2025", [2, 1]),
        ("?theme=housing", [1]),
        ("?theme=rule-or-habit&year=2025", [2]),
        ("?theme=housing&year=2026", []),
        ("?year=nineteen&theme=nothing", [3, 2, 1, 0]),
    ],
)
def test_reports_are_found_by_year_and_theme(client, four, asked, found):
    response = client.get(f"/reports/{asked}")
    assert [report.title for report in response.context["reports"].items] == [f"Report {number}" for number in found]
    assert response.context["years"] == [2026, 2025, 2024]
    assert ("No report fits" in response.text) is (not found)


def test_a_planned_report_goes_live_on_its_day_and_goes_when_it_is_over(client):
    now = timezone.now()
    report = ReportFactory(live=False, title="Planned", first_published_at=None)
    report.go_live_at = now + timedelta(hours=1)
    report.save_revision(approved_go_live_at=report.go_live_at)
    tasks.publish_planned()
    assert client.get(report.get_url()).status_code == 404
    past = now - timedelta(minutes=1)
    report.go_live_at = past
    report.save_revision(approved_go_live_at=past)
    tasks.publish_planned()
    assert client.get(report.get_url()).status_code == 200
    ReportPage.objects.filter(pk=report.pk).update(expire_at=past)
    tasks.publish_planned()
    assert client.get(report.get_url()).status_code == 404
