"""What stands above every page: policies, who may keep it, cookies; and that nothing in a page needs more than that."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from csp.constants import NONE, SELF
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from digests.views import framed
from systemschange import middleware
from systemschange.embedded import places
from systemschange.tests.canary_addresses import asked
from systemschange.tests.canary_world import World

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
FOR_PAGES, FOR_PREVIEWS, FOR_ADMIN = middleware.PUBLIC, middleware.PREVIEW, middleware.ADMIN
FOR_PICTURES = {"default-src": [NONE], "frame-ancestors": [NONE], "sandbox": []}
# A letter as a mail stands in a frame, and the page around it may hold that frame.
FOR_MAILS = [{**around, **framed.POLICY} for around in (FOR_PAGES, FOR_ADMIN)]
AROUND_MAILS = {**FOR_PAGES, "frame-src": [SELF]}
PICTURE = re.compile(r"^/(reports/pictures/|(stories/[^/]+/photos|people/[^/]+/photo)/)")
# The same for whoever asks, so that whoever stores them stores nothing of anybody's.
EVERYBODYS = re.compile(
    r"^/(manifest\.webmanifest$|worker\.js$|offline/$|.*/feed/|api/(stories/|stories\.(csv|json)$|crossings/|openapi\.json)|stories/[^/]+/picture\.png)$"
)
# Autosave reads this one: signing in elsewhere changes it under an open page.
READ_BY_SCRIPTS = {"csrftoken"}


class Inline(HTMLParser):
    """What of a page only runs under a policy that allows inline code."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        runs = tag == "script" and "src" not in told and told.get("type") != "application/ld+json"  # which is data
        if tag == "style" or runs:
            self.found.append(f"<{tag}>")
        self.found += [f"{name}=" for name, _ in attrs if name == "style" or name.startswith("on")]
        self.found += [value for value in told.values() if (value or "").strip().lower().startswith("javascript:")]


def policy(response):
    """The policy as it arrives: {directive: [sources]}."""
    parts = [part.split() for part in response.get("Content-Security-Policy", "").split(";")]
    return {name: sources for name, *sources in parts}


def policies_for(address):
    """Which of our policies may stand at an address; a preview stands anywhere in the admin."""
    if PICTURE.match(address):
        return [FOR_PICTURES, FOR_PAGES]
    if "/letter/preview/" in address:
        return [*FOR_MAILS, FOR_ADMIN if address.startswith("/admin/") else AROUND_MAILS, FOR_PAGES]
    return [FOR_ADMIN, FOR_PREVIEWS] if address.startswith("/admin/") else [FOR_PAGES]


def told_wrong(address, response, signed_in):
    """What is wrong with the head of one answer, and with a page that needs more than its policy gives."""
    wrong = [f"{name}: {response.get(name)}" for name, value in ALWAYS.items() if response.get(name) != value]
    given = policy(response)
    if given not in policies_for(address):
        wrong.append(f"policy {given}")
    if given not in [FOR_ADMIN, *FOR_MAILS] and response.get("Content-Type", "").startswith("text/html"):
        wrong += Inline(response.content.decode()).found
    kept = response.get("Cache-Control", "")
    own = signed_in and not EVERYBODYS.match(address) or response.cookies
    if own and not {"private", "no-store"} <= set(kept.split(", ")):
        wrong.append(f"Cache-Control: {kept}")
    return wrong + [f"cookie {cookie}" for cookie in response.cookies.values() if not has_flags(cookie)]


def has_flags(cookie, secure=settings.HTTPS):
    if not cookie.value:
        return True  # taken away
    hidden = bool(cookie["httponly"]) != (cookie.key in READ_BY_SCRIPTS)
    return hidden and cookie["samesite"] == "Lax" and bool(cookie["secure"]) == secure


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.parametrize("actor", ["visitor", "member", "author", "admin"])
def test_every_address_carries_what_keeps_a_page_safe(world, actor):
    client, wrong, policies = world.clients[actor], {}, set()
    for address in asked(world, actor):
        response = client.get(address)
        if response.streaming:
            list(response.streaming_content)
        policies.add(response.get("Content-Security-Policy", "").count("unsafe-inline"))
        found = told_wrong(address, response, signed_in=actor != "visitor")
        if found:
            wrong[address] = found
    assert wrong == {}
    # 1 is a letter as a mail, which members and staff look at in its frame.
    assert policies == ({0, 2} if actor == "visitor" else {0, 1, 2}), "nobody met the admin and the pages"


def test_what_a_public_page_may_do():
    assert FOR_PAGES == {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
    assert {**FOR_PAGES, "frame-ancestors": [SELF]} == FOR_PREVIEWS
    assert "'unsafe-eval'" not in sum(FOR_ADMIN.values(), [])


def test_code_within_a_page_is_found():
    page = '<script src="a.js"></script><a href=" javascript:x" onclick="y" style="z"><script>1</script>'
    assert Inline(page).found == ["onclick=", "style=", " javascript:x", "<script>"]


# --- When something is wrong ------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.urls("design.tests.urls")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/suspect/", 400),
        ("/refuse/", 403),
        ("/lose/x/", 404),
        ("/crash/", 500),
        ("/unreachable/", 503),
    ],
)
def test_a_page_about_a_failure_carries_the_same(address, status):
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == status
    assert told_wrong(address, response, signed_in=False) == []


