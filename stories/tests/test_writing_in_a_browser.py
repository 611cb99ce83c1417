"""Words that must not be lost, in a real browser: no connection, no session, a page that is gone."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from members.tests.factories import PASSWORD, MemberFactory
from stories.models import KeptText
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
    page.wait_for_load_state()  # the words can be there before the style that puts them side by side
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


# --- From a phone, and on to another device ---------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_jot_on_a_phone_takes_less_than_a_minute(browse, javascript):
    page, began = browse(javascript=javascript, **PHONE), time.monotonic()
    page.goto("/stories/new/")
    page.locator("#id_title").press_sequentially("Two letters in one week", delay=20)
    page.locator("#id_noticed").press_sequentially("Each team refused him because of what the other did.", delay=20)
    page.get_by_role("button", name="Keep this").tap()
    page.get_by_role("heading", name="Your words are kept").wait_for()
    assert time.monotonic() - began < 60
    assert KeptText.objects.get().answers["title"] == "Two letters in one week"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_draft_begun_on_a_phone_goes_on_at_a_desk(write, javascript):
    story = StoryFactory()
    phone = write(story, "tried", javascript=javascript)
    phone.locator("#id_tried").fill("Typed on the bus.")
    phone.get_by_role("button", name="Save and finish later").click()
    phone.get_by_role("heading", name="Not today?").wait_for()
    desk = write(story, "tried", javascript=javascript, viewport={"width": 1280, "height": 900}, has_touch=False)
    assert desk.locator("#id_tried").input_value() == "Typed on the bus."
    desk.locator("#id_happened").fill("Typed at a desk.")
    desk.get_by_role("button", name="Continue").click()
    desk.wait_for_url("**/write/now/")
    assert (fresh(story).tried, fresh(story).happened) == ("Typed on the bus.", "Typed at a desk.")


@pytest.mark.long
def test_thirty_seconds_without_a_network_while_typing_lose_nothing(write):
    story = StoryFactory()
    page = write(story, "tried", every="15")
    box = page.locator("#id_tried")
    box.fill("")
    page.context.set_offline(True)
    for word in ["I", "rang", "the", "duty", "worker", "and", "asked"]:
        box.press_sequentially(f"{word} ", delay=50)
        page.wait_for_timeout(4300)
    says(page, "No connection.")
    page.context.set_offline(False)
    box.press_sequentially("whether we could talk.", delay=20)
    says(page, "Saved ")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/write/now/")
    assert fresh(story).tried == "I rang the duty worker and asked whether we could talk."


def test_without_javascript_a_form_sent_into_the_void_is_sent_again_by_a_reload(browse, live_server):
    story, client, page = StoryFactory(), Client(), browse(javascript=False, **PHONE)
    client.force_login(story.author)
    sign_in(page, client, live_server)
    page.goto(at("write", story, "tried"))
    page.locator("#id_tried").fill("Typed in the lift.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Continue").click(no_wait_after=True)
    page.wait_for_timeout(1000)
    assert page.locator("#id_tried").count() == 0
    page.context.set_offline(False)
    page.reload()
    page.wait_for_url("**/write/now/")
    assert fresh(story).tried == "Typed in the lift."


# --- Signing in elsewhere ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_signing_in_in_another_tab_costs_no_word(write, javascript):
    story = StoryFactory()
    page = write(story, "tried", javascript=javascript, every="600")
    page.locator("#id_tried").fill("Typed before the token changed.")
    other = page.context.new_page()
    page.context.clear_cookies(name="sessionid")
    other.goto("/account/login/")
    other.locator("#id_login").fill(story.author.email)
    other.locator("#id_password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url(lambda address: "login" not in address)
    page.get_by_role("button", name="Continue").click()
    if not javascript:
        page.get_by_text("Nothing is saved yet").wait_for()
        assert fresh(story).tried == story.tried
        assert page.locator("#id_tried").input_value() == "Typed before the token changed."
        page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/write/now/")
    assert fresh(story).tried == "Typed before the token changed."


def test_a_page_of_another_account_keeps_its_words_in_the_boxes(write, live_server):
    story, client = StoryFactory(), Client()
    page = write(story, "tried", every="600")
    page.locator("#id_tried").fill("Typed as myself.")
    client.force_login(MemberFactory())
    sign_in(page, client, live_server)
    page.get_by_role("button", name="Continue").click()
    says(page, "Not saved. Your words are still here")
    assert page.locator("#id_tried").input_value() == "Typed as myself."


# --- The phone's own copy ---------------------------------------------------------------------------------------------

KEEP = "This is my own phone: keep what I type here until it is saved"


def copies(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('copy:'))")


def killed(page):
    """The page goes as it goes when a phone runs out of memory: nothing is asked, nothing is said."""
    again = page.context.new_page()
    page.close(run_before_unload=False)
    return again


def test_a_page_that_was_killed_gives_the_words_back_where_its_owner_chose_so(write):
    story = StoryFactory()
    page = write(story, "tried", every="600")
    page.locator("#id_tried").fill("Not kept.")
    assert copies(page) == []
    page.get_by_label(KEEP).check()
    page.locator("#id_tried").fill("Typed, then the battery died.")
    page = killed(page)
    page.goto(at("write", story, "tried"))
    page.get_by_text("These words were kept on this phone").wait_for()
    assert page.locator("#id_tried").input_value() == "Typed, then the battery died."
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/write/now/")
    assert (fresh(story).tried, copies(page)) == ("Typed, then the battery died.", [])


def test_the_copy_can_be_put_back_and_goes_when_the_words_are_saved(write):
    story = StoryFactory()
    page = write(story, "tried", every="600")
    page.get_by_label(KEEP).check()
    page.locator("#id_tried").fill("Second thoughts.")
    page = killed(page)
    page.goto(at("write", story, "tried"))
    page.get_by_role("button", name="Put back what was there before").click()
    expect(page.locator("#id_tried")).to_have_value(story.tried)
    assert copies(page) == []
    page.locator("#id_tried").fill("Third thoughts.")
    assert len(copies(page)) == 1
    page.get_by_label(KEEP).uncheck()
    assert copies(page) == []


def test_a_jot_on_ones_own_phone_outlives_its_page_too(browse):
    page = browse(**PHONE)
    page.goto("/stories/new/")
    page.get_by_label(KEEP).check()
    page.locator("#id_noticed").fill("Each letter was right.")
    page = killed(page)
    page.goto("/stories/new/")
    page.get_by_text("These words were kept on this phone").wait_for()
    assert page.locator("#id_noticed").input_value() == "Each letter was right."


def test_the_copy_of_a_jot_goes_once_the_jot_is_a_draft(write):
    page = write(StoryFactory(), "tried")
    page.goto("/stories/new/")
    page.get_by_label(KEEP).check()
    page.locator("#id_title").fill("Two  letters")
    page.locator("#id_noticed").fill("Each letter was right.")
    assert copies(page) == ["copy:/stories/new/"]
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("heading", name="Safety first").wait_for()
    expect(page.get_by_label(KEEP)).to_be_checked()
    assert copies(page) == []


@pytest.mark.parametrize("leave", ["sign out", "another account"])
def test_copies_are_not_for_the_next_person_at_the_phone(write, live_server, leave):
    story = StoryFactory()
    page = write(story, "tried", every="600")
    page.get_by_label(KEEP).check()
    page.locator("#id_tried").fill("For me only.")
    page = killed(page)
    if leave == "sign out":
        page.goto("/account/logout/")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{live_server.url}/")
    else:
        client = Client()
        client.force_login(MemberFactory())
        sign_in(page, client, live_server)
        page.goto("/account/")
        page.wait_for_function("() => localStorage.length === 0")
    assert page.evaluate("localStorage.length") == 0
