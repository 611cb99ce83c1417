"""The review page on a phone, under the admin's own content security policy."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from stories.tests.desk import QUEUE, fresh, review
from stories.tests.factories import StoryFactory


@pytest.fixture
def phone(browse, desk):
    page = browse(viewport={"width": 390, "height": 800})
    cookie = desk.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": settings.SITE_URL}])
    return page


def test_a_moderator_reads_is_told_what_is_missing_and_approves(phone, db):
    complaints = []
    phone.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    story = StoryFactory(sent=True, title="They ring before they refuse", happened="A long fortnight. " * 80)
    phone.goto(reverse("wagtailadmin_home"))
    phone.get_by_role("link", name="Open the queue").click()
    phone.get_by_role("link", name=story.title).click()
    phone.frame_locator("iframe").get_by_role("heading", name=story.title).wait_for()
    phone.get_by_role("button", name="Ask for changes").click()
    missing = phone.get_by_text("Write what the teller should change, and why.")
    phone.locator("iframe[style]").wait_for()
    expect(missing).to_be_in_viewport()
    phone.get_by_label("I asked myself").check()
    phone.get_by_role("button", name="Approve").click()
    phone.wait_for_url(f"**{QUEUE}*")
    assert fresh(story).live
    phone.goto(review(story))
    phone.get_by_role("button", name="Take down").wait_for()
    assert complaints == []
