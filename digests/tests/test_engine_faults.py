"""Servers that die while a letter goes: real PostgreSQL, Valkey and workers. Each fault is seen to have happened."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from celery import current_app
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from digests import claims, draining, planning
from digests.models import Claim, Delivery, Issue
from digests.tests.conftest import World
from digests.tests.relays import Relay
from digests.tests.test_draining import readers, stories
from systemschange.tests import services
from systemschange.tests.test_faults import OwnPostgres

pytestmark = [pytest.mark.long, pytest.mark.fault, pytest.mark.django_db(transaction=True)]
State = Delivery.State
PATIENCE = 90


def wait_for(happened, what):
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.02)


@pytest.fixture
def relay(settings):
    with Relay().listening() as found:
        settings.EMAIL_PORT = found.port
        yield found


def begin(count):
    world = World()
    world.now = timezone.now()
    readers(count)
    stories(world)
    return world.hurry()


def start_worker(relay):
    """`manage.py digest_drain` in a process of its own, on this test's database and relay."""
    folder = services.Path(os.environ["TEST_SERVICES"])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "systemschange.tests.settings",
        "DATABASE_URL": services.places.database_url(folder, connection.settings_dict["NAME"]),
        "EMAIL_URL": f"smtp://127.0.0.1:{relay.port}",
    }
    return subprocess.Popen([sys.executable, settings.BASE_DIR / "manage.py", "digest_drain"], env=environment)


def time_out():
    """Every lease is over."""
    claims.look_after_lost(timezone.now() + 2 * claims.LEASE)


def nobody_else_is_connected():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


def assert_always(issue, relay, *, most_unknown):
    assert set(relay.taken.values()) <= {1}, "doubled"
    issue.refresh_from_db()
    rows = dict(issue.deliveries.values_list("address", "state"))
    assert {rows.get(address) for address in relay.taken} <= {State.SENT, State.UNKNOWN}, "lost"
    states = Counter(issue.deliveries.values_list("state", flat=True))
    assert states[State.PLANNED] + states[State.SENDING] == 0, "not at its end"
    assert states.total() == issue.candidate_count
    assert states[State.UNKNOWN] <= most_unknown
    return states


class Slow:
    """Each mail takes its time, so that a fault happens in the middle of one."""

    def __init__(self, relay, *, at, seconds=0.05):
        self.at, self.reached = at, threading.Event()
        relay.faults, self.relay, self.seconds = self._wait, relay, seconds

    def _wait(self, stage, address):
        if stage == "mail":
            time.sleep(self.seconds)
            if self.relay.taken.total() >= self.at:
                self.reached.set()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_that_is_ended_in_the_middle_leaves_one_in_doubt_at_most(relay, how):
    issue = begin(20)
    slow = Slow(relay, at=5)
    worker = start_worker(relay)
    assert slow.reached.wait(PATIENCE)
    worker.send_signal(how)
    ended = worker.wait(PATIENCE)
    assert ended == (-signal.SIGKILL if how == signal.SIGKILL else 0)
    assert Claim.objects.exists() == (how == signal.SIGKILL), (
        "told to end, it hands back what it had; killed, it cannot"
    )
    assert 5 <= relay.taken.total() < 20
    relay.faults = lambda stage, address: None
    wait_for(nobody_else_is_connected, "PostgreSQL sees that the worker has gone")
    draining.drain()
    assert relay.taken.total() >= 19, "what it never started waits for no lease"
    time_out()
    draining.drain()
    states = assert_always(issue, relay, most_unknown=1 if how == signal.SIGKILL else 0)
    assert states[State.SENT] >= 19


def test_killed_between_accepted_and_the_mark_it_is_in_doubt(relay):
    issue = begin(3)
    held = threading.Event()

    def hold(stage, address):
        if stage == "mail" and not held.is_set():
            held.set()
            time.sleep(1)

    relay.faults = hold
    worker = start_worker(relay)
    assert held.wait(PATIENCE)
    worker.kill()
    worker.wait()
    wait_for(lambda: relay.taken.total() == 1, "the relay takes it all the same")
    [doubtful] = relay.taken
    time_out()
    draining.drain()
    states = assert_always(issue, relay, most_unknown=1)
    assert states == {State.SENT: 2, State.UNKNOWN: 1}
    assert issue.deliveries.get(address=doubtful).state == State.UNKNOWN


