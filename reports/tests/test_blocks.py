"""What a report is built from: each block on the page, and a teller's words gone wherever they may no longer stand."""

import gzip
import re

import pytest
from django.utils import timezone
from wagtail import blocks as wagtail_blocks

from members.tests.factories import MemberFactory
from reports.blocks import QuotationChooser, ReportBlocks
from reports.blocks.tables import what_is_wrong
from reports.charts import Chart, number_of
from reports.shown import EVERYBODY
from reports.tests.factories import ReportFactory
from reports.tests.whole import LIST, long_report, picked, quotable, whole_report
from stories import actions
from stories.models import Quotation, Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
KEPT = 5  # its version, what it is drawn from, its lists, its words, its stories
WORDS = "I sat at their desk for a morning."


def main(response):
    return response.text.partition("<main")[2]


def test_every_block_is_on_the_page_in_its_order(client):
    text = main(client.get(whole_report(quotable(title="The kettle rule")).url))
    order = [
        "It was a habit.",
        "Chapter 1 of 2",
        "Most of it was waiting.",
        "The wall of notes.",
        "7 in 10",
        "1,100",
        "Source: Our count, 2024",
        'class="bars"',
        'class="lines"',
        "Jo walked along.",
        "We rang them instead.",
        "Chapter 2 of 2",
        WORDS,
        ">The kettle rule</a></h3>",
        "Newest",
        "/crossings/housing--mental-health/",
        "/practices/rule-or-habit/",
        "Tell a story",
        "The survey",
        "Asked of 40 teams.",
        "Cite it as:",
    ]
    places = [text.index(found) for found in order]
    assert [found for _, found in sorted(zip(places, order, strict=True))] == order


def test_chapters_are_listed_and_each_has_an_address_of_its_own(client):
    text = main(client.get(whole_report(quotable()).url))
    for name in ("what-we-heard", "what-we-heard-2"):
        assert text.count(f'href="#{name}"') == 1
        assert text.count(f'id="{name}"') == 1


def test_one_chapter_needs_no_contents(client):
    assert "Contents" not in main(client.get(ReportFactory(body=[("chapter", {"title": "Only one"})]).url))


def test_notes_are_followed_and_followed_back_from_each_place(client):
    text = main(client.get(whole_report(quotable()).url))
    for place in ("from-1-1", "from-2-1", "from-1-2"):
        assert text.count(f'id="{place}"') == 1
        assert text.count(f'href="#{place}"') == 1
    assert text.count('href="#note-1"') == 2
    assert text.count('id="note-1"') == 1


def test_what_looks_like_a_note_and_is_none_stays_as_it_is(client):
    assert "See [2026]." in main(client.get(ReportFactory(body=[("text", "<p>See [2026].</p>")]).url))


GOING = ["withdraw", "hide", "narrow", "refuse all", "refuse this", "say something else", "delete the teller’s yes"]


def go(how, story):
    now = timezone.now()
    if how in {"withdraw", "hide"}:
        getattr(actions, how)(story, by=story.author, now=now)
    elif how == "narrow":
        actions.set_reach(story, byline=story.byline, audience="members", by=story.author, now=now)
    elif how == "refuse all":
        actions.set_may_quote(story, may_quote="no", by=story.author, now=now)
    elif how == "refuse this":
        actions.answer_quotation(Quotation.objects.get(story=story), yes=False, by=story.author, now=now)
    elif how == "say something else":
        Story.objects.filter(pk=story.pk).update(tried="Something else.")
    else:
        actions.set_may_quote(story, may_quote="ask", by=story.author, now=now)


@pytest.mark.parametrize("how", GOING)
def test_words_leave_the_page_at_once(client, how):
    story = quotable()
    report = ReportFactory(body=[("words", picked(story).key)])
    assert WORDS in client.get(report.url).text
    go(how, story)
    assert WORDS not in client.get(report.url).text
    assert story.slug not in client.get(report.url).text


def test_a_members_words_are_not_in_what_a_visitor_reads(client):
    story = StoryFactory(live=True, may_quote="yes")
    report = ReportFactory(body=[("words", picked(story).key)])
    assert WORDS not in client.get(report.url).text
    client.force_login(MemberFactory())
    assert WORDS in client.get(report.url).text


def test_words_that_wait_for_their_teller_are_not_shown(client):
    report = ReportFactory(body=[("words", picked(quotable(may_quote="ask")).key)])
    assert WORDS not in client.get(report.url).text
    quotation = Quotation.objects.get()
    actions.answer_quotation(quotation, yes=True, by=quotation.story.author, now=timezone.now())
    assert WORDS in client.get(report.url).text


def test_a_live_list_shows_public_stories_that_fit_newest_first_to_everybody(client):
    for number in range(4):
        StoryFactory(live=True, audience="public", title=f"Public {number}", practices=["rule-or-habit"])
    StoryFactory(live=True, audience="public", title="Elsewhere", boundaries=["police", "mental-health"])
    StoryFactory(live=True, title="For members", practices=["rule-or-habit"])
    StoryFactory(live=True, audience="public", title="Stopped", outcome="stopped")
    lists = [
        ({**LIST, "practice": "rule-or-habit"}, ["Public 3", "Public 2", "Public 1"]),
        ({**LIST, "boundary": "police", "other": "mental-health"}, ["Elsewhere"]),
        ({**LIST, "outcome": "stopped"}, ["Stopped"]),
        ({**LIST, "boundary": "police", "other": "housing"}, []),
    ]
    report = ReportFactory(body=[("stories", value) for value, _ in lists])
    client.force_login(MemberFactory())
    lists_shown = client.get(report.url).text.partition("<main")[2].split("<section>")[1:]
    titles_shown = [re.findall(r'<a href="/stories/[^>]*>([^<]*)</a></h4>', text) for text in lists_shown]
    assert titles_shown == [titles for _, titles in lists if titles]


