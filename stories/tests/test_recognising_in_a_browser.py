"""From a text full of identifiers to a story that is sent, on a phone, with and without JavaScript."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from stories.tests.factories import StoryFactory
from stories.tests.pages import at, fresh
from stories.tests.test_recognising import TELLING

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.mark.parametrize("script", [True, False])
def test_a_teller_takes_a_word_out_answers_for_another_and_sends(browse, client, script, tmp_path):
    story = StoryFactory(title="They ring before they refuse", **TELLING)
    client.force_login(story.author)
    page = browse(viewport={"width": 390, "height": 800}, javascript=script)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": settings.SITE_URL}])
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(at("send", story))
    page.screenshot(path=tmp_path / "asked.png", full_page=True)
    page.get_by_role("button", name="Send").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("Take “Maya Osei” out, or say why it can stay")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=tmp_path / "refused.png", full_page=True)
    number = page.locator("fieldset", has=page.get_by_text("“943 476 5919”", exact=True))
    number.get_by_label("It is not a real detail").check()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("fieldset", has_text="“943 476 5919”")).to_have_count(0)
    page.locator(".word--asked", has_text="“Maya Osei”").get_by_role("link", name="Change What did you try?").click()
    page.get_by_label("What did you try?").fill("I rang the duty desk.")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**{at('check', story)}*")
    page.screenshot(path=tmp_path / "check.png", full_page=True)
    page.goto(at("send", story))
    for field in page.locator(".word--asked").all():
        field.get_by_label("It is real, and it can stay").check()
    for reason in page.get_by_label("stay, if it is real?").all():
        reason.fill("It is the desk that everybody knows.")
    page.screenshot(path=tmp_path / "answered.png", full_page=True)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(f"**{at('sent', story)}")
    assert fresh(story).is_in_moderation
    assert complaints == []
