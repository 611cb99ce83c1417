"""The outbox against real relays: what it says when they refuse, hang up or are away, and what is then in the table."""

import contextlib
import socket
import threading
import time
from datetime import timedelta
from functools import partial

import kombu.pools
import pytest
from aiosmtpd.controller import Controller
from celery import current_app
from django.db import connection, transaction
from django.utils import timezone

from members import outbox
from members.models import Notice
from members.models.notice import LEASE
from members.tests.factories import MemberFactory, send_mail

pytestmark = pytest.mark.django_db


def post(to="a@example.org", **fields):
    now = fields.pop("now", timezone.now())
    return outbox.post(**{"kind": "test", "subject": "Hello", "text": "Words", "to": to, "now": now, **fields})


class Relay:
    """An SMTP server that answers as told, and counts how often it did."""

    def __init__(self, rcpt="250 OK", data="250 OK"):
        self.rcpt, self.data, self.answers = rcpt, data, []

    async def handle_RCPT(self, server, session, envelope, address, options):  # the name is the library's
        self.answers.append(("rcpt", address))
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):  # the name is the library's
        self.answers.append(("data", envelope.rcpt_tos[0]))
        if self.data == "hang up":
            server.transport.abort()
        return self.data


@contextlib.contextmanager
def relay(settings, **answers):
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    handler = Relay(**answers)
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_PORT = port
    yield handler
    controller.stop()


def test_a_mail_arrives_with_its_words_once(mailbox):
    notice = post(html="<p>Words</p>", headers={"List-Id": "letters"})
    send_mail()
    send_mail()
    [message] = mailbox.messages
    assert (message["To"], message["Subject"], message["List-Id"]) == ("a@example.org", "Hello", "letters")
    assert message["From"] == "Systems Change <letters@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == notice.message_id
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    notice.refresh_from_db()
    assert (notice.state, notice.text, notice.attempt_count) == ("sent", "Words", 1)
    assert notice.sent_at is not None


def test_nothing_a_person_typed_begins_a_header(mailbox):
    post(subject="Hi\r\nBcc: all@example.org\u202e" + "x" * 500, headers={"X-Place": "Leeds\nBcc: all@example.org"})
    send_mail()
    [message] = mailbox.messages
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Hi Bcc: all@example.org")
    assert len(message["Subject"]) == outbox.SUBJECT_LENGTH


def test_a_mail_that_is_rolled_back_with_its_event_is_never_sent(mailbox):
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        post()
        raise ZeroDivisionError
    send_mail()
    assert mailbox.messages == []


