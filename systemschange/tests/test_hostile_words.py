"""A community in which every field of every person, story, answer and word of staff's is a piece of hostile markup:
no page of anybody's, the admin's too, no feed and no mail takes any of it for its own."""

import re
from collections import Counter
from email.utils import getaddresses
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.utils.html import escape

from members.tests.factories import send_mail
from practices.models import Boundary, Practice, Role
from systemschange.tests import canary_world, sweep
from systemschange.tests.canary_addresses import Fill
from systemschange.tests.chromium import sign_in
from systemschange.tests.shown_forms import pages_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
HOSTILE = "'\"></script><img src=x onerror=alert(1)>"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt;"
ACTORS = ("visitor", "member", "author", "co-author", "moderator", "editor", "admin")
PLAIN = ("-email", "-contact")  # an address cannot hold it


class Hostile(canary_world.World):
    """The canaries' world with the same hostile text for every canary."""

    def __init__(self):
        Boundary.objects.filter(slug="housing").update(name=HOSTILE)
        told = {"one_line": HOSTILE, "what": HOSTILE, "looks_like": HOSTILE, "sources": HOSTILE}
        Practice.objects.filter(slug="rule-or-habit").update(name=HOSTILE, **told)
        Role.objects.filter(slug="housing-officer").update(name=HOSTILE)
        super().__init__()

    def _warm_and_narrow(self):
        """All stay open."""


@pytest.fixture
def world(transactional_db, monkeypatch):
    plain = canary_world.word

    def hostile(name):
        if name == "report-body":
            return escape(HOSTILE)  # as Wagtail's editor writes it
        return plain(name) if name.endswith(PLAIN) else HOSTILE

    monkeypatch.setattr(canary_world, "word", hostile)
    return Hostile()


class Taken(HTMLParser):
    """What of the hostile text a browser would have taken for markup."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "img" and ("src", "x") in attrs or "onerror" in dict(attrs):
            self.found.append(self.get_starttag_text())


def taken(response, text):
    if response.get("Content-Type", "").startswith("text/html"):
        return Taken(text).found
    # Feeds and sitemaps; a script's answer is data, and is read as such.
    return re.findall("<img src=x", text) if "xml" in response.get("Content-Type", "") else []


def test_no_page_of_anybody_takes_it_for_its_own(world):
    wrong, met = {}, Counter()
    for actor in ACTORS:
        for address in pages_of(world, actor):
            response = world.clients[actor].get(address)
            text = sweep.said(response)
            met[actor] += ESCAPED in text or ESCAPED.replace("&gt;", ">") in text
            if found := taken(response, text):
                wrong[f"{address} as {actor}"] = found
    assert wrong == {}
    assert min(met.values()) > 3, met


def pages_with_it(world, actor):
    """One page of each pattern that shows the hostile text to this actor."""
    shown = set()
    for path, address in sweep.named_addresses(Fill(world)):
        if path not in shown and not path.startswith("admin/"):
            text = sweep.said(world.clients[actor].get(address))
            if ESCAPED in text and "Content-Type: text/html" in text:
                shown.add(path)
                yield address


@pytest.mark.parametrize("actor", ["visitor", "author"])
def test_no_browser_runs_any_of_it(world, browse, live_server, actor):
    page, wrong = browse(), []
    page.on("dialog", lambda dialog: (wrong.append(f"{page.url} asks {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: wrong.append(f"{page.url} {error}"))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => "
        "console.error(`refused ${event.violatedDirective} ${event.sample}`))"
    )
    page.on("console", lambda told: "refused" in told.text.lower() and wrong.append(f"{page.url} {told.text}"))
    page.on("request", lambda request: request.url.endswith("/x") and wrong.append(f"{page.url} asked {request.url}"))
    if actor != "visitor":
        sign_in(page, world.clients[actor], live_server)
    addresses = list(pages_with_it(world, actor))
    for address in addresses:
        page.goto(address)
    assert wrong == []
    assert len(addresses) > 8


# --- Mails ------------------------------------------------------------------------------------------------------------


def test_no_mail_takes_it_for_its_own(world, mailbox):
    call_command("digest_drain", "--now")
    send_mail()
    assert len(mailbox.messages) > 20
    wrong, shown = [], 0
    for message in mailbox.messages:
        markup = message.get_body(("html",))
        if markup:
            wrong += [f"{message['Subject']}: {found}" for found in Taken(markup.get_content()).found]
            shown += ESCAPED in markup.get_content()
        wrong += [name for name in message if HOSTILE in name]
        assert [address for _, address in getaddresses([message["To"]])] == [message["To"]]
    assert wrong == []
    assert shown > 3
