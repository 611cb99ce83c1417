"""Every address, asked as every actor, answers as `systemschange/access.py` says."""

import re
from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from confidentiality.pictures import clean
from confidentiality.tests.pictures import photo, upload
from insights.models import OpenFile
from insights.page_totals import COUNTED
from members.models import Photo
from members.tests.factories import (
    AdminFactory,
    EditorFactory,
    ListedMemberFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
)
from members.tests.factories import sign_in_staff as with_second_factor
from networks.tests.factories import RuleQuestionFactory
from reports import actions
from reports.tests.factories import PictureFactory, ReportFactory
from reports.tests.questions import QuestionFactory
from stories.tests.factories import CoAuthorFactory, StoryFactory, photo_in
from systemschange.access import ADMIN as ADMIN_ROWS
from systemschange.access import PAGES, Staff, Who, admin_row
from systemschange.tests import sweep

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("account_login")


ALL = sorted(set(sweep.patterns()))
OURS = sorted({name for name, path in ALL if not path.startswith("admin/")})
ADMIN = sorted({path for name, path in ALL if path.startswith("admin/")})
NOT_MOUNTED_HERE = {name for name, who in PAGES.items() if who is Who.DEMO}


def test_every_address_has_its_row_and_no_row_has_lost_its_address():
    assert set(OURS) == set(PAGES) - NOT_MOUNTED_HERE


def test_pages_are_counted_only_where_the_address_says_nothing_that_not_everybody_may_know():
    assert {PAGES[name] for name in COUNTED} <= {Who.EVERYONE, Who.READERS, Who.RULES}


def picture_in_a_draft():
    image = PictureFactory()
    ReportFactory(body=[("picture", {"image": image, "caption": ""})], live=False)
    return image.get_rendition("width-1400")


def words_of(story):
    return story.quotations.get_or_create(words=story.tried, field="tried", defaults={"picked_at": timezone.now()})[0]


def open_file():
    """Asked for; nobody writes it here."""
    return OpenFile.objects.get_or_create(ending="csv", defaults={"asked_at": timezone.now()})[0]


def published_report():
    """With its PDF, as a worker leaves it."""
    report = ReportFactory()
    actions.renew_pdf(report, now=timezone.now())
    return report


# What these pages need, and no other: made when they are asked.
MADE = {
    "stories:answer_quotation": lambda world: {"key": words_of(world.draft).key},
    "api:progress": lambda world: {"ending": open_file().ending},
}


def portrait_of(member):
    if member.profile.photo is None:
        member.profile.show(Photo.keep(clean(upload(photo())), now=timezone.now()))
    return member.profile.photo


