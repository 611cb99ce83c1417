"""The canary sweep: every address, read as every actor, holds no private value that `canaries.SEEN_BY` does not allow.

The same of every mail; and the test of the test: leaks made on purpose, each of which the sweep must name. What else
is known to leak from sites like this one, and the tests that stand against it: docs/safety-leaks.md.
"""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from digests import choosing, readers
from digests.models import Subscription
from members.models import Notice
from members.tests.factories import send_mail
from systemschange.tests import sweep
from systemschange.tests.canaries import ACTORS, MADE, MAIL, NAMES, STAFF, expected, found, may_meet, word
from systemschange.tests.canary_addresses import asked
from systemschange.tests.canary_seeds import SEEDS
from systemschange.tests.canary_world import LISTS, World
from systemschange.tests.next_letter import WITHOUT_LIMITS
from systemschange.tests.surfaces import send_everything

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Made once for the module: nothing that a test does to it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield built
        transaction.set_rollback(True)


def read_as(world, actor, addresses):
    """What an actor met: pairs of a canary and the address. What they asked for in the address is theirs already."""
    said = sweep.answers(world.clients[actor], addresses)
    return {(name, address) for address, text in said for name in found(text) - found(address)}


def leaks(met, actor):
    told = [(name, address) for name, address in met if not may_meet(name, actor, address)]
    return sorted(f"{name} as {actor} at {address}" for name, address in told)


def test_each_canary_has_its_row_in_the_table(world):
    assert set(MADE.values()) == NAMES


# What a visit leaves behind: that somebody was here and what they opened, and the sizes of a report's picture.
NOTED = {"django_session", "stories_reading", "usersessions_usersession", "reports_reportrendition"}
# And in the admin that somebody looked at a member's letter, and what Wagtail keeps for its own: who has an editor
# open, whose first visit it is, a file's size.
NOTED_OF_STAFF = {
    "systemschange_change",  # that something has changed, and not what
    "digests_glimpse",
    "wagtailadmin_editingsession",
    "wagtailusers_userprofile",
    "wagtailcore_pagesubscription",
    "reports_reportimage",
}


def tables():
    """What every table holds, as a number of rows and a sum over them."""
    summed = """SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM "{}" t"""
    with connection.cursor() as cursor:
        held = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(summed.format(name))
            held[name] = cursor.fetchone()
    return held


@pytest.mark.parametrize("actor", ACTORS)
def test_no_address_shows_an_actor_what_is_not_theirs(world, actor, caplog):
    """Each with a cold cache; then the lists again, warm from people who may read more.

    On the way nothing private goes into the log, and nothing is done: links in mails are opened by scanners too.
    """
    send_everything(world)
    session, before = world.clients[actor].session.get("_auth_user_id"), tables()
    addresses = list(asked(world, actor))
    met = read_as(world, actor, addresses)
    noted = NOTED | NOTED_OF_STAFF if actor in STAFF else NOTED
    assert {name for name, held in tables().items() if held != before[name]} <= noted
    assert found(caplog.text) == set()
    for reader in ("admin", "moderator", "author", "member"):
        list(sweep.answers(world.clients[reader], LISTS))
    met |= read_as(world, actor, LISTS)
    assert len(addresses) > 440
    assert world.clients[actor].session.get("_auth_user_id") == session, "signed out on the way"
    assert leaks(met, actor) == []
    # And what is theirs is met: a sweep that finds nothing would prove nothing.
    assert {name for name, _ in met} == expected(actor)


def test_nobody_stores_what_a_signed_in_person_was_shown(world):
    """On a shared computer Back shows nothing after signing out."""
    slug = f"/{world.stories['draft'].slug}/"
    own = [
        one for one in asked(world, "author") if slug in one or one.startswith(("/account/", "/people/", "/letter/"))
    ]
    stored = [
        address
        for address, text in sweep.answers(world.clients["author"], [*own, "/stories/mine/", "/stories/"])
        if not re.search("^Cache-Control: .*no-store", text, re.MULTILINE)
    ]
    assert len(own) > 90
    assert stored == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.__name__)
def test_the_sweep_names_a_leak_that_was_made_on_purpose(world, seed, monkeypatch):
    name, actor, address = seed(world, monkeypatch)
    assert address in set(asked(world, actor)), "the sweep never goes there"
    assert f"{name} as {actor} at {address}" in leaks(read_as(world, actor, [address]), actor)


# --- Mails ------------------------------------------------------------------------------------------------------------


def mails(world, mailbox):
    """Everything that this world's events send out, the letter of everybody who wants one with all that could be in
    it, and what a reader without an account hears who asked for everything."""
    before = world.now - timedelta(hours=1)
    for about in (Subscription.Kind.LETTER, Subscription.Kind.REPORTS):
        readers.subscribe(address=f"{word('subscriber-email')}@example.org", about=about, now=before)
    for subscription in Subscription.objects.all():
        readers.confirm(subscription.key, now=before)
    with mock.patch.multiple(choosing, **WITHOUT_LIMITS):
        call_command("digest_drain", "--now")
    readers.tell()
    send_mail()
    return mailbox.messages


def mail_leaks(world, messages):
    """Whoever gets a mail may meet in it what they may meet here; who has no account, what a visitor may."""
    actors = {person.email: actor for actor, person in world.people.items()}
    leaked = []
    for message in messages:
        actor = actors.get(message["To"], "visitor")
        met = {(name, MAIL) for name in found(sweep.said_by_mail(message)) - found(message["To"])}
        leaked += [f"{leak}: {message['Subject']}" for leak in leaks(met, actor)]
    return leaked


def test_no_mail_brings_anybody_what_is_not_theirs(world, mailbox):
    messages = mails(world, mailbox)
    assert len(messages) > 30
    letters = {message["To"]: sweep.said_by_mail(message) for message in messages if message["List-Id"]}
    reader = f"{word('subscriber-email')}@example.org"
    assert set(letters) == {reader, *(world.people[who].email for who in ("author", "member", "blocked"))}
    assert "The letter at the desk" in letters[reader], "nothing of this world was news to a reader"
    assert word("members-title") in letters[world.member.email], "no letter told a story"
    assert word("apart-title") in letters[world.member.email], "nobody could have read it"
    assert mail_leaks(world, messages) == []


def test_the_sweep_names_a_leak_in_the_subject_of_a_mail(world, mailbox):
    notice = Notice.objects.filter(to__icontains=word("subscriber-email")).get()
    notice.subject = f"{world.author} told a story"
    notice.save()
    leaked = mail_leaks(world, mails(world, mailbox))
    assert leaked == [f"author-name as visitor at {MAIL}: {notice.subject}"]