def test_a_report_without_stories_asks_for_none(client, django_assert_max_num_queries):
    report = ReportFactory()
    client.get(report.url)
    with django_assert_max_num_queries(10):
        client.get(report.url)


@pytest.mark.parametrize(("sign_in", "most"), [(False, 15), (True, 18)])
def test_forty_blocks_stay_within_the_budget(client, django_assert_max_num_queries, sign_in, most):
    report = long_report()
    reader = MemberFactory() if sign_in else EVERYBODY
    if sign_in:
        client.force_login(reader)
    client.get(report.url)  # makes the sizes of its pictures
    for _ in range(2):  # drawn anew, and from what was kept
        with django_assert_max_num_queries(most):
            response = client.get(report.url)
        most = KEPT + 2 * sign_in
    assert len(report.body_for(reader).parts) == 40
    assert response.text.count('<li id="note-') == 20
    assert len(gzip.compress(response.content)) <= 40_000
    assert len(response.content) > 40_000  # or the line above says nothing


def test_a_crossing_of_a_service_with_itself_is_left_out(client):
    report = ReportFactory(body=[("crossing", {"first": "housing", "second": "housing"})])
    assert "A crossing, where two services meet" not in main(client.get(report.url))


def test_the_series_names_the_others(client):
    ReportFactory(title="Part one", series="A conversation")
    ReportFactory(title="Not yet", series="A conversation", live=False)
    ReportFactory(title="Another thing", series="Other")
    text = client.get(ReportFactory(series="A conversation").url).text
    assert [title in text for title in ("Part one", "Not yet", "Another thing")] == [True, False, False]


def test_corrections_stand_with_their_day(client):
    correction = {"day": "2026-05-03", "what": "Seven teams, not nine."}
    text = client.get(ReportFactory(corrections=[("correction", correction)]).url).text
    assert "3 May 2026" in text
    assert "Seven teams, not nine." in text
    assert "Nothing has been corrected since" in client.get(ReportFactory().url).text


def test_the_chooser_names_words_only_while_they_may_be_shown():
    story = quotable()
    key = picked(story).key
    assert QuotationChooser().get_value_data(key)["title"] == WORDS
    actions.set_may_quote(story, may_quote="no", by=story.author, now=timezone.now())
    assert WORDS not in QuotationChooser().get_value_data(key)["title"]
    assert QuotationChooser().get_value_data("") is None
    assert "gone" in QuotationChooser().get_value_data("nothing")["title"]


@pytest.mark.parametrize(
    ("cells", "drawn", "wrong"),
    [
        ([["A", "B"], ["x", "1"]], "bars", ""),
        ([["A", "B"], ["x", "one"]], "", ""),
        ([["A", "B"]], "", "Write a line of headings"),
        ([["A", "B"], ["x"]], "", "Line 2 has 1 cells"),
        ([["A", "B"], ["x", "one"]], "bars", "needs a number"),
        ([["A"], ["x"]], "lines", "a column of numbers"),
        ([["A", "B"]] * 61, "", "60 rows"),
    ],
)
def test_a_table_that_cannot_be_read_is_asked_about(cells, drawn, wrong):
    assert wrong in what_is_wrong(cells, drawn)
    assert bool(wrong) is bool(what_is_wrong(cells, drawn))


def test_the_form_says_what_is_wrong_with_a_table_and_an_address():
    stream = ReportBlocks()
    for kind, value, field in [
        (
            "table",
            {"title": "T", "cells_text": "A|B\nx", "drawn": "", "unit": "", "source": "S", "address": ""},
            "cells_text",
        ),
        ("action", {"heading": "H", "text": "", "label": "Go", "address": "javascript:alert(1)"}, "address"),
    ]:
        block = stream.child_blocks[kind]
        with pytest.raises(wagtail_blocks.StructBlockValidationError) as refused:
            block.clean(block.to_python(value))
        assert list(refused.value.block_errors) == [field]


@pytest.mark.parametrize(
    ("cell", "number"), [("1,234", 1234), ("43%", 43), ("£5.50", 5.5), ("-2", -2), ("", None), ("two", None)]
)
def test_a_cell_is_a_number_or_none(cell, number):
    assert number_of(cell) == number


def test_the_longest_bar_fills_its_cell_and_lines_stay_inside():
    chart = Chart("bars", ["Year", "Days"], [["2023", "10"], ["2024", "5"]])
    assert [row["bars"][0]["width"] for row in chart.bars] == ["100%", "50%"]
    lines = Chart("lines", ["Year", "Days"], [["2023", "-10"], ["2024", "5"]])
    (line,) = lines.lines
    assert all(0 <= x <= 320 and 0 <= y <= 190 for x, y in line["dots"])
    assert [tick["text"] for tick in lines.ticks] == ["-10", "-2.5", "5"]