@pytest.mark.django_db
def test_a_form_that_was_refused_is_kept_by_nobody():
    response = Client(enforce_csrf_checks=True).post("/stories/new/", {"noticed": "Words"})
    assert (response.status_code, told_wrong("/stories/new/", response, signed_in=True)) == (403, [])
    # Nor is one that was read and has to be corrected, although no session and no cookie is involved.
    response = Client().post("/tell-us/", {"text": "Words for nobody else"})
    assert "Words for nobody else" in response.text
    assert told_wrong("/tell-us/", response, signed_in=True) == []


# --- As in production -------------------------------------------------------------------------------------------------

PRODUCTION = {
    "EMBEDDED": "",
    "SECRET_KEY": "a key of a production that lives for one test: it guards nothing",
    "ALLOWED_HOSTS": "stories.example.org",
    "SITE_URL": "https://stories.example.org",
    "EMAIL_URL": "smtp+tls://a:b@127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "letters@example.org",
    "CONTROLLER_NAME": "Example",
    "HOSTED_BY": "Example",
    "SAFEGUARDING_EMAIL": "lead@example.org",
    "TRUSTED_PROXY_COUNT": "1",
    "DJANGO_SETTINGS_MODULE": "systemschange.settings",
}
ASKING = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("collectstatic", interactive=False, verbosity=0)
told = []
for method, address, data, headers in json.load(sys.stdin):
    client = Client(raise_request_exception=False)
    got = getattr(client, method)(address, data, headers={"host": "stories.example.org", **headers})
    flags = ("secure", "httponly", "samesite")
    cookies = {name: {flag: one[flag] for flag in flags} for name, one in got.cookies.items()}
    body = b"".join(got.streaming_content) if got.streaming else got.content
    told.append({"status": got.status_code, "headers": dict(got.items()), "cookies": cookies, "body": body.decode()})
print(json.dumps(told))
"""
HTTPS = {"x-forwarded-proto": "https"}


@pytest.fixture
def production(transactional_db, tmp_path):
    """Asks the site as production starts it, with its own settings and no other: [(method, address, data, headers)]."""

    def ask(*requests):
        database = places.database_url(Path(os.environ["TEST_SERVICES"]), connection.settings_dict["NAME"])
        given = {**os.environ, **PRODUCTION, "DATABASE_URL": database}
        given |= {"STATIC_ROOT": str(tmp_path / "static"), "STATE": str(tmp_path)}
        asked = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", ASKING],
            input=json.dumps(requests),
            env=given,
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert asked.returncode == 0, asked.stderr[-3000:]
        return json.loads(asked.stdout.splitlines()[-1])

    return ask


@pytest.mark.long
def test_production_speaks_https_only_and_knows_its_own_name_only(production):
    jot = {"title": "Two letters", "noticed": "In one week."}
    evil = {**HTTPS, "host": "evil.example"}
    home, missing, login, kept, style, code, plain, forged, forged_plain, proxied = production(
        ("get", "/", {}, HTTPS),
        ("get", "/no-such-page/", {}, HTTPS),
        ("get", "/account/login/", {}, HTTPS),
        ("post", "/stories/new/", jot, HTTPS),
        ("get", "/static/css/site.css", {}, HTTPS),
        ("post", "/account/login/code/", {"email": "a@example.org"}, HTTPS),
        ("get", "/stories/", {}, {}),
        ("get", "/", {}, evil),
        ("get", "/", {}, {"host": "evil.example"}),
        ("post", "/account/password/reset/", {"email": "a@example.org"}, {**HTTPS, "x-forwarded-host": "evil.example"}),
    )
    assert [one["status"] for one in (home, missing, login, kept, style)] == [200, 404, 200, 302, 200]
    hsts = "max-age=31536000; includeSubDomains; preload"
    for one in (home, missing, login, kept, style, forged):
        assert {**ALWAYS, "Strict-Transport-Security": hsts}.items() <= one["headers"].items()
    assert (plain["status"], plain["headers"]["Location"]) == (301, "https://stories.example.org/stories/")
    assert (forged["status"], forged_plain["status"]) == (400, 400)
    assert "<h1>We could not read that</h1>" in forged["body"]
    assert ALWAYS.items() <= forged_plain["headers"].items()
    assert "evil" not in json.dumps([forged, forged_plain, proxied])
    flags = {"secure": True, "httponly": True, "samesite": "Lax"}
    assert kept["cookies"] == {"kept_text": flags}
    assert code["cookies"]["sessionid"] == flags
    assert login["cookies"] == {"csrftoken": {**flags, "httponly": ""}}
