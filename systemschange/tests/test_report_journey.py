"""A report's whole way in a real browser: from its first block to a reader's keyboard, and what a teller takes back."""

import os
import re
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Revision

from members.tests.factories import EditorFactory, sign_in_staff
from reports.models import ReportIndexPage, ReportPage
from reports.tests.factories import PictureFactory, ReportFactory
from reports.tests.whole import blocks, picked
from stories.tests.factories import StoryFactory
from systemschange.tests.chromium import Traffic, sign_in, watch
from systemschange.tests.pdf_words import words_of

pytestmark = pytest.mark.long

TITLE = "What the first phone call told us"
SAID = "I sat at their desk for a morning."
NOTES = ["Asked of 40 teams.", "A survey of 2024."]
MINUTE = 60  # seconds
# What a report says, without what only a published one has: its day and its addresses.
READ = """report => [...report.querySelectorAll('.contents, .prose > :not([aria-labelledby=about-report])')]
    .map(part => part.innerText).join(' ').replace(/\\s+/g, ' ')"""


class Writing:
    """An editor at the page editor; what is put in is counted, since fields are named by their number."""

    def __init__(self, page):
        self.page, self.counts = page, {"body": 0, "notes": 0}

    def insert(self, block, *, where="body", **fields):
        """The block of this name, at the end; gives the beginning of the names of its fields."""
        panel = self.page.locator(f"#panel-child-content-{where}-section")
        panel.get_by_role("button", name="Insert a block").last.click()
        if where == "body":
            self.page.get_by_role("option", name=block, exact=True).click()
        name = f"{where}-{self.counts[where]}-value"
        self.counts[where] += 1
        for field, words in fields.items():
            self.fill(f"{name}-{field}", words)
        return name

    def fill(self, name, words):
        field = self.page.locator(f"[name='{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(words)
        else:
            field.fill(words)

    def type(self, name, words):
        """Into the editor of a rich text."""
        field = self.page.locator(f"//input[@name='{name}']/following::*[@contenteditable='true']").first
        field.click()
        expect(field).to_be_focused()
        self.page.keyboard.type(words)
        expect(field).to_contain_text(words.strip())

    def choose(self, button, name):
        self.page.get_by_role("button", name=button, exact=True).last.click()
        dialog = self.page.locator(".modal.in, .modal.show, [role=dialog]:visible").last
        dialog.get_by_role("link", name=name).first.click()
        expect(self.page.locator(".modal-backdrop")).to_have_count(0)


def write(page):
    desk = Writing(page)
    page.locator("#id_title").fill(TITLE)
    desk.fill("introduction", "We asked forty people about the first call. It was rarely about a bed.")
    desk.type("summary", "It was a habit.")
    desk.insert("Chapter", title="What we heard")
    desk.type(desk.insert("Text"), "Most of it was waiting.[1] Then it was not.[2] Waiting again.[1] ")
    desk.insert("Picture", caption="The wall of notes.")
    desk.choose("Choose an image", "A wall of paper notes.")
    desk.insert("Figure with its source", number="7 in 10", what="waited for a letter", source="A survey, 2024")
    table = {"title": "Days of waiting", "cells_text": "Year|Days\n2023|12\n2024|3", "source": "Our count, 2024"}
    for drawn in ("", "bars", "lines"):
        desk.insert("Table or chart", **table, drawn=drawn)
    desk.insert("Person", name="Jo", words="Jo walked along.")
    desk.insert("Words said elsewhere", words="We rang them instead.")
    desk.insert("Chapter", title="What it means")
    desk.insert("Words from a story")
    desk.choose("Choose words", SAID)
    desk.insert("Story")
    desk.choose("Choose a story", "The kettle rule")
    desk.insert("Live list of stories", heading="Newest", boundary="housing")
    desk.insert("Crossing", first="housing", second="mental-health")
    desk.insert("Practice", practice="rule-or-habit")
    desk.insert("Call to action", heading="Your turn", label="Tell a story", address="/stories/new/")
    documents = desk.insert("Documents", heading="To read on")
    desk.fill(f"{documents}-documents-0-value-title", "The survey")
    desk.fill(f"{documents}-documents-0-value-address", "https://example.org/survey.pdf")
    for note in NOTES:
        desk.type(desk.insert("", where="notes"), note)
    return desk


@pytest.fixture
def story(transactional_db):
    PictureFactory(description="A wall of paper notes.")
    told = {"title": "The kettle rule", "summary": SAID, "may_quote": "yes", "search_engines": "yes"}
    return StoryFactory(live=True, audience="public", **told)


@pytest.fixture
def editor(browse, live_server):
    """A page of an editor of this name, what it should never do, and what it asks for."""

    def open_page(name):
        page = browse(viewport={"width": 1280, "height": 900})
        sign_in(page, sign_in_staff(Client(), EditorFactory(first_name=name)), live_server)
        return page, watch(page, live_server), Traffic(page)

    return open_page


def pick_words(page):
    page.goto("/admin/story-words/")
    page.get_by_role("link", name="The kettle rule").click()
    page.get_by_label(SAID).first.check()
    page.get_by_role("button", name="Pick these words").click()
    page.get_by_text("May be shown").first.wait_for()


def previewed(page):
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("#w-preview-iframe")
    frame.get_by_text(NOTES[-1]).wait_for()
    text = frame.locator("article.report").evaluate(READ)
    page.get_by_role("button", name="Toggle preview").click()
    return text


def schedule(page):
    """For the first full minute that leaves time to approve it."""
    moment = timezone.localtime() + timedelta(minutes=2)
    moment = moment.replace(second=0, microsecond=0)
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.locator("#id_go_live_at").fill(f"{moment:%Y-%m-%d %H:%M}")
    # By keyboard: the calendar of the field may lie above the button.
    page.get_by_role("button", name="Save schedule").press("Enter")
    page.locator(".messages .success").wait_for()
    return moment


def from_the_menu(page, name):
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name).click()


