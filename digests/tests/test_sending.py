"""Sending: at most one mail a member and issue, whatever breaks, and every row accounted for."""

import asyncio
import os
import smtplib
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from kombu.exceptions import OperationalError

from digests import actions, tasks
from digests.models import Delivery, Issue
from digests.tests.conftest import World
from members.tests.factories import MemberFactory

State = Delivery.State
# The database that each test's own is a clone of.
TEMPLATE = "template_systemschange"


def states(issue):
    return sorted(issue.deliveries.values_list("state", "reason"))


def test_everybody_gets_one_letter_and_the_issue_is_done(world, mailbox):
    readers = MemberFactory.create_batch(3, profile__weekly_letter=True)
    world.story()
    issue = world.send_now()
    world.tick(minutes=1)
    assert sorted(message["To"] for message in mailbox.messages) == sorted(reader.email for reader in readers)
    assert states(issue) == [(State.SENT, "")] * 3
    assert (issue.state, issue.done_at) == (Issue.State.DONE, issue.due_at)


def test_more_than_a_batch_goes_too(world, mailbox, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    MemberFactory.create_batch(5, profile__weekly_letter=True)
    world.story()
    world.send_now()
    assert len(mailbox.messages) == 5


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"suspended_at": "now"}, "No longer a member"),
        ({"is_active": False}, "No longer a member"),
        ({"approved_at": None}, "No longer a member"),
        ({"weekly_letter": False}, "Said no to the letter"),
        ({"weekly_letter": None}, "Said no to the letter"),
    ],
)
def test_rights_and_wishes_are_looked_at_again_before_each_mail(world, reader, mailbox, change, reason):
    world.story()
    issue = actions.begin(due_at=world.now, now=world.now)
    for name, value in change.items():
        holder = reader.profile if name == "weekly_letter" else reader
        setattr(holder, name, world.now if value == "now" else value)
        holder.save()
    world.tick()
    assert states(issue) == [(State.SKIPPED, reason)]
    assert mailbox.messages == []


def test_a_letter_goes_to_the_address_of_the_moment(world, reader, mailbox):
    world.story()
    actions.begin(due_at=world.now, now=world.now)
    reader.email = "new@example.org"
    reader.save()
    world.tick()
    assert [message["To"] for message in mailbox.messages] == ["new@example.org"]


def test_after_two_weeks_it_is_too_late(world, reader, mailbox):
    world.story()
    issue = actions.begin(due_at=world.now, now=world.now)
    world.tick(days=14, seconds=1)
    assert states(issue) == [(State.SKIPPED, "Too late")]


def refuse(mailbox, monkeypatch, answer, address="asha@example.org"):
    async def handle_rcpt(server, session, envelope, recipient, options):
        if recipient == address:
            return answer
        envelope.rcpt_tos.append(recipient)
        return "250 OK"

    monkeypatch.setattr(mailbox, "handle_RCPT", handle_rcpt, raising=False)


def test_a_refused_address_is_counted_and_holds_up_nobody(world, reader, mailbox, monkeypatch):
    other = MemberFactory(profile__weekly_letter=True)
    world.story()
    refuse(mailbox, monkeypatch, "550 5.1.1 No such mailbox asha@example.org")
    issue = world.send_now()
    assert states(issue) == [(State.FAILED, "The relay refused it: 550"), (State.SENT, "")]
    assert [message["To"] for message in mailbox.messages] == [other.email]
    assert issue.state == Issue.State.DONE


def test_not_now_means_later(world, reader, mailbox, monkeypatch):
    world.story()
    refuse(mailbox, monkeypatch, "451 4.7.1 Not now")
    issue = world.send_now()
    assert states(issue) == [(State.PLANNED, "The relay put it off: 451")]
    monkeypatch.undo()
    world.tick(minutes=14)
    assert mailbox.messages == []
    world.tick(minutes=1)
    issue.refresh_from_db()
    assert (len(mailbox.messages), issue.state) == (1, Issue.State.DONE)


def test_a_relay_that_hangs_up_politely_is_asked_again_later(world, reader, mailbox, monkeypatch):
    MemberFactory(email="a@example.org", profile__weekly_letter=True)
    world.story()

    async def handle_data(self, server, session, envelope):
        return "421 Closing"

    monkeypatch.setattr(type(mailbox), "handle_DATA", handle_data)
    issue = world.send_now()
    assert states(issue) == [(State.PLANNED, ""), (State.PLANNED, "The relay put it off: 421")]


def test_a_relay_that_is_away_leaves_no_row_in_doubt(world, reader, mailbox):
    world.story()
    with override_settings(EMAIL_PORT=1):
        issue = world.send_now()
    assert states(issue) == [(State.PLANNED, "")]
    world.tick(minutes=1)
    assert len(mailbox.messages) == 1


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected, TimeoutError])
def test_a_line_that_goes_dead_leaves_the_mail_unknown_and_it_is_never_sent_again(
    world, reader, mailbox, monkeypatch, error
):
    world.story()

    def lose(*args, **kwargs):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(smtplib.SMTP, "sendmail", lose)
        issue = world.send_now()
    world.tick(days=1)
    assert states(issue) == [(State.UNKNOWN, "The connection was lost.")]
    assert (mailbox.messages, issue.state) == ([], Issue.State.DONE)


