"""What has just been taken away stands on no page that was kept for visitors, nor anywhere else that answers everybody.

One world with words that stand for a teller, a story and what was said to it. Every page is read twice before anything
happens, so that it is kept and warm; what happens is undone after each look, and then the same pages are true again.
"""

from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from members import actions as accounts
from members.privacy import ledger
from members.tests.factories import ListedMemberFactory, prove
from reports.tests.factories import ReportFactory
from reports.tests.whole import picked
from stories import actions
from stories.models import Experiment, Response, Story
from stories.models.contribution import State
from stories.tests.factories import StoryFactory
from systemschange import access, kept_pages
from systemschange.tests import sweep
from systemschange.tests.attacked import plain

pytestmark = [pytest.mark.django_db, pytest.mark.long]

TELLER, TITLE, SAID, ANSWERER, TRIED = "Zebedee", "Quincunx", "Wolverhampers", "Yolandine", "Borborygmi"
PAIR = ["housing", "mental-health"]
NOT_KEPT = {"stories:wants_help", "questions:list", "questions:question"}  # this world holds nothing there


class World:
    def __init__(self):
        self.now = timezone.now()
        self.teller = ListedMemberFactory(first_name=TELLER, last_name="Quill")
        self.answerer = ListedMemberFactory(first_name=ANSWERER, last_name="Reed")
        self.story = self._told(self.teller, title=f"The {TITLE} of a form", tried=f"I asked {SAID} first.")
        StoryFactory.create_batch(2, live=True, audience="public", boundaries=PAIR, practices=["rule-or-habit"])
        self.apart = StoryFactory(live=True, author=self.teller, byline="name", boundaries=PAIR, title="Hippogriff")
        said = {"author": self.answerer, "byline": "name", "audience": "public", "state": State.LIVE}
        said |= {"story": self.story, "created_at": self.now}
        self.response = Response.objects.create(**said, text=f"We {TRIED} as well.")
        told = {"changed": f"We {TRIED} too.", "happened": "It held.", "result": "worked"}
        self.experiment = Experiment.objects.create(**said, **told)
        words = picked(self.story)
        self.report = ReportFactory(body=[("words", words.key), ("story", self.story.slug), ("crossing", CROSSING)])

    def _told(self, teller, **fields):
        told = {"live": True, "audience": "public", "byline": "name", "boundaries": PAIR, "place": "salford"}
        told |= {"practices": ["rule-or-habit"], "open_data": True, "search_engines": "yes", "may_quote": "yes"}
        return StoryFactory(author=teller, **told, **fields)

    @property
    def addresses(self):
        open_to_all = [name for name, who in access.PAGES.items() if who is access.Who.EVERYONE]
        pair = "/crossings/housing--mental-health/"
        places = [f"/places/{place}/{feed}" for place in ("north-west", "salford") for feed in ("", "feed/")]
        of_the_story = [self.story.get_absolute_url(), *(reverse(name, args=[self.story.slug]) for name in ONE_STORY)]
        searched = [f"/{page}/?q={word.lower()}" for page in ("stories", "search") for word in (TITLE, TELLER, SAID)]
        insights = [f"/insights/{page}?since=year" for page in ("", "changes/", "practices/", "places/")]
        practice = ["/practices/rule-or-habit/", reverse("practices:tried", args=["rule-or-habit"])]
        sitemap = [reverse("sitemap_stories", args=[1])]
        every = [*filter(None, map(plain, open_to_all)), pair, f"{pair}feed/", *places, *of_the_story, *searched]
        return [*dict.fromkeys([*every, *insights, *practice, *sitemap, self.report.url])]


CROSSING = {"first": PAIR[0], "second": PAIR[1]}
ONE_STORY = ("api:story", "stories:tried", "stories:responses")


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, settings):
    settings.KEPT_PAGES = 300
    kept_pages.forget()
    yield built
    kept_pages.forget()


def read(addresses, client=None):
    """Each by somebody who has never been here: a cookie from one page would make the next one theirs alone."""
    return {one: said for address in addresses for one, said in sweep.answers(client or Client(), [address])}


def standing(answers, *words):
    """Where any of these words stands, but for what was asked for in the address."""
    return {
        address
        for address, text in answers.items()
        for word in words
        if word.lower() in text.lower() and word.lower() not in address
    }


def of(world, *words):
    return [*words, *(world.story.slug for word in words if word == TITLE)]


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- What happens, and which words are gone with it -------------------------------------------------------------------


def becomes_unnamed(world):
    actions.set_reach(world.story, byline="hidden", audience="public", by=world.teller, now=world.now)
    return [TELLER]


