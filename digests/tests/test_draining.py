"""Sending: at most one mail a member and issue, to whom it may still go, and every row accounted for."""

import threading
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from kombu.exceptions import OperationalError

from digests import batch, claims, draining, planning, running, starts, tasks, writing
from digests.choosing import Chosen
from digests.models import Claim, Delivery, Issue
from digests.tests.conftest import World
from members.models import Suppression
from members.tests.factories import MemberFactory
from stories.models import Story

State = Delivery.State
# No two of one crossing: a letter brings at most two of one.
SERVICES = [["housing"], ["police"], ["education"], ["housing", "police"], ["mental-health", "police"]]


def states(issue):
    return sorted(issue.deliveries.values_list("state", "reason"))


def drain(world, **later):
    world.now += timedelta(**later)
    return draining.drain(clock=world.clock)


@pytest.fixture
def begun(world, reader):
    """A letter that is on its way to one reader, and nothing of it sent yet."""
    stories(world)
    return world.hurry()


def readers(count):
    return MemberFactory.create_batch(count, profile__weekly_letter=True)


def stories(world):
    return [world.story(boundaries=services) for services in SERVICES]


def test_everybody_gets_one_letter_and_the_issue_is_done(world, mailbox):
    found = readers(3)
    stories(world)
    issue = world.send_now()
    world.tick(minutes=1)
    assert sorted(message["To"] for message in mailbox.messages) == sorted(reader.email for reader in found)
    assert states(issue) == [(State.SENT, "")] * 3
    assert (issue.state, issue.done_at, issue.candidate_count) == (Issue.State.DONE, issue.hurried_at, 3)
    delivery = issue.deliveries.first()
    assert (delivery.address, len(delivery.story_ids), delivery.attempt_count) == (delivery.member.email, 5, 1)
    assert (len(delivery.claimed_by), Claim.objects.count()) == (32, 0), "its claim is over, and its name is kept"


def test_more_than_a_claim_goes_over_one_connection(world, mailbox, monkeypatch):
    monkeypatch.setattr(draining, "CLAIM", 2)
    opened = []
    open_relay = draining.relay.open_relay
    monkeypatch.setattr(draining.relay, "open_relay", lambda: opened.append(1) or open_relay())
    readers(5)
    stories(world)
    world.send_now()
    assert (len(mailbox.messages), len(opened)) == (5, 1)


def test_the_longest_due_go_first_and_no_more_than_was_asked(world, mailbox):
    found = readers(4)
    stories(world)
    issue = world.hurry()
    for number, reader in enumerate(found):
        issue.deliveries.filter(member=reader).update(due_at=world.now - timedelta(hours=number))
    draining.drain(clock=world.clock, limit=2)
    assert [message["To"] for message in mailbox.messages] == [found[3].email, found[2].email]
    assert issue.deliveries.due(world.now).count() == 2, "the rest of the claim was not handed back"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"suspended_at": "now"}, "No longer a member"),
        ({"is_active": False}, "No longer a member"),
        ({"approved_at": None}, "No longer a member"),
        ({"weekly_letter": False}, "Said no to the letter"),
        ({"weekly_letter": None}, "Said no to the letter"),
        ({"break_ends_at": "later"}, "Takes a break"),
    ],
)
@pytest.mark.parametrize("moment", ["planned", "claimed", "about to start"])
def test_rights_and_wishes_are_looked_at_again_as_it_starts(
    world, reader, begun, mailbox, monkeypatch, change, reason, moment
):
    def happen():
        for name, value in change.items():
            holder = reader.profile if name == "weekly_letter" else reader
            moments = {"now": world.now, "later": world.now + timedelta(days=1)}
            setattr(holder, name, moments.get(value, value))
            holder.save()

    at_moment(monkeypatch, moment, happen)
    drain(world)
    # Between its claim and its start nothing may be found any more for whom nothing may be read.
    reasons = {reason, Delivery.NOTHING_NEW} if moment == "claimed" else {reason}
    assert [(state, why in reasons) for state, why in states(begun)] == [(State.SKIPPED, True)]
    assert mailbox.messages == []


