"""The report and the articles of the demo site: long enough, counted right, and in the tellers' own words."""

import re
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from members.models import Notice
from reports.models import ArticlePage, Evidence, ReportPage
from stories.models import MayQuote, Outcome, Quotation, Story
from systemschange.demo import load, reading
from systemschange.tests.test_demo_texts import AVOIDED, prose_in

# The whole community is loaded for them; that it loads at all `test_demo_community.py` says in every run.
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all the tests here: each of them works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        load.load_community(now=timezone.now())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def report(loaded, db):
    return ReportPage.objects.get()


def of(page, kind):
    return [block for block in page.body if block.block_type == kind]


def word_count(page):
    return sum(len(strip_tags(block.value.source.replace("<", " <")).split()) for block in of(page, "text"))


def chart(report, title):
    [block] = [block for block in of(report, "table") if block.value["title"] == f"Demo: {title}"]
    assert block.value["drawn"] == "bars"
    return {name: int(number) for name, number in block.value.rows}


def public():
    return Story.objects.public().filter(demo=True)


def test_the_report_is_a_long_read_in_chapters_with_all_that_a_report_can_hold(report):
    assert word_count(report) >= 2500
    assert len(of(report, "chapter")) == 7
    used = {block.block_type for block in report.body}
    # It has no picture, and nobody is quoted by hand.
    assert used == {*report.body.stream_block.child_blocks} - {"picture", "quote"}
    named = re.findall(r"\[(\d+)\]", "".join(block.value.source for block in of(report, "text")))
    assert list(dict.fromkeys(map(int, named))) == list(range(1, len(report.notes) + 1))
    assert all("https://" in note.value.source or "http://" in note.value.source for note in report.notes)
    report.full_clean()


def test_the_charts_say_what_the_public_demo_stories_count(report):
    now = Counter(story.outcome_now for story in public())
    assert chart(report, "where it is now") == {choice.label: now[choice] for choice in Outcome}
    services = Counter(word.name for story in public() for word in story.boundaries.all())
    assert chart(report, "which services the stories touch") == dict(reading.most_named(services.elements()))
    practices = Counter(word.name for story in public() for word in story.practices.all())
    assert chart(report, "the practices that were used most") == dict(reading.most_named(practices.elements()))
    known = Counter(story.get_evidence_display() for story in public())
    assert chart(report, "how the tellers say they know") == known


def test_the_numbers_in_the_text_are_those_of_the_stories(report):
    told = public()
    text = strip_tags(report.introduction + report.summary)
    with_give = told.exclude(flex="").count()
    assert f"We read the {told.count()} demo stories" in text
    assert f"In {with_give} of the {told.count()} stories" in text
    assert "{" not in text + "".join(block.value.source for block in of(report, "text"))


def test_what_is_quoted_stands_in_the_live_story_with_its_tellers_yes(report):
    quoted = [Quotation.objects.get(key=block.value) for block in of(report, "words")]
    assert len(quoted) == 6
    assert [one.words for one in quoted if not (one.still_said and one.story.is_public)] == []
    assert {one.story.may_quote for one in quoted} == {MayQuote.YES}


def test_a_reader_meets_every_card_and_every_quotation(client, report):
    body = report.body_for(Story.objects.public().first().author)
    assert len(body.parts) == len(report.body)
    page = client.get(report.url).content.decode()
    assert "Demo: where it is now" in page
    assert page.count('class="pull"') == 6


@pytest.mark.parametrize("kind", ["report", "articles"])
def test_what_staff_write_uses_our_words(kind):
    written = prose_in(reading.read(kind))
    assert len(written) > 20
    assert [text for text in written if re.search(AVOIDED, text, re.IGNORECASE)] == []


def test_every_table_and_figure_says_whose_it_is(report):
    assert {block.value["title"].partition(":")[0] for block in of(report, "table")} == {"Demo"}
    assert [block for block in of(report, "figure") if not block.value["address"].startswith("https://")] == []


def test_nobody_is_told_by_mail_of_words_in_a_demo_report(report):
    assert Evidence.objects.filter(report=report).exists()
    assert Evidence.objects.filter(told_at=None).count() == 0
    assert Notice.objects.filter(kind__contains="quote").count() == 0


def test_there_are_three_articles_to_read_over_a_coffee(client, loaded, db):
    lengths = {article.slug: word_count(article) for article in ArticlePage.objects.live()}
    assert len(lengths) == 3
    assert {slug: count for slug, count in lengths.items() if not 400 <= count <= 700} == {}
    page = client.get("/reports/").content.decode()
    assert [article.title for article in ArticlePage.objects.all() if article.title not in page] == []


def test_the_newest_report_is_on_the_front_page(client, report):
    assert report.title in client.get("/").content.decode()


def test_loading_again_adds_nothing(report):
    assert load.load_community(now=timezone.now()) is False
    assert (ReportPage.objects.count(), ArticlePage.objects.count()) == (1, 3)
