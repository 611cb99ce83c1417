"""A photo finds its way from a teller's computer to a reader's page, in a real browser."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from confidentiality.tests.pictures import laden
from members.tests.factories import ModeratorFactory, sign_in_staff
from stories import actions
from stories.models import Story
from stories.tests.desk import now
from stories.tests.factories import StoryFactory
from systemschange.tests.chromium import sign_in, watch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    return StoryFactory(audience="public")


def signed_in(browse, live_server, client, **options):
    page = browse(**options)
    sign_in(page, client, live_server)
    return page


def teller_of(story):
    client = Client()
    client.force_login(story.author)
    return client


def choose(page, kind, ending):
    page.locator("#id_photo").set_input_files(
        {"name": f"IMG_2041{ending}", "mimeType": "application/octet-stream", "buffer": laden(kind)[0]}
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_a_photo_is_added_changed_and_taken_out(browse, live_server, story, javascript):
    page = signed_in(browse, live_server, teller_of(story), javascript=javascript)
    page.goto(reverse("stories:draft", args=[story.slug]))
    page.get_by_role("link", name="Photos").click()
    choose(page, "JPEG", ".png")
    page.get_by_label("What is in the photo?").fill("A wall of notes.")
    page.get_by_label("No person, badge").check()
    page.get_by_role("button", name="Add this photo").click()
    expect(page.get_by_text("The name of this file says one kind").first).to_be_visible()
    assert page.get_by_label("What is in the photo?").input_value() == "A wall of notes."
    choose(page, "HEIF", ".heic")
    page.get_by_role("button", name="Add this photo").click()
    picture = page.get_by_alt_text("A wall of notes.")
    picture.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert picture.bounding_box()["width"] == 64
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("What is in the photo?").fill("A wall with nine notes.")
    page.get_by_label("No person, badge").check()
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_alt_text("A wall with nine notes.")).to_have_count(1)
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_text("The photo is taken out.")).to_be_visible()
    expect(page.locator("main img")).to_have_count(0)


def test_a_moderator_sees_it_first_and_then_readers_do(browse, live_server, story):
    page = signed_in(browse, live_server, teller_of(story))
    page.goto(reverse("stories:photos", args=[story.slug]))
    choose(page, "WEBP", ".webp")
    page.get_by_label("What is in the photo?").fill("A wall of notes.")
    page.get_by_label("No person, badge").check()
    page.get_by_role("button", name="Add this photo").click()
    page.get_by_role("heading", name="Add another photo").wait_for()
    actions.send(story, by=story.author, now=now())

    desk = signed_in(browse, live_server, sign_in_staff(Client(), ModeratorFactory()))
    desk.goto(reverse("stories_staff:review", args=[story.slug]))
    assert is_drawn(desk.locator("#photos-section img"))
    assert is_drawn(desk.frame_locator("[data-moderation-preview]").get_by_alt_text("A wall of notes."))
    actions.approve(Story.objects.get(), by=ModeratorFactory(), now=now())

    reader = browse()
    wrong = watch(reader, live_server)
    reader.goto(story.get_absolute_url())
    assert is_drawn(reader.get_by_alt_text("A wall of notes."))
    assert wrong == []


def is_drawn(picture):
    picture.scroll_into_view_if_needed()
    return picture.evaluate("async picture => { await picture.decode(); return picture.naturalWidth > 0 }")
