"""The two small scripts, and what is left without them."""

import pytest
from playwright.sync_api import expect

GALLERY = "/design/"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 800}


@pytest.mark.parametrize(
    ("viewport", "javascript", "is_open"), [(WIDE, True, True), (PHONE, True, False), (WIDE, False, False)]
)
def test_filters_stand_open_on_wide_screens_and_can_always_be_opened(browse, viewport, javascript, is_open):
    page = browse(javascript=javascript, viewport=viewport)
    page.goto(GALLERY)
    button = page.get_by_role("button", name="Show these")
    expect(button).to_be_visible(visible=is_open)
    if not is_open:
        page.get_by_text("Narrow this list", exact=True).click()
        expect(button).to_be_visible()


@pytest.mark.parametrize(("javascript", "back"), [(True, "about:blank"), (False, GALLERY)])
def test_leaving_at_once_leaves_no_way_back_where_there_is_script(browse, live_server, javascript, back):
    page = browse(javascript=javascript)
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Weather"))
    page.goto(GALLERY)
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.go_back()
    assert page.url.removeprefix(live_server.url) == back


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_the_smallest_phone(browse, scheme):
    page = browse(viewport={"width": 320, "height": 600}, color_scheme=scheme)
    page.goto(GALLERY)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_gallery_costs_few_requests_and_all_are_ours(browse, live_server):
    page = browse()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(GALLERY, wait_until="networkidle")
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert len(asked) <= 8