def is_withdrawn(world):
    actions.withdraw(world.story, by=world.teller, now=world.now)
    return [TITLE, SAID, TELLER, TRIED, ANSWERER]


def is_hidden(world):
    actions.hide(world.story, by=world.teller, now=world.now)
    return [TITLE, SAID, TELLER, TRIED, ANSWERER]


def is_narrowed_to_members(world):
    actions.set_reach(world.story, byline="name", audience="members", by=world.teller, now=world.now)
    return [TITLE, SAID, TELLER, TRIED, ANSWERER]


def its_teller_leaves_and_lets_it_stay(world):
    accounts.close(world.teller, kept=ledger.EVERYTHING, now=world.now)
    return [TELLER]


def its_teller_leaves(world):
    accounts.close(world.teller, kept=(), now=world.now)
    return [TITLE, SAID, TELLER, TRIED, ANSWERER]


def who_answered_leaves(world):
    accounts.close(world.answerer, kept=(), now=world.now)
    return [TRIED, ANSWERER]


def what_was_added_is_withdrawn(world):
    for added in (world.response, world.experiment):
        actions.withdraw_contribution(added, by=world.answerer, now=world.now)
    return [TRIED, ANSWERER]


def by_hand(world):
    Story.objects.filter(pk=world.story.pk).update(live=False)
    return [TITLE, SAID, TELLER, TRIED, ANSWERER]


HAPPENS = (
    becomes_unnamed,
    is_withdrawn,
    is_hidden,
    is_narrowed_to_members,
    its_teller_leaves_and_lets_it_stay,
    its_teller_leaves,
    who_answered_leaves,
    what_was_added_is_withdrawn,
    by_hand,
)


def name_of(address):
    try:
        return resolve(address.split("?")[0]).view_name
    except Resolver404:
        return ""


def test_what_is_taken_away_is_gone_from_everything_with_the_next_request(world):
    addresses = world.addresses
    kept = {address for address in addresses if name_of(address) in kept_pages.KEPT}
    assert {name_of(address) for address in kept} >= kept_pages.KEPT - NOT_KEPT
    read(addresses)
    pages = {key[2]: page for key, page in kept_pages._pages.items()}
    warm = read(addresses)
    assert set(pages) == kept, "these are kept"
    assert {key[2]: page for key, page in kept_pages._pages.items()} == pages, "they were not handed out as kept"
    shown = {word: standing(warm, *of(world, word)) for word in (TITLE, SAID, TELLER, TRIED, ANSWERER)}
    assert shown[TELLER] >= TOLD_WITH_A_NAME & set(addresses)
    assert shown[TITLE] >= {*TOLD_WITH_A_NAME, world.report.url, "/sitemap-stories-1.xml", "/api/stories/"}
    assert min(map(len, shown.values())) > 1, "what is nowhere cannot be taken away"
    at_stake, left = sorted(set().union(*shown.values())), {}
    for happens in HAPPENS:
        with undone():
            gone = happens(world)
            left[happens.__name__] = standing(read(at_stake), *of(world, *gone))
        assert standing(read(["/stories/"]), TITLE), "undone, it is there again"
    assert {name: where for name, where in left.items() if where} == {}


TOLD_WITH_A_NAME = {"/stories/", "/crossings/housing--mental-health/", "/places/salford/", "/stories/feed/"}


def test_the_test_finds_a_page_that_is_kept_too_long(world, monkeypatch):
    """The test of the test: nothing is asked before a page is handed out."""
    monkeypatch.setattr(kept_pages.changes, "state", lambda: "always the same")
    read(world.addresses)
    with undone():
        is_withdrawn(world)
        left = standing(read(world.addresses), TITLE)
    assert left >= {"/", "/stories/", "/crossings/housing--mental-health/", world.story.get_absolute_url()}


def test_a_block_parts_two_members_though_pages_are_kept_and_changes_nothing_for_visitors(world):
    blocked, client = ListedMemberFactory(), Client()
    prove(client, blocked)
    lists = ["/", "/stories/", "/crossings/housing--mental-health/", "/stories/?q=hippogriff"]
    read(lists)
    before = standing(read(lists, client), "Hippogriff</a>")
    assert before >= {"/stories/", "/crossings/housing--mental-health/"}
    etags = {address: page.etag for (*_, address), page in kept_pages._pages.items()}
    with undone():
        accounts.block(blocked, known_as=str(blocked), by=world.teller, now=world.now)
        assert standing(read(lists, client), "Hippogriff</a>") == set()
        assert {address: Client().get(address)["ETag"] for address in lists} == {one: etags[one] for one in lists}
