"""Claims: who sends what, what becomes of it when a worker or the database is lost, and letters that are stopped."""

import pytest
from django.core.management import call_command
from django.db import connection

from digests import claims, running, starts
from digests.models import Claim, Delivery, Issue
from digests.tests.test_draining import at_moment, drain, readers, states, stories
from members.models import Block
from members.tests.factories import MemberFactory

State = Delivery.State


@pytest.fixture
def begun(world, reader):
    """A letter that is on its way to one reader, and nothing of it sent yet."""
    stories(world)
    return world.hurry()


def take(issue, world, name="a claim"):
    return claims.take(issue.pk, name=name, most=50, now=world.now)


def test_a_claim_that_ran_out_before_a_start_is_handed_back(world, reader, begun, mailbox):
    assert len(take(begun, world)) == 1
    drain(world, minutes=10)
    assert mailbox.messages == []
    drain(world, seconds=1)
    assert states(begun) == [(State.SENT, "")]


def test_what_a_lost_connection_had_claimed_waits_for_no_lease(world, reader, begun, mailbox):
    """Each process of the server is known by its number and its beginning: the number alone comes again."""
    take(begun, world)
    claims.look_after_lost(world.now)
    assert Delivery.objects.get().claimed_by == "a claim", "its connection is there"
    Claim.objects.update(backend_started_at=world.now)
    drain(world)
    assert states(begun) == [(State.SENT, "")]


def begin_one(world, issue):
    [row] = take(issue, world)
    mail = starts.Mail(row.pk, row.reader.email, "[]", [], [], [])
    assert starts.Starter("a claim").start(mail, starts.End(), now=world.now) == ""
    return row


def test_what_was_started_and_is_told_by_nobody_is_in_doubt_for_good(world, reader, begun, mailbox):
    begin_one(world, begun)
    drain(world, minutes=10, seconds=1)
    assert states(begun) == [(State.UNKNOWN, "The worker was lost")]
    world.tick(days=1)
    assert mailbox.messages == []
    begun.refresh_from_db()
    assert begun.state == Issue.State.DONE


def test_a_worker_that_was_slow_and_not_lost_says_what_became_of_it(world, reader, begun):
    row = begin_one(world, begun)
    drain(world, minutes=11)
    told = [{"id": row.pk, "state": "sent", "reason": "", "due_at": None, "address": "", "items": [], "story_ids": []}]
    claims.settle("another claim", told=told, unstarted=[], due_at=None, now=world.now)
    assert states(begun) == [(State.UNKNOWN, "The worker was lost")]
    claims.settle("a claim", told=told, unstarted=[], due_at=None, now=world.now)
    assert states(begun) == [(State.SENT, "")]


def test_a_claim_from_a_database_s_earlier_life_is_never_handed_back(world, reader, begun, mailbox):
    take(begun, world)
    Claim.objects.update(server_started_at=world.now, backend_started_at=world.now)
    drain(world, minutes=11)
    assert states(begun) == [(State.UNKNOWN, "The database stopped")]
    assert mailbox.messages == []


def test_a_claim_that_is_another_s_by_now_starts_nothing(world, reader, begun, monkeypatch, mailbox):
    def lose():
        Delivery.objects.update(claimed_by="another")

    at_moment(monkeypatch, "about to start", lose)
    drain(world)
    assert mailbox.messages == []
    assert Delivery.objects.get().claimed_by == "another"


def test_what_the_next_start_says_was_taken_is_sent_though_its_worker_was_lost(world, mailbox):
    readers(3)
    stories(world)
    issue = world.hurry()
    rows, starter = take(issue, world), starts.Starter("a claim")
    mails = [starts.Mail(row.pk, row.reader.email, "[]", [], [], [], is_frozen=True) for row in rows]
    starter.freeze(mails)
    assert starter.start(mails[0], starts.End(), now=world.now) == ""
    assert starter.start(mails[1], starts.End(rows[0].pk, State.SENT), now=world.now) == ""
    drain(world, minutes=10, seconds=1)
    found = dict(issue.deliveries.values_list("pk", "state"))
    assert [found[row.pk] for row in rows] == [State.SENT, State.UNKNOWN, State.SENT]
    assert [message["To"] for message in mailbox.messages] == [rows[2].reader.email]
    assert not Claim.objects.exists()


def test_a_reader_with_a_block_gets_the_same_letter(world, reader, begun, mailbox):
    Block.objects.create(blocker=reader, blocked=MemberFactory(), known_as="Them", blocked_at=world.now)
    drain(world)
    assert states(begun) == [(State.SENT, "")]
    assert len(Delivery.objects.get().story_ids) == 5


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_letters_on_their_way_keep_their_claims_as_these_become_rows():
    from digests.tests.conftest import World

    world = World()
    readers(4)
    stories(world)
    issue = world.hurry()
    planned, sending, sent, waits = issue.deliveries.order_by("pk").values_list("pk", flat=True)
    call_command("migrate", "digests", "0017", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE digests_delivery
                   SET claimed_by = 'a claim', claimed_until = %s, server_started_at = {claims.LIFE}, started_at = %s
                 WHERE id = ANY(%s)""",  # noqa: S608 (words of ours)
            [world.now + claims.LEASE, world.now, [planned, sending]],
        )
        cursor.execute(
            "UPDATE digests_delivery SET state = 'sending', started_at = %s WHERE id = %s", [world.now, sending]
        )
        cursor.execute("UPDATE digests_delivery SET state = 'sent' WHERE id = %s", [sent])
    call_command("migrate", "digests", verbosity=0)
    assert sorted(Claim.objects.get(name="a claim").rows) == [planned, sending]
    assert [one.pk for one in issue.deliveries.due(world.now)] == [waits]
    claims.look_after_lost(world.now + 2 * claims.LEASE)
    assert dict(issue.deliveries.values_list("pk", "state")) == {
        planned: State.PLANNED,
        sending: State.UNKNOWN,
        sent: State.SENT,
        waits: State.PLANNED,
    }
    assert issue.deliveries.due(world.now).count() == 2


# --- Pausing, cancelling ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["planned", "claimed", "about to start"])
def test_a_paused_letter_stops_and_goes_on_where_it_was(world, reader, begun, mailbox, monkeypatch, moment):
    with monkeypatch.context() as interrupted:
        at_moment(interrupted, moment, lambda: running.pause(begun, because="A wrong note", now=world.now))
        drain(world)
    assert states(begun) == [(State.PLANNED, "")]
    assert running.resume(begun, now=world.now)
    assert not running.resume(begun, now=world.now)
    drain(world, minutes=1)
    assert len(mailbox.messages) == 1


@pytest.mark.parametrize("moment", ["planned", "claimed", "about to start"])
def test_a_cancelled_letter_goes_to_nobody_else(world, reader, begun, mailbox, monkeypatch, moment):
    at_moment(monkeypatch, moment, lambda: running.cancel(begun, now=world.now))
    drain(world)
    assert (mailbox.messages, states(begun)) == ([], [(State.SKIPPED, "Cancelled")])
    assert not running.cancel(begun, now=world.now)
    assert not running.pause(begun, because="", now=world.now)


def test_counts_add_up(world, begun):
    readers(1)
    told = running.counts(begun)
    assert (told["planned"], told["still to come"], told["gone"], told["sent"]) == (1, 1, 0, 0)
