"""A story on paper: teams pin stories to walls."""

import re

import pytest
from django.core.management import call_command

from stories.models import Audience, Story
from stories.tests.factories import StoryFactory

PAGE = re.compile(rb"/Type\s*/Page\b")


def printed(page, address):
    """The PDF that Chromium makes of the page on A4, its own margins and head left to our style sheet."""
    page.goto(address)
    return page.pdf(prefer_css_page_size=True, print_background=False)


@pytest.mark.long
def test_every_full_demo_story_is_one_or_two_pages(transactional_db, browse, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "a password for the demo")
    call_command("load_demo", verbosity=0)
    page = browse()
    stories = Story.objects.published().filter(audience=Audience.PUBLIC)
    counts = {story.title: len(PAGE.findall(printed(page, story.get_absolute_url()))) for story in stories}
    assert len(counts) > 5
    assert {title: count for title, count in counts.items() if not 1 <= count <= 2} == {}


def test_on_paper_there_is_nothing_to_press_and_every_link_says_where_it_leads(db, browse):
    story = StoryFactory(live=True, audience="public", practices=["rule-or-habit"], tried="See https://example.org/a")
    page = browse()
    page.goto(story.get_absolute_url())
    page.emulate_media(media="print")
    for gone in [".quick-exit", ".story-actions", ".sharing", ".site-footer", ".site-nav", ".site-header__account"]:
        assert not page.locator(gone).is_visible(), gone
    assert page.locator(".print-source").inner_text().endswith(story.get_absolute_url())
    after = "link => getComputedStyle(link, '::after').content"
    practice = page.get_by_role("link", name="Rule or habit?")
    assert practice.evaluate(after).endswith('/practices/rule-or-habit/)"') or "attr" in practice.evaluate(after)
    assert page.get_by_role("link", name="https://example.org/a").evaluate(after) == "none"


def test_a_practice_is_one_page_to_pin_up_with_its_counts_and_without_the_cards(db, browse):
    for outcome in ["stalled", "stopped", "going"]:
        StoryFactory(live=True, audience="public", practices=["rule-or-habit"], outcome=outcome)
    page = browse()
    assert len(PAGE.findall(printed(page, "/practices/rule-or-habit/"))) == 1
    page.emulate_media(media="print")
    for heading, there in [
        ("A first step this week", True),
        ("It could look like this", True),
        ("To read on", True),
        ("3 stories that used it", False),
        ("Have you tried it?", False),
    ]:
        assert page.get_by_text(heading, exact=True).is_visible() is there, heading
    assert page.locator(".print-source").inner_text().endswith("/practices/rule-or-habit/")
    assert page.get_by_text("Stopped", exact=True).is_visible()
