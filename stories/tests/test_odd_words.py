"""A story whose words were pasted from anywhere still reads as a page, and covers nothing around it."""

import time

import pytest

from stories.tests.factories import StoryFactory
from stories.tests.pages import text

pytestmark = pytest.mark.django_db
PILED = "Z" + "\u0335\u0321\u0300\u0301\u0302\u0303" * 60
ODD = {
    "noticed": "a" * 9000,
    "flex": "\u202egpj.exe\u202c and \u2066on " * 300,
    "tried": "https://example.org/a " * 450,
    "who_with": f"{PILED} " * 25,
    "happened": "שלום. نص عربي طويل.\n\n- אחת\n- שתיים",
    "surprise": "<script>alert(1)</script>\n\n<iframe src=https://example.org>",
    "advice": "javascript:alert(1) data:text/html,x https://bank.example@evil.example/",
    "help_wanted": "https://example.org/" + "b" * 1500,
    "evidence": "hunch",
    "evidence_note": "c" * 300,
    "shift_ground": "d" * 3000,
    "why_it_matters": "\u202e" + "e" * 200,
    "content_note": PILED[:200],
}


def odd():
    return StoryFactory(title=("f" * 60 + PILED)[:100], summary="g" * 200, live=True, audience="public", **ODD)


def test_ten_thousand_links_make_neither_a_slow_nor_a_heavy_page(client):
    links = "https://example.org/a\n" * 450  # as many as one answer takes
    names = ("noticed", "flex", "tried", "who_with", "happened", "surprise", "advice", "why_it_matters", "help_wanted")
    story = StoryFactory(live=True, audience="public", **dict.fromkeys(names, links))
    begun = time.process_time()
    page = text(client.get(story.get_absolute_url()))
    assert time.process_time() - begun < 5
    assert page.count("ugc") == 50 * len(names)
    assert len(page) < 300_000


def test_odd_words_leave_no_trick_in_the_page(client):
    page = text(client.get(odd().get_absolute_url()))
    assert "<script>alert" not in page
    assert "<iframe" not in page
    assert 'href="javascript' not in page
    assert 'evil.example/"' not in page
    assert "\u202e" not in page


def test_odd_words_fit_a_phone_and_climb_over_nothing(browse):
    page = browse(viewport={"width": 320, "height": 800})
    page.goto(odd().get_absolute_url())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    paragraph = page.locator(".prose p", has_text="Z").first
    assert paragraph.evaluate("p => p.scrollHeight - p.clientHeight") < 40
    hebrew = page.locator(".prose p", has_text="שלום")
    assert hebrew.evaluate("p => getComputedStyle(p).direction") == "rtl"