def a_minute(*, until):
    """What beat sends each minute, done by the real worker; within a minute this must have come about."""
    for one in settings.CELERY_BEAT_SCHEDULE.values():
        if one["schedule"] == MINUTE:
            queue = one.get("options", {}).get("queue", "celery")
            current_app.send_task(one["task"], kwargs=one.get("kwargs"), queue=queue)
    deadline = time.monotonic() + MINUTE
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def wrong_with(watched):
    """Without what Wagtail's own saving is told when it comes while the whole form is on its way: on a busy machine it
    does, and nobody sees it."""
    return [line for line in watched if "400 (Bad Request)" not in line]


def squeezed(text):
    return "".join(text.split())


def where_it_is_said(reader, report):
    """The places in which anybody finds the teller's words now."""
    get = reader.request.get
    address = reverse("reports:pdf", args=[report.slug])
    search = get(reverse("reports:search") + "?q=desk+morning").text()
    found = {
        "page": get(report.get_url()).text(),
        "pdf": words_of(get(address).body()) if get(address).ok else "",
        "feed": get(reverse("stories:feed")).text(),
        "search": re.sub("<[^>]+>", "", search),
    }
    return {place for place, text in found.items() if squeezed(SAID) in squeezed(text)}


def follow_a_note_and_come_back(page):
    page.locator("#from-2-1").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#note-2")
    expect(page.locator("#note-2")).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#from-2-1")
    expect(page.locator("#from-2-1")).to_be_in_viewport()
    expect(page.locator("#from-2-1")).to_be_focused()


def print_it(page):
    page.emulate_media(media="print")
    for gone in (".site-nav", ".site-footer", "[role=doc-backlink]"):
        assert not page.locator(gone).first.is_visible(), gone
    for there in (NOTES[-1], "Cite it as:"):
        assert page.get_by_text(there).first.is_visible(), there
    paper = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="screen")
    return squeezed(words_of(paper))


def withdraw(story, page, live_server):
    client = Client()
    client.force_login(story.author)
    sign_in(page, client, live_server)
    page.goto(reverse("stories:withdraw", args=[story.slug]))
    page.get_by_role("button", name="Withdraw", exact=True).click()
    page.get_by_text("Your story is withdrawn").wait_for()


def test_a_report_of_every_block_is_written_reviewed_planned_and_published(
    story, browse, editor, celery_worker, settings, live_server
):
    settings.SITE_URL = os.environ["SITE_URL"]  # as the worker has it: an address stands in each PDF
    edith, hers, traffic = editor("Edith")
    pick_words(edith)
    edith.goto(f"/admin/pages/add/reports/reportpage/{ReportIndexPage.objects.get().pk}/")
    write(edith)
    traffic.settle()
    preview = previewed(edith)
    traffic.settle()
    from_the_menu(edith, re.compile("Submit to"))
    edith.get_by_text("has been submitted for moderation").first.wait_for()

    robin, theirs, traffic = editor("Robin")
    robin.goto("/admin/")
    robin.get_by_role("link", name=TITLE).first.click()
    traffic.settle()
    report = ReportPage.objects.get()
    moment = schedule(robin)
    traffic.settle()
    from_the_menu(robin, re.compile("^Approve$"))
    robin.wait_for_url(f"**/pages/{report.get_parent().pk}/")
    assert Revision.objects.filter(approved_go_live_at=moment).exists()

    reader = browse()
    assert reader.request.get(report.get_url()).status == 404
    while timezone.now() <= moment:
        time.sleep(0.5)
    as_pdf = reverse("reports:pdf", args=[report.slug])
    a_minute(until=lambda: reader.request.get(as_pdf).ok)
    reader.goto(report.get_url())
    assert reader.locator("article.report").evaluate(READ) == preview
    assert wrong_with(hers) == wrong_with(theirs) == []


def test_a_reader_follows_notes_and_prints_and_a_teller_takes_words_back_within_a_minute(
    story, browse, celery_worker, settings, live_server
):
    settings.SITE_URL = os.environ["SITE_URL"]
    said = picked(story, field="summary").key
    body = [*blocks(story), ("words", said)]
    ReportFactory(title=TITLE, live=False, body=body, notes=[("note", f"<p>{note}</p>") for note in NOTES])
    report = ReportPage.objects.get()
    report.save_revision().publish()
    reader, as_pdf = browse(), reverse("reports:pdf", args=[report.slug])
    a_minute(until=lambda: reader.request.get(as_pdf).ok)
    assert where_it_is_said(reader, report) == {"page", "pdf", "feed", "search"}

    complaints = watch(reader, live_server)
    reader.goto(report.get_url())
    follow_a_note_and_come_back(reader)
    assert squeezed(SAID) in print_it(reader)

    withdraw(story, browse(), live_server)
    assert where_it_is_said(reader, report) == set()
    a_minute(until=lambda: reader.request.get(as_pdf).ok)
    assert where_it_is_said(reader, report) == set()
    assert squeezed("Most of it was waiting.") in squeezed(words_of(reader.request.get(as_pdf).body()))
    reader.goto(report.get_url())
    assert squeezed(SAID) not in print_it(reader)
    assert complaints == []
