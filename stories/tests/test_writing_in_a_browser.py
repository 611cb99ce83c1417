"""Words that must not be lost, in a real browser: no connection, no session, a page that is gone."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from members.tests.factories import PASSWORD
from stories.tests.factories import StoryFactory, edit_of
from stories.tests.pages import at, fresh
from systemschange.tests.chromium import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def write(browse, live_server):
    """Opens a page of a story's author, which asks the server every half second."""

    def open_page(story, section, *, every="0.5", **options):
        client, page = Client(), browse(**{**PHONE, **options})
        client.force_login(story.author)
        sign_in(page, client, live_server)
        page.route(f"**{at('write', story, section)}", lambda route: _quicker(route, every))
        page.goto(at("write", story, section))
        return page

    return open_page


def _quicker(route, every):
    answer = route.fetch(max_redirects=0)
    body = answer.text().replace("data-autosave=", f'data-every="{every}" data-autosave=')
    route.fulfill(response=answer, body=body)


def says(page, words):
    expect(page.locator("[data-says]")).to_contain_text(words)


def test_what_is_typed_is_saved_without_a_press_of_a_button(write):
    story = StoryFactory()
    page = write(story, "tried")
    page.locator("#id_tried").fill("A call.")
    says(page, "Saved ")
    assert fresh(story).tried == "A call."
    page.locator("#id_tried").fill("Two calls.")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/write/now/")
    assert fresh(story).tried == "Two calls."


def test_without_a_connection_the_words_stay_and_are_saved_once_it_is_back(write):
    story = StoryFactory()
    page = write(story, "tried")
    page.context.set_offline(True)
    page.locator("#id_tried").fill("Typed in the lift.")
    says(page, "No connection. Your words stay on this page")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_timeout(700)
    assert page.locator("#id_tried").input_value() == "Typed in the lift."
    assert fresh(story).tried == story.tried
    page.context.set_offline(False)
    says(page, "Saved ")
    assert fresh(story).tried == "Typed in the lift."
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/write/now/")


def test_leaving_with_unsaved_words_warns_and_without_them_does_not(write):
    story = StoryFactory()
    page = write(story, "tried", every="600")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Your draft").click()
    page.wait_for_url("**/draft/")
    page.go_back()
    page.locator("#id_tried").press_sequentially("A call.")
    page.get_by_role("link", name="Your draft").click()
    page.wait_for_timeout(300)
    assert (asked, page.locator("#id_tried").input_value()) == (["beforeunload"], f"A call.{story.tried}")


def test_another_window_is_told_of_and_both_texts_stand_side_by_side(write):
    story = StoryFactory()
    page = write(story, "tried", viewport={"width": 1280, "height": 900})
    edit_of(story, tried="From there")
    page.locator("#id_tried").fill("From here")
    says(page, "saved in another window")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Both texts are below").wait_for()
    there, here = page.locator(".both__there").bounding_box(), page.locator("#id_tried").bounding_box()
    assert there["x"] + there["width"] <= here["x"]
    page.set_viewport_size(PHONE["viewport"])
    there, here = page.locator(".both__there").bounding_box(), page.locator("#id_tried").bounding_box()
    assert there["y"] + there["height"] <= here["y"]
    page.get_by_role("button", name="Keep both texts").click()
    page.get_by_text("Both texts are below").wait_for(state="detached")
    assert fresh(story).tried == "From there\n\nFrom here"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_session_deleted_in_mid_sentence_loses_nothing(write, javascript):
    story = StoryFactory()
    page = write(story, "tried", javascript=javascript, every="600")
    page.locator("#id_tried").fill("Typed before the session went.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Continue").click()
    page.locator("#id_login").fill(story.author.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Here is what you had typed").wait_for()
    assert page.locator("#id_tried").input_value() == "Typed before the session went."
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/write/now/")
    assert fresh(story).tried == "Typed before the session went."
