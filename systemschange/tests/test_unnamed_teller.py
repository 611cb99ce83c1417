"""Unnamed means unnamed: one teller, everything they can do here, and every surface read by everybody else.

Their marks (name, address, organisation, own words about themselves) may stand nowhere beside their story, and nowhere
at all but where the programme team keeps accounts.
"""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex, Revision, TaskState, WorkflowState

from digests import choosing, readers
from digests.models import Issue, Subscription
from members.tests.factories import AdminFactory, EditorFactory, MemberFactory, ModeratorFactory, send_mail
from members.tests.factories import sign_in_staff as with_second_factor
from practices.models import Boundary, Place
from stories import actions
from stories.models import Experiment, FollowUp, Response, Story
from stories.tests.factories import CoAuthorFactory, StoryFactory, edit_of, photo_in
from systemschange.tests import sweep
from systemschange.tests.next_letter import WITHOUT_LIMITS

pytestmark = [pytest.mark.django_db, pytest.mark.long]

WHO = ("Zephyrine", "Quillfeather", "zq.canary", "Quillhaven Trust", "quillwork and waxwings", "Oriolanthe", "Duskmere")
WHAT = ("Quokkasaurus", "wombatino")
LISTED = "listed@example.org"  # on the mailing list, without an account
# Where the programme team keeps accounts: a name may stand here, but never beside a story.
ACCOUNTS = ("/admin/users/", "/admin/people/", "/admin/groups/", "/admin/bulk/")
ACCOUNTS += ("/admin/letter/preview/", "/admin/letter/why/")  # of a member by name


class World:
    """An unnamed teller who has used everything, and the people around them."""

    def __init__(self):
        self.teller = MemberFactory(
            first_name=WHO[0],
            last_name=WHO[1],
            email=f"{WHO[2]}@example.org",
            profile__organisation=WHO[3],
            profile__ask_me_about=WHO[4],
            profile__place=Place.objects.get(slug="salford"),
        )
        self.moderator = ModeratorFactory()
        self.story = self.tell()
        self.other = self.add_to_others()
        self.reader = MemberFactory(email="reader@example.org", profile__weekly_letter=True)
        self.clients = {
            "visitor": Client(),
            "reader": self.signed_in(self.reader),
            "moderator": with_second_factor(Client(), self.moderator),
            "editor": with_second_factor(Client(), EditorFactory()),
            "admin": with_second_factor(Client(), AdminFactory()),
        }

    def tell(self):
        """Told, sent back, sent again, live, edited since: each leaves its own records."""
        now = timezone.now() - timedelta(hours=12)
        story = StoryFactory(
            author=self.teller,
            title=f"The {WHAT[0]} at the desk",
            noticed=f"One {WHAT[1]} was refused.",
            audience="public",
            byline="hidden",
            place="salford",
            sent=True,
            at=now,
        )
        actions.ask_for_changes(story, by=self.moderator, now=now, comment="Which week?")
        photo_in(story, alt=f"The {WHAT[0]} from behind.", now=now)
        actions.send(edit_of(story, flex="None at all."), by=self.teller, now=now)
        actions.ask(story, text="Which door?", by=self.moderator, now=now)
        actions.answer(story, text=f"The {WHAT[1]}'s.", by=self.teller, now=now)
        actions.approve(story, by=ModeratorFactory(), now=now)
        # Somebody tells it along and would be named, were its author.
        companion = MemberFactory(first_name=WHO[5], last_name=WHO[6])
        CoAuthorFactory(story=story, member=companion, named=True, wants_name=True)
        actions.feature(story, until=timezone.localdate() + timedelta(days=7), by=self.moderator, now=now)
        actions.raise_concern(
            story, kind="about_me", text="I think so.", contact="", sender="hash", key="form", now=now
        )
        actions.send(edit_of(story, surprise=f"Another {WHAT[1]}."), by=self.teller, now=timezone.now())
        return Story.objects.get(pk=story.pk)

    def add_to_others(self):
        """What happened since, and everything that can be added to somebody else's story: never with a name."""
        now, other = timezone.now(), StoryFactory(live=True, audience="public")
        unnamed = {"story": other, "audience": "public", "byline": "hidden"}
        tried = {"changed": "Rang.", "happened": "Nothing.", "result": "not"}
        for added in (
            FollowUp(story=self.story, text="It held.", outcome="going", period_year=2026),
            Response(text="We rang as well.", **unnamed),
            Experiment(place=Place.objects.get(slug="salford"), **tried, **unnamed),
        ):
            actions.add(added, by=self.teller, now=now)
            if added.waits:
                actions.approve_contribution(added, by=self.moderator, now=now)
        waiting = FollowUp(story=self.story, text="It fell.", outcome="stopped", period_year=2026)
        actions.add(waiting, by=self.teller, now=now)
        actions.thank(other, kinds=["ask"], named=False, by=self.teller, now=now)
        return other

    @staticmethod
    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    def fill(self):
        """What may stand in the gaps of an address."""
        key = [self.story.pk, self.teller.pk, 1]
        revisions = list(Revision.objects.for_instance(self.story).values_list("pk", flat=True))
        a, b = sorted(boundary.slug for boundary in self.story.boundaries.all())
        return {
            "slug": [self.story.slug, self.other.slug, "rule-or-habit", "salford", "north-west"],
            "a": [a],
            "b": [b],
            "section": ["tried"],
            "week": ["2026-01-01"],
            "name": list(self.story.photos.values_list("photo__name", flat=True)),
            "kind": ["response", "experiment", "follow-up"],
            "public_id": [self.teller.profile.public_id, self.reader.profile.public_id],
            "token": ["not-a-token"],
            "pk": key,
            "id": key,
            "object_id": key,
            "user_id": [self.teller.pk],
            "revision_id": revisions,
            "revision_id_a": ["live", *revisions],
            "revision_id_b": ["latest", *revisions],
            "task_state_id": list(TaskState.objects.for_instance(self.story).values_list("pk", flat=True)),
            "workflow_state_id": list(WorkflowState.objects.for_instance(self.story).values_list("pk", flat=True)),
            "action_name": ["approve"],
            "app_label": ["stories", "members"],
            "model_name": ["story", "user"],
            "boundary": [Boundary.objects.first().slug],
        }


