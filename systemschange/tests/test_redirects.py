"""No parameter of any address leads off this site."""

import re
from copy import deepcopy
from itertools import product
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from members.tests.factories import (
    PASSWORD,
    AdminFactory,
    MemberFactory,
    UserFactory,
    give_totp,
    sign_in_staff,
    totp_code,
)
from reports.tests.factories import PictureFactory, ReportFactory
from stories.tests.factories import StoryFactory
from systemschange.tests import sweep
from systemschange.tests.canary_addresses import Fill
from systemschange.tests.canary_world import World

NAMES = (
    "next",
    "redirect",
    "redirect_to",
    "return",
    "return_to",
    "return_url",
    "url",
    "continue",
    "back",
    "then",
    "to",
)
MARK = "/stories/?place=leeds"
HOSTILE = [
    "https://evil.example/",
    "HTTPS://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "\\\\evil.example/",
    "/\\evil.example/",
    "\\/evil.example/",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "/\t/evil.example/",
    "\t//evil.example/",
    " //evil.example/",
    "\n//evil.example/",
    "/\r/evil.example/",
    "/\x00/evil.example/",
    "\x01https://evil.example/",
    "/%09/evil.example/",
    "//evil%E3%80%82example/",
    "//evil\u3002example/",
    "\u2028//evil.example/",
    "https://testserver@evil.example/",
    "https://testserver:x@evil.example/",
    "//testserver@evil.example/",
    "https://testserver.evil.example/",
    "https://evil.example/?testserver",
    "//[::1]/",
    "//[evil",
    "javascript:alert(1)",
    "JavaScript:alert(1)//testserver/",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "ftp://evil.example/",
    "mailto:a@evil.example",
    "/\r\nSet-Cookie: a=b",
    "\u2215\u2215evil.example/",
]


def as_a_browser_reads(location, base="http://testserver/account/"):
    """Where a browser goes: breaks and tabs fall away anywhere, signs that are none at the ends, `\\` counts as `/`."""
    location = location.strip("".join(map(chr, range(33))))
    for sign in "\t\r\n":
        location = location.replace(sign, "")
    head, mark, tail = location.partition("?")
    head = re.sub("^//+", "//", head.replace("\\", "/"))
    return urlsplit(urljoin(base, head + mark + tail))


def leads_away(location):
    there = as_a_browser_reads(location)
    return (there.scheme, there.netloc) != ("http", "testserver")


# None that a browser follows elsewhere, but they have fooled code that reads addresses.
ODD_ONLY = ("/%09", "/\r\n", "\u2215", "\u2028", "/\x00", "//[evil")


def test_a_browser_would_be_led_away_by_each_of_the_others():
    """Else the table would prove nothing."""
    assert [one for one in HOSTILE if not one.startswith(ODD_ONLY) and not leads_away(one)] == []


# --- The doors: each does what it is there for, and then goes where the parameter says --------------------------------


def sign_in(wanted):
    member = MemberFactory()
    given = {"login": member.email, "password": PASSWORD, "next": wanted}
    return Client().post(reverse("account_login"), given)


def sign_in_when_signed_in(wanted):
    client = Client()
    client.force_login(MemberFactory())
    return client.get(reverse("account_login"), {"next": wanted})


def sign_out(wanted):
    client = Client()
    client.force_login(MemberFactory())
    return client.post(reverse("account_logout"), {"next": wanted})


def reauthenticate(wanted):
    client, member = Client(), MemberFactory()
    client.force_login(member)
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": wanted})


def reauthenticate_with_an_app(wanted):
    client, member = Client(), MemberFactory()
    secret = give_totp(member)
    client.force_login(member)
    return client.post(reverse("mfa_reauthenticate"), {"code": totp_code(secret), "next": wanted})


def welcome(wanted):
    client = Client()
    client.force_login(UserFactory(welcomed_at=None))
    return client.post(reverse("members:welcome"), {"later": "1", "next": wanted})


def welcome_by_address(wanted):
    client = Client()
    client.force_login(UserFactory(welcomed_at=None))
    return client.post(f"{reverse('members:welcome')}?{urlencode({'next': wanted})}", {"later": "1"})


