"""The site as an app, and what a browser keeps of it: one page that says that there is no connection."""

import re
import time

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image, ImageChops
from playwright.sync_api import expect

from design import app_icons
from members.tests.factories import MemberFactory
from stories.tests.factories import StoryFactory
from stories.tests.pages import at
from systemschange import installed
from systemschange.tests.chromium import axe_findings, sign_in, watch

KEPT = {"/offline/", "/static/css/site.css"}


@pytest.mark.django_db
def test_the_manifest_names_the_site_and_icons_that_are_there(client):
    response = client.get("/manifest.webmanifest")
    told = response.json()
    assert response["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["start_url"], told["scope"], told["id"]) == (settings.SITE_NAME, "/", "/", "/")
    assert [icon["purpose"] for icon in told["icons"]] == ["any", "any", "any", "maskable"]
    for icon in told["icons"]:
        found = finders.find(icon["src"].removeprefix("/static/"))
        if icon["sizes"] != "any":
            with Image.open(found) as picture:
                assert "x".join(map(str, picture.size)) == icon["sizes"]
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").text


def test_the_icons_are_as_they_are_drawn():
    for name, how in app_icons.ICONS.items():
        with Image.open(app_icons.FOLDER / name) as picture:
            drawn = app_icons.drawn(**how)
            assert picture.mode == drawn.mode
            apart = ImageChops.difference(picture, drawn)
            assert max(high for _, high in apart.getextrema()) < 8, name
    drawing = (app_icons.FOLDER / "favicon.svg").read_text()
    assert set(re.findall('fill="(.*?)"', drawing)) == {app_icons.INK, app_icons.HIVIS, app_icons.FAR}
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    assert f"--ink: {installed.INK};" in tokens
    assert f"--page: {installed.PAPER};" in tokens


@pytest.mark.django_db
def test_the_page_for_no_connection_is_the_same_for_everybody(client, settings):
    stranger = client.get("/offline/")
    client.force_login(MemberFactory())
    assert client.get("/offline/").content == stranger.content
    assert "You have no connection" in stranger.text
    assert "<script" not in stranger.text
    assert not stranger.cookies


@pytest.mark.django_db
def test_the_worker_is_asked_for_anew_each_time_and_is_another_when_the_page_is(client, monkeypatch):
    first = client.get("/worker.js")
    assert first["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in first["Cache-Control"]
    assert not first.cookies
    assert client.get("/worker.js").content == first.content
    monkeypatch.setattr(installed, "static", lambda name: f"/static/newer/{name}")
    assert client.get("/worker.js").content != first.content


# --- In a browser -----------------------------------------------------------------------------------------------------

KEEPS = """async () => {
    const kept = [];
    for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) kept.push(new URL(url).pathname);
    return kept;
}"""
in_a_browser = [pytest.mark.django_db(transaction=True), pytest.mark.long]


@pytest.fixture
def phone(browse):
    """A page whose worker stands ready."""
    page = browse(service_workers="allow")
    page.goto("/about/safety/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def lose_the_connection(page, lost=True):
    page.context.set_offline(lost)


class TestInABrowser:
    pytestmark = in_a_browser

    def test_without_a_connection_there_is_a_page_that_says_so(self, phone):
        lose_the_connection(phone)
        phone.goto("/stories/")
        expect(phone.get_by_role("heading", name="You have no connection")).to_be_visible()
        assert phone.evaluate("getComputedStyle(document.body).display") == "flex", "its stylesheet is not there"
        assert axe_findings(phone) == []
        lose_the_connection(phone, lost=False)
        phone.reload()
        expect(phone.get_by_role("heading", level=1)).not_to_have_text("You have no connection")

    def test_a_walk_while_signed_in_leaves_nothing_but_that_page(self, phone, live_server):
        story = StoryFactory(title="For me alone", tried="Words for me alone.")
        client = Client()
        client.force_login(story.author)
        wrong = watch(phone, live_server)
        sign_in(phone, client, live_server)
        for address in (at("draft", story), at("preview", story), "/account/profile/", "/stories/", "/letter/"):
            phone.goto(address)
            phone.wait_for_load_state("networkidle")
        assert set(phone.evaluate(KEEPS)) == KEPT
        phone.goto("/account/logout/")
        phone.get_by_role("main").get_by_role("button", name="Sign out").click()
        phone.wait_for_url(f"{live_server.url}/")
        assert set(phone.evaluate(KEEPS)) == KEPT
        assert phone.evaluate("localStorage.length + sessionStorage.length") == 0
        assert wrong == []
        lose_the_connection(phone)
        phone.goto(at("draft", story))
        expect(phone.get_by_role("heading", name="You have no connection")).to_be_visible()
        assert "alone" not in phone.content()

    def test_a_site_that_no_longer_has_it_takes_all_away(self, phone, settings):
        assert set(phone.evaluate(KEEPS)) == KEPT
        settings.OFFLINE_PAGE = False
        phone.goto("/about/safety/")
        deadline = time.monotonic() + 10
        while phone.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)"):
            assert time.monotonic() < deadline, "the worker is still there"
            time.sleep(0.05)
        assert phone.evaluate(KEEPS) == []
