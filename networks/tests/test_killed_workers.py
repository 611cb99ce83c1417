"""Workers killed in the middle of something and a broker that forgets: what is told is told once, or shown to staff as
in doubt, and never to those who lost their rights meanwhile."""

import asyncio
import contextlib
import signal
import socket
import threading
import time
from collections import Counter
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from celery import current_app
from django.db import connection, transaction
from django.utils import timezone

from members.models import Notice
from members.models.notice import LEASE
from members.tasks import send_notices
from networks.models import Gathering
from networks.tasks import remind_of_gatherings
from networks.tests.told import World, written

pytestmark = [pytest.mark.long, pytest.mark.fault, pytest.mark.django_db(transaction=True)]
PATIENCE = 90


def wait_for(happened, what):
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)


class Relay:
    """Keeps what it took. At the address that is named in `holds` it falls silent: before it has read the mail
    ("rcpt"), or after ("data"), when the worker does not know yet that it has arrived."""

    def __init__(self):
        self.taken, self.holds, self.holding = [], {}, threading.Event()

    def hold(self, address, when):
        self.holding.clear()
        self.holds[address] = when

    async def handle_RCPT(self, server, session, envelope, address, options):  # the name is the library's
        envelope.rcpt_tos.append(address)
        await self._hold("rcpt", address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # the name is the library's
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default)["Message-ID"])
        await self._hold("data", envelope.rcpt_tos[0])
        return "250 OK"

    async def _hold(self, when, address):
        if self.holds.get(address) == when:
            self.holding.set()
            while self.holds.get(address):
                await asyncio.sleep(0.05)


@pytest.fixture
def relay(settings):
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    handler = Relay()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_PORT = port
    yield handler
    handler.holds.clear()
    controller.stop()


class Faults:
    """Makes them, and counts those that did happen."""

    def __init__(self, worker, port):
        self.worker, self.port, self.count = worker, port, Counter()

    def kill(self, doing):
        process = self.worker.process
        assert process.poll() is None
        process.kill()
        assert process.wait(PATIENCE) == -signal.SIGKILL
        self.count[f"killed while {doing}"] += 1

    def forget(self):
        """The broker loses everything that it was told, a nudge among it."""
        send_notices.delay()
        with current_app.connection_for_write() as broker:
            client = broker.default_channel.client
            assert client.llen("celery") > 0
            client.flushdb()
            assert client.llen("celery") == 0
        self.count["broker forgot"] += 1

    def restart(self):
        self.worker.start(self.port)

    @contextlib.contextmanager
    def kill_at(self, relay, address, when):
        """What is done within happens while a mail to that address is on its way."""
        if relay.holds.get(address) != when:
            relay.hold(address, when)
        send_notices.delay()
        wait_for(relay.holding.is_set, f"a mail to {address}")
        yield
        self.kill(f"sending ({when})")
        self.forget()
        relay.holds.clear()


def somebody_waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def test_whatever_is_killed_each_is_told_once_and_nobody_without_rights(request, relay, settings):
    world = World()
    faults = Faults(request.getfixturevalue("celery_worker"), settings.EMAIL_PORT)

    # Killed with reminders half written: none of them stands, and the next beat writes them all.
    with transaction.atomic():
        Gathering.objects.select_for_update().get(pk=world.gathering.pk)
        remind_of_gatherings.delay()
        wait_for(somebody_waits_for_a_lock, "reminding waits for the row")
        faults.kill("reminding")
        faults.forget()
    assert not Notice.objects.filter(kind="networks.gathering_reminder").exists()

    faults.restart()
    relay.hold("stays@example.org", "data")  # before any is written: the worker may get there before this test does
    remind_of_gatherings.delay()
    wait_for(lambda: len(written()) == len(World.RIGHT | World.REVOKED), "all is written")
    with faults.kill_at(relay, "stays@example.org", "data"):
        world.revoke()
    faults.restart()
    with faults.kill_at(relay, "invited@example.org", "rcpt"):
        pass
    known = written()

    faults.restart()
    send_notices.delay()
    wait_for(lambda: not Notice.objects.filter(state="waiting").exists(), "all is sent")
    lost = Notice.objects.filter(state="sending").update(started_at=timezone.now() - 2 * LEASE)
    for _ in range(3):
        send_notices.delay()
        remind_of_gatherings.delay()
    wait_for(lambda: not Notice.objects.filter(state="sending").exists(), "what was lost is shown")

    assert faults.count == {
        "killed while reminding": 1,
        "killed while sending (data)": 1,
        "killed while sending (rcpt)": 1,
        "broker forgot": 3,
    }
    assert lost >= 2, "each worker that was killed while sending held a mail, or one in each of its processes"
    arrived = Counter(relay.taken)
    assert set(arrived.values()) == {1}, "something arrived twice"
    doubtful = {
        (notice.to.partition("@")[0], notice.kind.removeprefix("networks."))
        for notice in Notice.objects.filter(state="unknown")
    }
    told = {known[message_id] for message_id in arrived}
    assert told | doubtful == World.RIGHT, "something was lost, or went where it may not"
    assert {who for who, _ in doubtful} == {"stays", "invited"}
    assert ("invited", "coalition_invited") in doubtful - told, "killed before the relay had it"
    assert told & doubtful, "killed after the relay had it"