class World:
    """One of everything that an address can name, and everybody who might ask for it."""

    def __init__(self):
        self.author = MemberFactory()
        self.draft = StoryFactory(author=self.author)
        self.question = RuleQuestionFactory(author=self.author)
        self.asked = QuestionFactory()
        coauthor = CoAuthorFactory(story=self.draft, lived_experience=True).member
        self.member = ListedMemberFactory()
        moderator, admin = ModeratorFactory(), AdminFactory()
        self.clients = {
            "visitor": Client(),
            "waiting": self.signed_in(UserFactory()),
            "suspended": self.signed_in(MemberFactory(suspended_at=timezone.now())),
            "member": self.signed_in(self.member),
            "author": self.signed_in(self.author),
            "co-author": self.signed_in(coauthor),
            "moderator": with_second_factor(Client(), moderator),
            "admin": with_second_factor(Client(), admin),
        }

    @staticmethod
    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    def path(self, name):
        words = {"section": "tried", "public_id": self.member.profile.public_id, "week": "2026-11-26"}
        words |= {"other_id": words["public_id"], "what": "question", "key": self.question.key, "token": "not-a-token"}
        words |= {"slug": self.slug_of(name), "a": "housing", "b": "mental-health", "ending": "csv"}
        words |= MADE[name](self) if name in MADE else {}
        if name == "wagtail_serve":
            return "/reports/"
        if name == "reports:picture":
            return picture_in_a_draft().url
        path = next(path for candidate, path in ALL if candidate == name)
        if name == "networks:photo":
            words["name"] = portrait_of(self.member).name
        elif "<slug:name>" in path:
            words["name"] = (self.draft.photos.first() or photo_in(self.draft)).photo.name
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(words.get(match[1], 1)), path)
        return "/" + path

    def slug_of(self, name):
        if name == "stories:try_practice":
            return "rule-or-habit"
        if name == "subscribe:place":
            return "salford"
        room = name.partition(":")[0]
        known = {
            "practices": lambda: "rule-or-habit",
            "places": lambda: "salford",
            "questions": lambda: self.asked.slug,
            "reports": lambda: published_report().slug,
        }
        return known.get(room, lambda: self.draft.slug)()

    def answers(self, name):
        return {actor: self.answer(client, self.path(name)) for actor, client in self.clients.items()}

    @staticmethod
    def answer(client, path):
        response = client.get(path)
        if response.status_code == 405:
            response = client.post(path)
        if response.status_code == 302:
            return "sign in" if response["Location"].startswith(SIGN_IN) else "sent on"
        # 401 is a script's answer: it cannot follow a way to another page.
        return {200: "page", 404: "missing", 401: "sign in"}.get(response.status_code, response.status_code)


@pytest.fixture
def world():
    return World()


IN = {"waiting", "member", "author", "co-author", "moderator", "admin"}
TELLERS = {"author", "co-author"}
LET_IN = IN - {"waiting"}
STAFF = {"moderator", "admin"}
REACHED = {"page", "sent on"}


def rule_broken(who, answers):
    """The actors who got something else than their row says."""
    allowed = {
        Who.EVERYONE: lambda actor, answer: answer in REACHED,
        Who.READERS: lambda actor, answer: answer == ("page" if actor in TELLERS else "missing"),
        # The world's one story is a draft: its own teller, too, finds nothing to read or answer yet.
        Who.PUBLISHED: lambda actor, answer: answer in {"missing", "sign in"},
        # Nor is it in the open data.
        Who.OPEN_DATA: lambda actor, answer: answer == "missing",
        # The world's one question waits: its author and moderators read it.
        Who.RULES: lambda actor, answer: answer == ("page" if actor in {"author"} | STAFF else "missing"),
        Who.OPEN_RULE: lambda actor, answer: answer in {"missing", "sign in"},
        Who.SIGNED_OUT: lambda actor, answer: answer == ("page" if actor == "visitor" else "sent on"),
        Who.STEP: lambda actor, answer: answer in {"sent on", "sign in"},
        Who.SIGNED_IN: lambda actor, answer: answer == "sign in" if actor == "visitor" else answer in REACHED,
        Who.OWN: lambda actor, answer: answer == "sign in" if actor == "visitor" else answer in REACHED | {"missing"},
        Who.STAFF: lambda actor, answer: answer == {"visitor": "sign in"}.get(actor, 403) or actor in STAFF,
        Who.MEMBERS: lambda actor, answer: (
            answer == "page" if actor in LET_IN else answer in {"sign in", "sent on", "missing"}
        ),
        Who.TELLER: lambda actor, answer: answer in (REACHED if actor in TELLERS else {"missing", "sign in"}),
        Who.AUTHOR: lambda actor, answer: answer in (REACHED if actor == "author" else {"missing", "sign in"}),
        Who.COAUTHOR: lambda actor, answer: answer in (REACHED if actor == "co-author" else {"missing", "sign in"}),
        Who.WRITES_REPORTS: lambda actor, answer: answer == ("page" if actor == "admin" else "missing"),
        Who.MAIL_LINK: lambda actor, answer: answer == "missing",
        # Here none is set up; with one, `members/tests/test_provider.py` walks them.
        Who.PROVIDER: lambda actor, answer: answer == "missing",
        # Likewise; `members/tests/test_mail_events.py` tells it things.
        # There is no worker and no beat here; `test_operations_health.py` has them.
        Who.MACHINES: lambda actor, answer: answer in {"page", 503},
        Who.WATCHER: lambda actor, answer: answer == "missing",
        Who.MAIL_PROVIDER: lambda actor, answer: answer == "missing",
    }[who]
    # A suspended account is signed out wherever it turns up: for it every page is a visitor's page.
    return {actor: answer for actor, answer in answers.items() if actor != "suspended" and not allowed(actor, answer)}