@pytest.mark.parametrize("error", [smtplib.SMTPNotSupportedError, ValueError])
def test_a_mail_that_cannot_be_sent_fails(world, reader, mailbox, monkeypatch, error):
    MemberFactory(profile__weekly_letter=True)
    world.story()

    def stumble(*args, **kwargs):
        raise error

    monkeypatch.setattr(smtplib.SMTP, "sendmail", stumble)
    issue = world.send_now()
    assert states(issue) == [(State.FAILED, f"Cannot be sent: {error.__name__}")] * 2


def test_one_letter_that_cannot_be_written_holds_up_nobody(world, reader, mailbox, monkeypatch, caplog):
    MemberFactory(email="other@example.org", profile__weekly_letter=True)
    world.story(title="Canary title")
    compose = actions.emails.letter

    def stumble(member, *args, **more):
        if member == reader:
            raise ZeroDivisionError("Canary title")
        return compose(member, *args, **more)

    monkeypatch.setattr(actions.emails, "letter", stumble)
    issue = world.send_now()
    assert states(issue) == [(State.FAILED, "Cannot be written: ZeroDivisionError"), (State.SENT, "")]
    assert "ZeroDivisionError" in caplog.text
    assert "Canary" not in caplog.text


def test_a_story_that_left_with_a_failed_letter_can_still_come(world, reader):
    story = world.story()
    issue = actions.begin(due_at=world.now, now=world.now)
    delivery, _ = actions.start_next(issue, now=world.now)
    delivery.put_off("The relay put it off: 451", until=world.now)
    delivery, mail = actions.start_next(issue, now=world.now)
    assert list(delivery.stories.all()) == [story]
    assert mail is not None


@pytest.mark.django_db(transaction=True)
def test_ticks_in_several_threads_send_one_letter_each(mailbox):
    world = World()
    readers = MemberFactory.create_batch(12, profile__weekly_letter=True)
    world.story()
    barrier = threading.Barrier(4)

    def tick():
        barrier.wait()
        try:
            actions.tick(clock=world.clock)
        finally:
            connection.close()

    threads = [threading.Thread(target=tick) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    actions.tick(clock=world.clock)
    assert sorted(message["To"] for message in mailbox.messages) == sorted(reader.email for reader in readers)
    issue = Issue.objects.gone().get()
    assert (issue.state, states(issue)) == (Issue.State.DONE, [(State.SENT, "")] * 12)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_letter_is_unknown_and_never_sent_again(mailbox, monkeypatch):
    MemberFactory(profile__weekly_letter=True)
    world = World()
    world.story()
    reached = threading.Event()

    async def swallow(self, server, session, envelope):
        """Takes the mail, and does not come to say so before its worker is killed."""
        reached.set()
        await asyncio.sleep(0.5)
        return "250 OK"

    with monkeypatch.context() as slow:
        slow.setattr(type(mailbox), "handle_DATA", swallow)
        worker = start_command("send_letter", "--now", port=settings.EMAIL_PORT)
        assert reached.wait(30)
        worker.kill()
        worker.wait()
        time.sleep(0.6)
    delivery = Delivery.objects.get()
    assert delivery.state == State.SENDING
    world.now = delivery.started_at
    world.tick(minutes=14)
    delivery.refresh_from_db()
    assert delivery.state == State.SENDING
    world.tick(minutes=2)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (State.UNKNOWN, "The worker was lost.")
    world.tick(days=1)
    assert mailbox.messages == []
    # Whichever day this runs on: the day that passed may have brought the next letter.
    assert Issue.objects.get(pk=delivery.issue_id).state == Issue.State.DONE


def start_command(*words, port):
    """`manage.py` in a process of its own, on this test's database and mail server."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "systemschange.tests.settings",
        "DATABASE_URL": os.environ["DATABASE_URL"].replace(TEMPLATE, connection.settings_dict["NAME"]),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    return subprocess.Popen([sys.executable, settings.BASE_DIR / "manage.py", *words], env=environment)


def test_the_beat_and_the_command_do_the_same(world, reader, mailbox, capsys, monkeypatch):
    # The command reads the real clock: on a Thursday morning the first letter would rightly begin by itself.
    monkeypatch.setattr(actions, "FIRST_WITHIN", timedelta(-1))
    call_command("send_letter")
    assert capsys.readouterr().out == "No letter has gone yet.\n"
    world.story()
    call_command("send_letter", "--now")
    tasks.tick()
    assert len(mailbox.to(reader.email)) == 1
    assert capsys.readouterr().out.endswith(", gone: 1 sent.\n")


def test_a_letter_for_nobody_says_so(world, capsys):
    call_command("send_letter", "--now")
    assert capsys.readouterr().out.endswith(", gone: nobody wants it yet.\n")


def test_a_real_worker_sends_it(celery_worker, mailbox):
    world = World()
    reader = MemberFactory(profile__weekly_letter=True)
    world.story()
    assert actions.begin(due_at=world.now - timedelta(days=1), now=world.now - timedelta(days=3000))
    actions.wake()
    deadline = time.monotonic() + 30
    while not mailbox.messages and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [message["To"] for message in mailbox.messages] == [reader.email]


def test_without_valkey_the_letter_waits_for_the_beat(monkeypatch, caplog):
    def away(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(current_app, "send_task", away)
    actions.wake()
    assert "the next beat finds it" in caplog.text