def test_a_broker_that_forgets_and_one_that_says_all_twice_change_nothing(celery_worker, relay):
    celery_worker.process.kill()
    assert celery_worker.process.wait(PATIENCE) == -signal.SIGKILL
    issue = begin(12)
    for _ in range(2):
        current_app.send_task("digests.tasks.drain", queue="letters")
    with current_app.connection_for_write() as broker:
        client = broker.default_channel.client
        assert client.llen("letters") == 2
        client.flushdb()
        assert client.llen("letters") == 0
    celery_worker.start(relay.port)
    for _ in range(2):
        current_app.send_task("digests.tasks.tick", queue="letters")
        current_app.send_task("digests.tasks.drain", queue="letters")
    wait_for(lambda: not issue.deliveries.open().exists(), "all of it goes")
    assert assert_always(issue, relay, most_unknown=0) == {State.SENT: 12}


# --- PostgreSQL dies --------------------------------------------------------------------------------------------------


@pytest.fixture
def postgres(transactional_db):
    """The site's database for this test, on a server of its own."""
    own, usual = OwnPostgres(), dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {"HOST": str(own.folder / "postgres"), "NAME": services.TEMPLATE}
    yield own
    connection.close()
    connection.settings_dict |= usual
    own.stop()


def life():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {claims.LIFE}")
        return cursor.fetchone()[0]


def back_again():
    """Asks until it answers."""
    while True:
        try:
            return life()
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(0.1)


def stop_at_once(own):
    own.process.send_signal(signal.SIGQUIT)  # as `pg_ctl stop -m immediate` does
    own.process.wait(PATIENCE)
    own.start()


def kill_a_server_process(own):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'")
        pid = cursor.fetchone()[0]
    connection.close()
    os.kill(pid, signal.SIGKILL)


CRASHES = [stop_at_once, kill_a_server_process]


@pytest.mark.parametrize("crash", CRASHES)
def test_a_living_worker_tells_the_database_that_comes_back_what_became_of_each(postgres, relay, crash):
    issue, before = begin(20), life()
    slow = Slow(relay, at=5)

    def work():
        try:
            draining.drain()
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    assert slow.reached.wait(PATIENCE)
    crash(postgres)
    worker.join(PATIENCE)
    assert not worker.is_alive()
    assert back_again() > before, "it has not crashed"
    relay.faults = lambda stage, address: None
    time_out()
    draining.drain()
    assert assert_always(issue, relay, most_unknown=0) == {State.SENT: 20}


@pytest.mark.parametrize("crash", CRASHES)
def test_a_claim_from_before_the_crash_is_never_handed_back(postgres, relay, crash):
    """The worker dies with the database: which of its starts were lost, nobody can say."""
    issue, before = begin(20), life()
    rows = claims.take(issue.pk, name="a lost worker", most=8, now=timezone.now())
    assert len(rows) == 8
    connection.close()
    crash(postgres)
    assert back_again() > before, "it has not crashed"
    assert issue.deliveries.filter(claimed_by="a lost worker").count() == 8, "claims are on the disk"
    time_out()
    draining.drain()
    states = assert_always(issue, relay, most_unknown=8)
    assert states == {State.UNKNOWN: 8, State.SENT: 12}


def test_a_usual_restart_while_nobody_works_costs_nothing(postgres, relay):
    issue, before = begin(3), life()
    connection.close()
    postgres.stop()
    postgres.start()
    assert back_again() > before
    planning.tick()
    draining.drain()
    assert assert_always(issue, relay, most_unknown=0) == {State.SENT: 3}
    assert Issue.objects.get(pk=issue.pk).state == Issue.State.DONE