NOT_PUBLIC = {Who.MEMBERS, Who.RULES, Who.OPEN_RULE, Who.TELLER, Who.AUTHOR, Who.COAUTHOR, Who.READERS}


def asked(world):
    """What every actor got at each address of ours; each is asked in the world as it was before the others."""
    found = {}
    cookies = {actor: deepcopy(client.cookies) for actor, client in world.clients.items()}
    for name in OURS:
        with transaction.atomic():
            found[name] = world.answers(name)
            transaction.set_rollback(True)
        for actor, client in world.clients.items():
            client.cookies = deepcopy(cookies[actor])
    return found


@pytest.mark.long
def test_every_address_answers_every_actor_as_its_row_says(world):
    answers = asked(world)
    wrong = {name: rule_broken(PAGES[name], answers[name]) for name in OURS}
    assert {name: actors for name, actors in wrong.items() if actors} == {}
    # A suspended account reaches nothing that is not public.
    reached = {name: answers[name]["suspended"] for name in OURS if PAGES[name] in NOT_PUBLIC}
    assert set(reached.values()) <= {"missing", "sign in", "sent on"}, reached
    # Whoever asks is who they were to the end: else the rest was asked as a visitor.
    assert answers["stories:mine"]["member"] == answers["members:home"]["author"] == "page"


def concrete(path):
    """An address below /admin/ with something in each gap."""
    path = path.replace("\\.", ".").replace("\\", "").replace("^", "").replace("$", "")
    path = re.sub(r"\(\?P<\w+>[^)]*\)", "1", path)
    return "/" + re.sub(r"<(?:\w+:)?\w+>", "1", path)


def test_every_address_of_the_admin_has_its_row_and_no_row_has_lost_its_addresses():
    assert [path for path in ADMIN if admin_row(path) is None] == []
    lost = [start for start in ADMIN_ROWS if not any(path.startswith(start) for path in ADMIN)]
    assert lost == []


@pytest.mark.long
def test_no_part_of_the_admin_answers_staff_who_are_not_in_its_row(world):
    """Sent home or told that it is missing; and each part is there for whoever it is for."""
    clients = {who: world.clients[who] for who in ("moderator", "admin")}
    clients["editor"] = with_second_factor(Client(), EditorFactory())
    answered, wrong = {}, []
    for path in ADMIN:
        address = concrete(path)
        for actor, client in clients.items() if address not in sweep.NOT_ASKED else ():
            with transaction.atomic():
                status = client.get(address).status_code
                transaction.set_rollback(True)
            if status == 200:
                answered.setdefault(admin_row(path), set()).add(actor)
                wrong += [f"{actor} at {path}"] if actor not in admin_row(path).value else []
    assert wrong == []
    assert {row: set(row.value) for row in Staff if row is not Staff.NOBODY} == answered


@pytest.mark.long
def test_no_address_of_the_admin_answers_anybody_but_staff(world):
    """The first row of the admin: visitors are sent to sign in, members are refused, whatever lies behind."""
    got = {}
    for path in ADMIN:
        address = concrete(path)
        got[address] = {
            actor: world.clients[actor].get(address).status_code for actor in ("visitor", "waiting", "member", "author")
        }
    wrong = {
        address: answers
        for address, answers in got.items()
        if answers != {"visitor": 302, "waiting": 403, "member": 403, "author": 403}
    }
    assert len(got) > 100
    assert wrong == {}
