"""Finding as a reader meets it: as you type with script, by the button without it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from stories.tests.factories import StoryFactory

TOLD = {"live": True, "audience": "public"}
TITLES = ".cards .card__title"


@pytest.fixture
def stories(transactional_db):
    StoryFactory(title="Boilers are mended", boundaries=["housing"], outcome="stalled", **TOLD)
    StoryFactory(title="Letters are rewritten", boundaries=["housing", "police"], help_wanted="Somebody.", **TOLD)
    StoryFactory(title="Appointments by bus", boundaries=["education"], practices=["rule-or-habit"], **TOLD)


def asked(page):
    return parse_qs(urlsplit(page.url).query)


def test_the_list_follows_what_is_typed_and_keeps_the_focus(stories, browse):
    page = browse()
    page.goto("/stories/")
    box = page.get_by_label("Search the stories")
    box.press_sequentially("boil", delay=20)
    page.locator(TITLES).first.get_by_text("Boilers are mended").wait_for()
    expect(page.locator(TITLES)).to_have_count(1)
    assert page.locator("[data-find-count]").text_content() == "1 story"
    assert page.evaluate("document.activeElement.name") == "q"
    assert box.input_value() == "boil"
    assert asked(page) == {"q": ["boil"]}
    page.reload()
    expect(page.locator(TITLES)).to_have_text(["Boilers are mended"])


def test_choices_and_words_combine_and_their_chips_remove_them(stories, browse):
    page = browse(viewport={"width": 1280, "height": 900})
    page.goto("/stories/")
    page.locator("summary", has_text="Home").click()
    page.get_by_label("Housing", exact=True).check()
    expect(page.locator(TITLES)).to_have_count(2)
    page.get_by_label("The teller wants help").check()
    expect(page.locator(TITLES)).to_have_count(1)
    assert asked(page) == {"boundary": ["housing"], "help": ["on"]}
    page.get_by_role("link", name="Remove Wants help").click()
    page.wait_for_url("**/stories/?boundary=housing")
    expect(page.locator(TITLES)).to_have_count(2)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_button_asks_with_and_without_script(stories, browse, javascript):
    page = browse(javascript=javascript, viewport={"width": 390, "height": 844})
    page.goto("/stories/")
    page.get_by_label("Search the stories").fill("rewriten")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("Did you mean").wait_for()
    page.get_by_role("link", name="rewritten").click()
    page.wait_for_url("**q=rewritten*")
    expect(page.locator(TITLES)).to_have_text(["Letters are rewritten"])