def staff():
    return sign_in_staff(Client(), AdminFactory())


def a_picture_changed(wanted):
    image = PictureFactory()
    return staff().post(reverse("wagtailimages:edit", args=[image.pk]), {"description": "A door.", "next": wanted})


def a_report_deleted(wanted):
    return staff().post(reverse("wagtailadmin_pages:delete", args=[ReportFactory().pk]), {"next": wanted})


def a_report_unpublished(wanted):
    return staff().post(reverse("wagtailadmin_pages:unpublish", args=[ReportFactory().pk]), {"next": wanted})


def a_story_locked(wanted):
    story = StoryFactory(sent=True)
    return staff().post(reverse("wagtailsnippets_stories_story:lock", args=[story.pk]), {"next": wanted})


def stories_approved_together(wanted):
    story = StoryFactory(sent=True)
    address = reverse("wagtail_bulk_action", args=["stories", "story", "approve"])
    return staff().post(f"{address}?{urlencode({'id': story.pk, 'next': wanted})}")


DOORS = {
    "account/login/": (sign_in, sign_in_when_signed_in),
    "account/logout/": (sign_out,),
    "account/reauthenticate/": (reauthenticate,),
    "account/2fa/reauthenticate/": (reauthenticate_with_an_app,),
    "account/welcome/": (welcome, welcome_by_address),
    "admin/images/<int:image_id>/": (a_picture_changed,),
    "admin/pages/<int:page_id>/delete/": (a_report_deleted,),
    "admin/pages/<int:page_id>/unpublish/": (a_report_unpublished,),
    "admin/snippets/stories/story/lock/<int:pk>/": (a_story_locked,),
    "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/": (stories_approved_together,),
}
EACH = [door for doors in DOORS.values() for door in doors]


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("door", EACH, ids=lambda door: door.__name__)
def test_a_door_leads_on_within_the_site_and_never_off_it(door):
    """First that it does lead on: a door that ignores the parameter would pass as well."""
    with transaction.atomic():
        answer = door(MARK)
        assert (answer.status_code, answer["Location"]) == (302, MARK)
        transaction.set_rollback(True)
    away = {}
    for wanted in HOSTILE:
        with transaction.atomic():
            answer = door(wanted)
            transaction.set_rollback(True)
        if answer.status_code >= 500 or leads_away(answer.get("Location", "/")) or "a=b" in answer.cookies.output():
            away[wanted] = answer.get("Location", answer.status_code)
    assert away == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["//evil.example/reports", "/\\evil.example/reports", "//evil.example/%2f..", "///evil.example"]
)
def test_a_slash_that_is_added_leads_nowhere_else(path):
    answer = Client().get("/", PATH_INFO=path)
    assert not leads_away(answer.get("Location", "/"))


class Asking:
    """A community whose every address is opened and sent with each name that such a parameter has."""

    def __init__(self):
        self.world = World()
        self.addresses = dict(sweep.named_addresses(Fill(self.world)))

    def answer(self, actor, path, method, wanted):
        client = self.world.clients[actor]
        client.raise_request_exception = False  # Wagtail's own forms break over a field that no browser leaves out
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            answer = getattr(client, method)(self.addresses[path], dict.fromkeys(NAMES, wanted))
            if answer.streaming:
                list(answer.streaming_content)
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer.get("Location", "")

    def doors(self):
        """Who is led on by what: (actor, path, method) of each address that went where the parameter said."""
        for actor, path, method in product(("visitor", "member", "admin"), self.addresses, ("get", "post")):
            shut = path.startswith("admin/") != (actor == "admin")
            if not shut and self.answer(actor, path, method, MARK) == MARK:
                yield actor, path, method


@pytest.mark.long
@pytest.mark.django_db
def test_every_address_that_goes_where_a_parameter_says_stays_on_the_site():
    asking = Asking()
    doors = list(asking.doors())
    away = {}
    for door in doors:
        led = [wanted for wanted in HOSTILE if leads_away(asking.answer(*door, wanted) or "/")]
        if led:
            away[door] = led
    assert {"account/login/", "admin/images/<int:image_id>/delete/"} <= {path for _, path, _ in doors}
    assert away == {}