def at_moment(monkeypatch, moment, happen):
    """Let something happen while a row is planned, right after its claim, or when its mail has been written."""
    if moment == "planned":
        happen()
        return
    holder, name = {"claimed": (batch, "choose"), "about to start": (starts.Starter, "start")}[moment]
    usual, done = getattr(holder, name), []

    def interrupted(*args, **more):
        if not done:
            done.append(happen())
        return usual(*args, **more)

    monkeypatch.setattr(holder, name, interrupted)


@pytest.mark.parametrize("moment", ["planned", "claimed", "about to start"])
def test_an_account_that_is_deleted_gets_nothing(world, reader, begun, mailbox, monkeypatch, moment):
    at_moment(monkeypatch, moment, reader.delete)
    drain(world)
    assert mailbox.messages == []
    assert not begun.deliveries.exists()
    assert running.counts(begun)["gone"] == 1


@pytest.mark.parametrize("moment", ["planned", "claimed", "about to start"])
def test_no_mail_goes_to_a_suppressed_address(world, reader, begun, mailbox, monkeypatch, moment):
    at_moment(
        monkeypatch,
        moment,
        lambda: Suppression.objects.create(address="Asha@example.org", reason="bounced", since=world.now),
    )
    drain(world)
    assert states(begun) == [(State.SKIPPED, "No mail to this address")]
    assert mailbox.messages == []


@pytest.mark.parametrize("moment", ["planned", "claimed", "about to start"])
def test_a_letter_goes_to_the_address_of_the_moment(world, reader, begun, mailbox, monkeypatch, moment):
    def change():
        reader.email = "new@example.org"
        reader.save()

    at_moment(monkeypatch, moment, change)
    drain(world)
    assert [message["To"] for message in mailbox.messages] == ["new@example.org"]
    assert Delivery.objects.get().address == "new@example.org"


@pytest.mark.parametrize("change", [{"live": False}, {"hidden_at": "now"}])
@pytest.mark.parametrize("moment", ["planned", "claimed", "about to start"])
def test_a_story_that_went_away_is_in_no_letter(world, reader, begun, mailbox, monkeypatch, change, moment):
    kept = world.story(title="Kept where it is", boundaries=["council"])
    gone = world.story(title="Gone in between", boundaries=["council", "police"])
    fields = {name: world.now if value == "now" else value for name, value in change.items()}
    at_moment(monkeypatch, moment, lambda: Story.objects.filter(pk=gone.pk).update(**fields))
    drain(world)
    [letter] = mailbox.messages
    assert "Gone in between" not in letter.as_string()
    found = Delivery.objects.get()
    assert (found.state, gone.pk in found.story_ids, kept.pk in found.story_ids) == (State.SENT, False, True)


def test_what_changes_under_each_writing_waits_a_minute(world, reader, begun, mailbox, monkeypatch):
    usual = starts.Starter.start

    def interrupted(starter, mail, *args, **more):
        Story.objects.filter(pk=mail.story_ids[0]).update(live=False)
        return usual(starter, mail, *args, **more)

    with monkeypatch.context() as restless:
        restless.setattr(starts.Starter, "start", interrupted)
        drain(world)
    assert states(begun) == [(State.PLANNED, "")]
    assert mailbox.messages == []
    drain(world, seconds=59)
    assert states(begun) == [(State.PLANNED, "")]


def test_nothing_to_say_is_no_mail_and_a_row_that_says_so(world, reader, mailbox):
    issue = world.send_now()
    assert states(issue) == [(State.SKIPPED, Delivery.NOTHING_NEW)]
    assert mailbox.messages == []


def test_after_three_days_it_is_too_late(world, reader, begun, mailbox):
    drain(world, hours=72, seconds=1)
    assert states(begun) == [(State.SKIPPED, "Too late")]


def test_one_letter_that_cannot_be_written_holds_up_nobody(world, reader, mailbox, monkeypatch, caplog):
    readers(1)
    stories(world)
    usual = writing.Press.letter

    def stumble(press, member, *args, **more):
        if member.pk == reader.pk:
            raise ZeroDivisionError("Canary title")
        return usual(press, member, *args, **more)

    monkeypatch.setattr(writing.Press, "letter", stumble)
    issue = world.send_now()
    assert states(issue) == [(State.FAILED, "Cannot be written: ZeroDivisionError"), (State.SENT, "")]
    assert "ZeroDivisionError" in caplog.text
    assert "Canary" not in caplog.text


