"""What a browser makes of our headers: Wagtail's editor and previews work, and Back shows nothing after signing out."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from members.tests.factories import EditorFactory, ModeratorFactory, sign_in_staff
from reports.tests.factories import PictureFactory, ReportFactory
from stories.tests.factories import StoryFactory
from stories.tests.pages import at
from systemschange.tests import tools
from systemschange.tests.chromium import sign_in, watch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def refusals(page, live_server):
    """`watch`, and what each frame's policy refused."""
    wrong = watch(page, live_server)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => "
        "console.error(`refused ${event.violatedDirective} ${event.blockedURI} on ${location.pathname}`))"
    )
    return wrong


def test_a_report_is_edited_and_previewed_within_the_policy(browse, live_server):
    report = ReportFactory(body=[("picture", {"image": PictureFactory(), "caption": "The wall"})])
    report.save_revision()
    page = browse(viewport={"width": 1500, "height": 900})
    wrong = refusals(page, live_server)
    sign_in(page, sign_in_staff(Client(), EditorFactory()), live_server)
    page.goto(f"/admin/pages/{report.pk}/edit/")
    page.locator("#id_title").fill("What we heard, told anew")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe[title='Preview']").last
    expect(preview.get_by_role("heading", name="What we heard, told anew")).to_be_visible(timeout=20_000)
    expect(preview.locator("main img")).to_have_js_property("complete", True)
    assert preview.locator("main img").evaluate("(image) => image.naturalWidth") > 0
    page.goto(f"/admin/pages/{report.pk}/view_draft/")
    page.get_by_role("heading", name=report.title).wait_for()
    assert wrong == []


def test_a_moderator_reads_and_previews_a_story_within_the_policy(browse, live_server):
    story = StoryFactory(sent=True)
    page = browse()
    wrong = refusals(page, live_server)
    sign_in(page, sign_in_staff(Client(), ModeratorFactory()), live_server)
    as_sent = f"/admin/snippets/stories/story/history/{story.pk}/revisions/{story.latest_revision_id}/view/"
    queue, review = reverse("stories_staff:queue"), reverse("stories_staff:review", args=[story.slug])
    for address in ("/admin/", queue, review, f"/admin/snippets/stories/story/edit/{story.pk}/", as_sent):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    page.get_by_role("heading", name=story.title).wait_for()
    assert wrong == []


@pytest.fixture
def remembering(chromium, live_server):
    """A browser that keeps whole pages for Back and Forward, as people's do and Playwright's does not."""
    flags = ["--no-sandbox", "--disable-gpu"]
    browser = chromium.browser_type.launch(
        executable_path=tools.chromium(), args=flags, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser.new_context(base_url=live_server.url)
    browser.close()


def test_back_shows_nothing_after_signing_out(remembering, live_server):
    """Neither from the browser's store nor from the pages that it keeps whole; and that it keeps some is seen first."""
    story = StoryFactory(title="For me alone", tried="Words for me alone.")
    page = remembering.new_page()
    page.goto("/about/safety/")
    page.evaluate("addEventListener('pageshow', (event) => { window.keptWhole = event.persisted })")
    page.goto("/about/house-rules/")
    page.go_back(wait_until="commit")
    page.wait_for_function("window.keptWhole === true")

    client = Client()
    client.force_login(story.author)
    sign_in(page, client, live_server)
    private = [at("draft", story), at("write", story, "tried"), at("preview", story), "/account/profile/"]
    for address in private:
        page.goto(address)
    assert "/account/profile/" in page.url
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{live_server.url}/")
    assert settings.SESSION_COOKIE_NAME not in {cookie["name"] for cookie in remembering.cookies()}
    shown = []
    for _ in range(len(private) + 1):
        page.go_back(wait_until="load")
        shown.append(page.content())
        assert "alone" not in shown[-1], page.url
        assert story.author.first_name not in page.locator("main").inner_text()
    assert len(set(shown)) > 1
