"""The pages that say what the site is and does: everybody reads them, and they promise nothing that is not so."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from members.models import Concern
from members.tests.factories import MemberFactory
from systemschange.about import PAGES
from systemschange.tests.chromium import sign_in, watch
from systemschange.tests.test_print import PAGE, printed

pytestmark = pytest.mark.django_db
NAMES = sorted(PAGES)
# A link is only followed if somebody follows it; all of these are asked for by the page itself.
LOADED = re.compile(r'(?:src|srcset|data|poster|action)="(https?:)?//|<link[^>]+href="(https?:)?//')


def at(name):
    return reverse(f"about:{name}")


@pytest.mark.parametrize("name", NAMES)
def test_everybody_reads_it_and_it_asks_the_database_for_nothing(client, django_assert_num_queries, name):
    with django_assert_num_queries(0):
        response = client.get(at(name))
    assert response.status_code == 200
    assert not response.cookies
    client.force_login(MemberFactory())
    assert client.get(at(name)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_it_names_where_to_write_to_and_loads_nothing_from_elsewhere(client, settings, name):
    settings.CONTACT_EMAIL = "people@example.org"
    page = client.get(at(name)).text
    assert page.count("mailto:people@example.org") == 2  # on the page and at its foot
    assert LOADED.search(page) is None


def test_the_foot_of_every_page_leads_to_all_of_them(client):
    for address in ["/", reverse("stories:list"), reverse("account_login"), "/nothing/here/"]:
        page = client.get(address).text
        assert f'href="{reverse("worry")}"' in page
        assert [name for name in NAMES if f'href="{at(name)}"' not in page] == []


def test_they_name_who_runs_the_site(client, settings):
    settings.CONTROLLER_NAME, settings.HOSTED_BY = "The Lantern Trust", "Example Hosting, Leeds"
    settings.SAFEGUARDING_LEAD = "Ada Quill"
    privacy = client.get(at("privacy")).text
    assert "The Lantern Trust runs this site" in privacy
    assert "Example Hosting, Leeds" in privacy
    assert "Ada Quill answers for safeguarding here." in client.get(at("safety")).text
    assert "This is a demonstration" not in privacy


def test_what_nobody_has_entered_is_said_to_be_missing(client, settings):
    settings.EMBEDDED = False
    privacy = client.get(at("privacy")).text
    assert "Nobody has entered yet who runs this site" in privacy
    assert "Where the server stands, and who looks after it, has not been entered" in privacy
    assert "has not been entered yet: until then it is the moderators" in client.get(at("safety")).text


def test_a_copy_for_looking_at_says_that_it_is_one(client):
    for name in NAMES:
        assert "This is a demonstration" in client.get(at(name)).text


def test_a_site_that_does_not_say_who_runs_it_is_warned_before_it_meets_people(settings):
    def warned():
        found = run_checks(include_deployment_checks=True)
        return [told.id for told in found if told.id.startswith("systemschange.")]

    assert warned() == ["systemschange.W001", "systemschange.W002", "systemschange.W003"]
    settings.CONTROLLER_NAME, settings.HOSTED_BY, settings.SAFEGUARDING_EMAIL = "A", "B", "lead@example.org"
    assert warned() == []


def test_the_privacy_page_names_every_cookie_that_the_site_sets(client):
    page = client.get(at("privacy")).text
    client.get(reverse("account_login"))
    client.post(reverse("stories:new"), {"title": "A line", "noticed": "A moment."})
    client.post(reverse("stories:hide", args=["a-slug"]))  # signed out: told so on the next page
    assert {"csrftoken", "kept_text", "messages"} <= {*client.cookies}
    assert [name for name in [*client.cookies, "sessionid"] if f"<code>{name}</code>" not in page] == []


def test_the_page_for_it_names_the_host_and_the_sender_and_says_whether_it_is_https(client, settings):
    settings.SITE_URL, settings.HTTPS = "https://stories.example.org", True
    page = client.get(at("for_it")).text
    assert "<code>stories.example.org</code>" in page
    assert "<code>letters@example.org</code>" in page
    assert "HTTPS only" in page
    settings.HTTPS = False
    assert "plain HTTP: it is for looking at" in client.get(at("for_it")).text


# --- security.txt -----------------------------------------------------------------------------------------------------


def test_security_txt_has_what_the_standard_asks_for(client, settings):
    settings.CONTACT_EMAIL, settings.SITE_URL = "holes@example.org", "https://stories.example.org"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = [line.split(": ", 1) for line in response.text.splitlines() if line and not line.startswith("#")]
    fields = dict(lines)
    assert len(fields) == len(lines)
    expires = datetime.strptime(fields.pop("Expires"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    assert fields == {
        "Contact": "mailto:holes@example.org",
        "Preferred-Languages": "en",
        "Canonical": "https://stories.example.org/.well-known/security.txt",
    }


# --- In a browser -----------------------------------------------------------------------------------------------------


def test_the_page_for_a_manager_is_one_sheet(browse, settings):
    settings.CONTROLLER_NAME = "The Lantern Trust, registered charity 1234567"
    page = browse()
    assert len(PAGE.findall(printed(page, at("for_managers")))) == 1
    page.emulate_media(media="print")
    assert page.get_by_text("Agreed for six months").is_visible()
    for gone in [".site-footer", ".site-nav", ".no-print"]:
        assert not page.locator(gone).first.is_visible(), gone


def focused(page):
    """What the keyboard has come to: its words, and the edge around it."""
    return page.evaluate(
        "() => { const one = document.activeElement; const style = getComputedStyle(one);"
        " return [one.textContent.trim(), style.outlineStyle, parseFloat(style.outlineWidth)] }"
    )


def test_somebody_worried_tells_us_with_the_keyboard_alone(browse):
    page = browse()
    page.goto(reverse("worry"))
    page.locator("#id_kind_0").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("He has not been seen since Friday.")
    page.keyboard.press("Tab")
    page.keyboard.type("me@example.org")
    page.keyboard.press("Tab")
    assert focused(page)[0] == "Send this to the moderators"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The moderators have it").wait_for()
    concern = Concern.objects.worries().get()
    assert (concern.kind, concern.text, concern.contact) == (
        "worried",
        "He has not been seen since Friday.",
        "me@example.org",
    )


@pytest.mark.long
def test_the_plain_pages_are_walked_by_keyboard_and_the_focus_can_be_seen(browse, client, live_server):
    client.force_login(MemberFactory())
    page = browse()
    sign_in(page, client, live_server)
    wrong = watch(page, live_server)
    for address in [*map(at, NAMES), reverse("worry")]:
        page.goto(address)
        page.keyboard.press("Tab")
        assert focused(page)[0] == "Skip to what this page says"
        count = page.locator("a[href], button, textarea, input[type=email], input[type=radio]:checked").count()
        seen = set()
        for _ in range(count):
            text, *edge = focused(page)
            assert edge == ["solid", 3], (address, text, edge)
            seen.add(text)
            page.keyboard.press("Tab")
        assert {"Write to us", "For your IT team", "Privacy"} <= seen
    assert wrong == []
