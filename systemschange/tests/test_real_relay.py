"""Our mails through a real Postfix into a mailbox: what it makes of them, how they look, and where their links lead."""

import re
import urllib.error
import urllib.request
from datetime import timedelta
from html import unescape

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from digests import draining, names, planning, readers
from digests.models import Delivery, Issue, Subscriber, Subscription
from members.models import Profile
from members.tests.factories import MemberFactory, send_mail
from reports.tests.factories import ReportFactory
from stories.tests.factories import StoryFactory
from systemschange.tests.postfix import Postfix

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postfix, pytest.mark.long]

CROSSINGS = [
    ("housing", "mental-health"),
    ("police", "mental-health"),
    ("police", "housing"),
    ("police",),
]
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
MEMBER, READER = "asha@example.org", "rita@example.org"


@pytest.fixture(scope="module")
def postfix():
    with Postfix() as relay:
        yield relay


@pytest.fixture
def mails(postfix, browse, settings):
    """The letter, the mail that asks a reader to confirm, and their news; sent once a test, links on the live site."""
    now = timezone.now()
    asha = MemberFactory(first_name="Zoë 🌱", email=MEMBER, profile__weekly_letter=True)
    for number, crossing in enumerate(CROSSINGS):
        title = f"{LONG_WORD[:70]} {number}" if number == 1 else f"The ward rings on Wednesday — nº {number} <b> & co."
        StoryFactory(live=True, audience="public", title=title, summary="One phone call.", boundaries=crossing)
    ReportFactory(title="What we heard")
    # What their tellers are told goes elsewhere.
    send_mail()
    before, settings.EMAIL_PORT = len(postfix.wait_for(0)), postfix.port
    readers.subscribe(address=READER, about=Subscription.Kind.LETTER, now=now - timedelta(minutes=5))
    readers.confirm(Subscription.objects.get().key, now=now - timedelta(minutes=5))
    issue = Issue.objects.next_draft(now)
    issue.note = ".A line that begins with a dot.\n" + LONG_WORD * 2
    issue.save()
    planning.hurry(issue, prepared=issue.pk, now=now)
    send_mail()
    draining.drain()
    readers.tell()
    found = {}
    for message in postfix.wait_for(before + 3)[before:]:
        found["letter" if MEMBER in message["To"] else "news" if message["List-Id"] else "confirm"] = message
    assert set(found) == {"letter", "confirm", "news"}
    found["asha"] = asha
    return found


def bodies(message):
    return {kind: message.get_body((kind,)).get_content() for kind in ("plain", "html")}


def links(message):
    """Every address in a mail: of both bodies and of its headers."""
    said = bodies(message)
    found = {unescape(link) for link in re.findall(r'href="(http[^"]+)"', said["html"])}
    found |= set(re.findall(r"http://\S+", said["plain"]))
    return found | set(re.findall(r"<(http[^>]+)>", message["List-Unsubscribe"] or ""))


def state_of_all_tables():
    """Their rows, as one number a table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                table = connection.ops.quote_name(model._meta.db_table)
                rows = f"SELECT one::text AS words FROM {table} one"  # noqa: S608
                cursor.execute(f"SELECT count(*), md5(string_agg(words, '' ORDER BY words)) FROM ({rows}) r")  # noqa: S608
                found[model._meta.label] = cursor.fetchone()
    return found


def ask(address, data=None):
    """As a mail program or a scanner does: without a cookie, without a browser."""
    request = urllib.request.Request(address, data=data, method="POST" if data else "GET")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers


def test_headers_parts_and_both_bodies_arrive_as_they_were_meant(mails):
    for name in ("letter", "confirm", "news"):
        message = mails[name]
        assert [part.defects for part in message.walk() if part.defects] == []
        assert message.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
        assert len(message.as_bytes()) < 102_000
        assert max(map(len, message.as_bytes().splitlines())) < 998
        for header in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted", "Return-Path"):
            assert len(message.get_all(header)) == 1, (name, header)
        assert message["Message-ID"].endswith("@127.0.0.1>") or "localhost" in message["Message-ID"]
        assert all(said.strip() for said in bodies(message).values())
    for name in ("letter", "news"):
        assert mails[name]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mails[name]["List-Id"]
        assert "nº 0 <b> & co." in bodies(mails[name])["plain"]
        assert "nº 0 &lt;b&gt; &amp; co." in bodies(mails[name])["html"]
        assert "What we heard" in bodies(mails[name])["plain"]
    assert "Zoë 🌱" in bodies(mails["letter"])["plain"]
    assert "\n.A line that begins with a dot." in bodies(mails["letter"])["plain"]


def test_what_comes_back_to_the_letters_envelope_tells_which_letter(mails):
    sender = mails["letter"]["Return-Path"].strip("<>")
    assert names.delivery_of(sender) == Delivery.objects.get(state="sent").pk


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 600])
def test_both_bodies_are_read_without_scrolling_sideways(mails, browse, width, scheme):
    page = browse(viewport={"width": width, "height": 800}, color_scheme=scheme, javascript=True)
    for name in ("letter", "confirm", "news"):
        said = bodies(mails[name])
        page.set_content(said["html"])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 21, 38)"}[scheme], name
        assert page.get_by_role("heading").first.is_visible()
        page.set_content("<pre style='white-space: pre-wrap; overflow-wrap: anywhere; margin: 8px'></pre>")
        page.locator("pre").evaluate("(block, words) => { block.textContent = words }", said["plain"])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_whatever_opens_every_link_changes_nothing(mails):
    before = state_of_all_tables()
    opened = {}
    for name in ("letter", "confirm", "news"):
        for link in links(mails[name]):
            opened[link], _ = ask(link)
    assert set(opened.values()) == {200}
    for part in (
        "/stories/",
        "/reports/",
        "/letter/leave/",
        "/letter/new-stories/leave",
        "/letter/new-stories/confirm/",
    ):
        assert any(part in link for link in opened), part
    assert state_of_all_tables() == before


def test_one_click_in_the_mail_program_leaves_that_one_list(mails):
    [letter], [news] = (re.findall(r"<(http[^>]+)>", mails[name]["List-Unsubscribe"]) for name in ("letter", "news"))
    for _ in range(2):
        status, headers = ask(letter, b"List-Unsubscribe=One-Click")
        assert (status, headers["Set-Cookie"]) == (200, None)
        assert Profile.objects.get(user=mails["asha"]).weekly_letter is False
        assert Subscriber.objects.count() == 1
    for _ in range(2):
        assert ask(news, b"List-Unsubscribe=One-Click")[0] == 200
        assert not Subscriber.objects.exists()
    assert reverse("digests:leave", args=["x"]).removesuffix("x/") in letter
