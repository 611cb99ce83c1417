"""Each minute: which PDFs are made anew, and that it costs no more questions where there are more reports."""

from datetime import timedelta

import pytest
import typst
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practices.models import Practice
from reports import actions, pdf, renewing
from reports.models import ReportImage, ReportPage, ReportPDF
from reports.tests.factories import PictureFactory, ReportFactory
from reports.tests.test_blocks import GOING, go
from reports.tests.whole import LIST, picked, quotable
from stories import actions as story_actions

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def full_report(story, **fields):
    """Something of each kind that asks the database, and so much of it that nothing stays alike by chance."""
    body = [
        ("words", picked(story).key),
        ("story", story.slug),
        ("stories", {**LIST, "boundary": "police"}),
        ("picture", {"image": PictureFactory(), "caption": ""}),
        ("practice", {"practice": "rule-or-habit", "why": ""}),
    ]
    return ReportFactory(body=body, cover=PictureFactory(), **fields)


def renew(minutes):
    return actions.renew_pdfs(now=NOW + timedelta(minutes=minutes))


def is_true(report):
    return ReportPDF.objects.get(report=report).digest == pdf.digest(pdf.contents(ReportPage.objects.get(pk=report.pk)))


def asked(minutes):
    with CaptureQueriesContext(connection) as queries:
        made = renew(minutes)
    return made, len(queries)


def test_a_quiet_minute_costs_the_same_for_three_reports_and_for_twelve():
    quotable(boundaries=["police", "housing"])
    costs = {}
    for count in (3, 12):
        while ReportPage.objects.count() < count:
            full_report(quotable())
        renew(count)
        costs[count] = asked(count + 1)
    assert costs[3] == costs[12], costs
    assert costs[3][0] == 0
    assert costs[3][1] <= 25


def test_one_story_that_goes_costs_its_own_report_and_no_other():
    costs = []
    for count in (3, 12):
        stories = [quotable() for _ in range(count)]
        for story in stories:
            full_report(story)
        renew(0)
        go("hide", stories[-1])
        costs.append(asked(1))
    assert [made for made, _ in costs] == [1, 1]
    assert len({queries for _, queries in costs}) == 1, costs


@pytest.mark.parametrize("how", GOING)
def test_whatever_takes_words_away_is_seen_in_the_next_minute(how):
    story = quotable()
    report = ReportFactory(body=[("words", picked(story).key)])
    others = [full_report(quotable(boundaries=["education", "council"])) for _ in range(2)]
    renew(0)
    go(how, story)
    assert not is_true(report)
    assert renew(1) == 1
    assert all(is_true(one) for one in (report, *others))


def test_a_new_story_in_a_list_and_a_changed_picture_and_word_are_seen_in_the_next_minute():
    reports = [full_report(quotable()) for _ in range(3)]
    renew(0)
    quotable(boundaries=["police", "housing"])
    assert renew(1) == 3
    ReportImage.objects.filter(pk=reports[1].cover_id).update(description="A wall with nine notes.")
    assert renew(2) == 1
    Practice.objects.filter(slug="rule-or-habit").update(one_line="Ask who wrote it.")
    from django.core.cache import cache

    cache.clear()
    assert renew(3) == 3
    assert all(is_true(report) for report in reports)


def test_what_no_mark_tells_comes_to_light_in_turn():
    aim = ReportFactory(slug="aim")
    link = f'<p><a linktype="page" id="{aim.pk}">there</a></p>'
    reports = [ReportFactory(body=[("text", link)]) for _ in range(2)]
    renew(0)
    ReportPage.objects.filter(pk=aim.pk).update(url_path=aim.url_path.replace("aim", "else"), slug="else")
    assert sum(renew(minutes) for minutes in range(1, 4)) == 3
    assert all(is_true(report) for report in (aim, *reports))


def test_two_copies_of_a_page_are_told_apart_though_their_blocks_have_the_same_keys():
    first, second = quotable(), quotable()
    key = "5b1f5d3a-0000-4000-8000-000000000001"
    one, other = (ReportFactory(body=[{"type": "story", "value": story.slug, "id": key}]) for story in (first, second))
    renew(0)
    story_actions.withdraw(second, by=second.author, now=timezone.now())
    due = {report.pk for report, _ in renewing.due()}
    assert other.pk in due
    marks = renewing.marks([one, other])
    assert marks[one.pk] == ReportPDF.objects.get(report=one).mark
    assert marks[other.pk] != ReportPDF.objects.get(report=other).mark


def test_a_report_that_cannot_be_set_stands_in_nobodys_way(monkeypatch, caplog):
    reports = [ReportFactory(title=f"Report {number}") for number in range(3)]
    make = pdf.make

    def broken(contents, pictures):
        if contents["title"] == reports[0].title:
            raise typst.TypstError("a canary of a word")
        return make(contents, pictures)

    monkeypatch.setattr(pdf, "make", broken)
    assert renew(0) == 2
    assert set(ReportPDF.objects.values_list("report", flat=True)) == {reports[1].pk, reports[2].pk}
    assert f"The PDF of report {reports[0].pk} cannot be made." in caplog.text