@pytest.mark.fault
def test_a_refusal_for_now_is_tried_again_after_1_5_15_60_minutes(settings):
    notice = post()
    clock = now = timezone.now()
    waits = []
    with relay(settings, rcpt="451 4.3.0 try later") as busy:
        for _ in range(5):
            outbox.drain(clock=partial(max, clock, clock))
            notice.refresh_from_db()
            waits.append((notice.due_at - clock) // timedelta(minutes=1))
            clock = notice.due_at
    assert waits == [1, 5, 15, 60, 60]
    assert busy.answers == [("rcpt", "a@example.org")] * 5
    assert (notice.state, notice.error) == ("waiting", "451 4.3.0 try later")
    assert notice.created_at < now


@pytest.mark.fault
def test_a_refusal_for_good_is_not_tried_again_and_the_next_mail_goes(settings):
    notices = [post("gone@example.org"), post("b@example.org")]
    with relay(settings, rcpt="550 5.1.1 no such mailbox") as strict:
        send_mail()
        send_mail()
    assert strict.answers == [("rcpt", "gone@example.org"), ("rcpt", "b@example.org")]
    for notice in notices:
        notice.refresh_from_db()
        assert (notice.state, notice.error) == ("failed", "550 5.1.1 no such mailbox")


@pytest.mark.fault
def test_what_the_relay_refuses_after_reading_it_is_failed_too(settings):
    notice = post()
    with relay(settings, data="554 5.7.1 spam") as strict:
        send_mail()
    assert strict.answers == [("rcpt", "a@example.org"), ("data", "a@example.org")]
    notice.refresh_from_db()
    assert (notice.state, notice.error) == ("failed", "554 5.7.1 spam")


@pytest.mark.fault
def test_a_relay_that_shuts_its_door_is_left_alone_until_later(settings):
    notices = [post(), post("b@example.org")]
    with relay(settings, data="421 4.7.0 too many mails") as tired:
        send_mail()
    assert tired.answers == [("rcpt", "a@example.org"), ("data", "a@example.org")]
    assert [Notice.objects.get(pk=notice.pk).attempt_count for notice in notices] == [1, 0]
    assert set(Notice.objects.values_list("state", flat=True)) == {"waiting"}


@pytest.mark.fault
def test_a_relay_that_is_away_costs_one_attempt_and_the_mail_goes_later(settings, mailbox):
    notice, port = post(), settings.EMAIL_PORT
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        settings.EMAIL_PORT = free.getsockname()[1]
    now = timezone.now()
    outbox.drain(clock=lambda: now)
    notice.refresh_from_db()
    assert (notice.state, notice.error) == ("waiting", "No connection: ConnectionRefusedError")
    assert notice.due_at == now + timedelta(minutes=1)
    settings.EMAIL_PORT = port
    outbox.drain(clock=lambda: notice.due_at)
    assert len(mailbox.messages) == 1


@pytest.mark.fault
@pytest.mark.parametrize(
    ("answer", "error"),
    [("hang up", "The connection was lost: SMTPServerDisconnected"), ("odd Ambiguous", "-1 Ambiguous")],
)
def test_a_mail_that_may_have_been_taken_is_shown_and_not_sent_again(settings, answer, error):
    notice = post(secret=True)
    with relay(settings, data=answer) as odd:
        send_mail()
        send_mail()
    assert odd.answers == [("rcpt", "a@example.org"), ("data", "a@example.org")]
    notice.refresh_from_db()
    assert (notice.state, notice.error, notice.text) == ("unknown", error, "")


def test_a_mail_whose_worker_was_killed_is_shown_and_not_sent_again(mailbox):
    notice, now = post(secret=True), timezone.now()
    Notice.objects.claim(now=now)
    outbox.drain(clock=lambda: now + LEASE)
    notice.refresh_from_db()
    assert (notice.state, notice.text) == ("sending", "Words")
    outbox.drain(clock=lambda: now + LEASE + timedelta(seconds=1))
    notice.refresh_from_db()
    assert (notice.state, notice.subject, notice.text) == ("unknown", "", "")
    assert mailbox.messages == []


@pytest.mark.parametrize(("secret", "hours"), [(True, 1), (False, 73)])
def test_a_mail_that_is_too_late_to_be_of_use_is_not_sent(mailbox, secret, hours):
    now = timezone.now()
    notice = post(secret=secret, now=now - timedelta(hours=hours))
    post("b@example.org", now=now)
    send_mail()
    notice.refresh_from_db()
    assert (notice.state, notice.error) == ("failed", "Too late to be of use.")
    assert [message["To"] for message in mailbox.messages] == ["b@example.org"]


def test_a_member_who_was_suspended_after_the_event_gets_no_mail_about_it(mailbox):
    member = MemberFactory()
    notice = post(to="", member=member)
    member.suspend(now=timezone.now())
    send_mail()
    notice.refresh_from_db()
    assert (notice.state, mailbox.messages) == ("failed", [])


def test_a_mail_that_cannot_be_written_does_not_hold_up_the_others(mailbox):
    broken = post("nobody")
    Notice.objects.filter(pk=broken.pk).update(to="a@example.org\nBcc: b@example.org")
    post("b@example.org")
    send_mail()
    broken.refresh_from_db()
    assert (broken.state, broken.error) == ("failed", "It cannot be sent: ValueError")
    assert [message["To"] for message in mailbox.messages] == ["b@example.org"]


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_mail_once(mailbox):
    for number in range(20):
        post(f"{number}@example.org")

    def work():
        try:
            outbox.drain()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(message["To"] for message in mailbox.messages) == sorted(f"{n}@example.org" for n in range(20))


def test_a_nudge_follows_the_commit_once_however_many_mails(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        post()
        post()
    assert callbacks == [outbox.wake]


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_without_valkey_nothing_fails_and_the_beat_sends_the_mail(mailbox, monkeypatch, caplog):
    app = current_app._get_current_object()
    monkeypatch.setitem(app.conf, "broker_url", "redis+socket:///tmp/nobody-listens-here.sock?virtual_host=0")
    kombu.pools.reset()
    app.amqp._producer_pool = app._pool = None
    try:
        with transaction.atomic():
            post()
    finally:
        kombu.pools.reset()
        app.amqp._producer_pool = app._pool = None
    assert [record.message[:44] for record in caplog.records] == ["No worker could be told about new mail (Oper"]
    send_mail()
    assert len(mailbox.messages) == 1


def test_a_worker_that_is_nudged_sends_at_once(celery_worker, mailbox):
    with transaction.atomic():
        post()
    deadline = time.monotonic() + 20
    while not mailbox.messages and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [message["To"] for message in mailbox.messages] == ["a@example.org"]


def test_a_composed_mail_is_text_and_html_with_the_style_inside_its_elements(mailbox):
    member = MemberFactory(first_name="D’Arcy & <Co>")
    outbox.compose(kind="members.approved", template="members/approved", member=member, now=timezone.now())
    send_mail()
    [message] = mailbox.to(member.email)
    html = message.get_body(("html",)).get_content()
    assert 'href="http://testserver/account/"' in html
    assert "background: #1646c8;font-weight: 700" in html
    assert "http://testserver/account/" in message.get_body(("plain",)).get_content()