@pytest.fixture
def world():
    return World()


def hits(address, text):
    """The marks of the teller that an answer may not hold. What a reader typed stands in their own box; it may not
    find the story."""
    typed = address.partition("?q=")[2]
    beside = any(mark.lower() in text.lower() for mark in WHAT if mark != typed)
    found = [mark for mark in WHO if mark.lower() in text.lower() and (mark != typed or beside)]
    return found if beside or not address.startswith(ACCOUNTS) else []


@pytest.mark.parametrize("actor", ["visitor", "reader", "moderator", "editor", "admin"])
def test_no_address_tells_anybody_who_told_it(world, actor):
    asked = list(sweep.addresses(world.fill()))
    # Lists are also asked the way their forms ask, and as their exports.
    asked += [f"/stories/?q={word}" for word in (*WHO, *WHAT)] + ["/admin/reports/site-history/?export=csv"]
    client = world.clients[actor]
    before, found, told = client.session.get("_auth_user_id"), {}, 0
    for address, text in sweep.answers(client, asked):
        told += WHAT[0] in text
        if hits(address, text):
            found[address] = hits(address, text)
    assert len(asked) > 300
    assert client.session.get("_auth_user_id") == before, "signed out on the way: the rest was read as a visitor"
    assert told > 2, "the story itself was not met: this sweep proves nothing"
    assert found == {}


def test_the_sweep_would_find_a_name(world):
    """The test of the test: told by name, the same world gives the name away."""
    Story.objects.filter(pk=world.story.pk).update(byline="name")
    found = {
        address
        for address, text in sweep.answers(Client(), ["/stories/", world.story.get_absolute_url()])
        if hits(address, text)
    }
    assert found == {"/stories/", world.story.get_absolute_url()}


def test_no_mail_to_anybody_else_tells_who_told_it(world, mailbox):
    send_letters()
    send_mail()
    others = [message for message in mailbox.messages if world.teller.email not in message["To"]]
    brought = {message["To"] for message in others if WHAT[0] in sweep.said_by_mail(message)}
    assert brought == {world.reader.email, LISTED}, "no letter brought the story"
    assert {
        message["Subject"]: hits("", sweep.said_by_mail(message))
        for message in others
        if hits("", sweep.said_by_mail(message))
    } == {}


def send_letters():
    """The weekly letter, with all that could be in it, and what somebody without an account hears of everything."""
    long_ago = timezone.now() - timedelta(days=1)
    readers.subscribe(address=LISTED, about=Subscription.Kind.LETTER, now=long_ago)
    readers.confirm(Subscription.objects.get().key, now=long_ago)
    with mock.patch.multiple(choosing, **WITHOUT_LIMITS):
        call_command("digest_drain", "--now")
    readers.tell()


def test_no_letter_read_again_or_looked_at_before_tells_who_told_it(world):
    client, week = world.clients["reader"], Issue.objects.next_draft(timezone.now()).week
    before = dict(sweep.answers(client, [reverse("digests:preview"), reverse("digests:preview_mail")]))
    send_letters()
    again = dict(sweep.answers(client, [reverse("digests:archive"), reverse("digests:archived", args=[week])]))
    assert WHAT[0] in again[reverse("digests:archived", args=[week])], "the letter's page did not show the story"
    pages = {**before, **again}
    assert {address: hits(address, text) for address, text in pages.items() if hits(address, text)} == {}


def test_no_mail_to_the_teller_tells_their_mailbox_what_they_told(world, mailbox):
    """An employer may read over their shoulder: mails about a story hold no word of it."""
    send_mail()
    own = mailbox.to(world.teller.email)
    assert len(own) >= 4
    assert [message["Subject"] for message in own if any(mark in sweep.said_by_mail(message) for mark in WHAT)] == []


def test_wagtails_records_know_the_tellers_account_only(world):
    assert set(Revision.objects.for_instance(world.story).values_list("user__email", flat=True)) == {
        "teller@system.invalid"
    }
    assert set(WorkflowState.objects.for_instance(world.story).values_list("requested_by__email", flat=True)) == {
        "teller@system.invalid"
    }
    assert not ReferenceIndex.objects.filter(
        to_object_id=str(world.teller.pk), base_content_type__model="story"
    ).exists()