def test_readers_who_cannot_be_chosen_for_wait_and_hold_up_nobody(world, reader, begun, mailbox, monkeypatch, caplog):
    def stumble(*args, **more):
        raise ZeroDivisionError("Canary title")

    with monkeypatch.context() as broken:
        broken.setattr(batch, "choose", stumble)
        drain(world)
        assert states(begun) == [(State.PLANNED, "")]
        assert "Canary" not in caplog.text
    drain(world, minutes=5)
    assert states(begun) == [(State.SENT, "")]


@pytest.mark.parametrize("name", ["\u202eyb detnaw\u202c", "Asha\r\nBcc: all@example.org", "A" * 300])
def test_whatever_somebody_is_called_it_is_one_mail_to_one_person(world, mailbox, name):
    reader = MemberFactory(first_name="Asha", email="asha@example.org", profile__weekly_letter=True)
    type(reader).objects.filter(pk=reader.pk).update(first_name=name[:150])
    stories(world)
    issue = world.send_now()
    assert states(issue) == [(State.SENT, "")]
    [letter] = mailbox.messages
    assert (letter["To"], letter["Bcc"]) == ("asha@example.org", None)


def test_an_address_that_no_command_can_carry_fails(world, reader, begun, mailbox):
    type(reader).objects.filter(pk=reader.pk).update(email="a>b@example.org")
    drain(world)
    assert states(begun) == [(State.FAILED, "Cannot be sent: the address")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", [2, 10])
def test_any_number_at_once_send_one_letter_each(mailbox, count):
    world = World()
    found = readers(30)
    stories(world)
    issue = world.hurry()
    barrier = threading.Barrier(count)

    def send():
        barrier.wait()
        try:
            planning.tick(clock=world.clock)
            draining.drain(clock=world.clock)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drain(world)
    assert sorted(message["To"] for message in mailbox.messages) == sorted(reader.email for reader in found)
    issue.refresh_from_db()
    assert (issue.state, states(issue)) == (Issue.State.DONE, [(State.SENT, "")] * 30)


# --- Who wakes it -----------------------------------------------------------------------------------------------------


def test_the_beat_and_the_command_do_the_same(db, mailbox, capsys):
    call_command("digest_drain")
    assert capsys.readouterr().out == "No letter has gone yet.\n"
    world = World()
    reader, other = readers(2)
    stories(world)
    call_command("digest_drain", "--now", "--limit", "1")
    assert capsys.readouterr().out.endswith(", being sent: 1 planned, 1 sent, 1 still to come.\n")
    tasks.drain()
    assert sorted(message["To"] for message in mailbox.messages) == sorted([reader.email, other.email])
    call_command("digest_drain")
    assert capsys.readouterr().out.endswith(", gone: 2 sent.\n")


def test_a_letter_for_nobody_says_so(db, capsys):
    call_command("digest_drain", "--now")
    assert capsys.readouterr().out.endswith(", gone: nobody wants it yet.\n")


def test_a_real_worker_sends_it(celery_worker, mailbox):
    world = World()
    [reader] = readers(1)
    stories(world)
    issue = Issue.objects.next_draft(world.now)
    planning.hurry(issue, prepared=issue.pk, now=claims.datetime.now(tz=world.now.tzinfo))
    current_app.send_task("digests.tasks.tick", queue="letters")
    deadline = time.monotonic() + 30
    while not mailbox.messages and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [message["To"] for message in mailbox.messages] == [reader.email]


def test_without_valkey_the_letter_waits_for_the_beat(monkeypatch, caplog):
    def away(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(current_app, "send_task", away)
    running.wake()
    assert "the next beat finds it" in caplog.text


def test_a_relay_that_is_away_leaves_no_row_in_doubt_and_none_claimed(world, reader, begun, mailbox):
    with override_settings(EMAIL_PORT=1):
        drain(world)
    assert begun.deliveries.due(world.now).count() == 1
    drain(world, minutes=1)
    assert len(mailbox.messages) == 1


def test_a_choice_without_items_needs_no_relay(world, reader, begun, monkeypatch):
    monkeypatch.setattr(batch, "choose", lambda found, *a, **k: {one.pk: Chosen([], "Too little yet") for one in found})
    drain(world)
    assert states(begun) == [(State.SKIPPED, "Too little yet")]
