"""The letter to many members while everything breaks: `make soak MEMBERS=20000`.

Workers are killed at random, PostgreSQL is crashed, the broker forgets what it was told, the relay makes every error
that it can. In the end nothing may be doubled and nothing lost, and no more may be in doubt than was broken.
"""

import argparse
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

WORKERS = 3
FAULTS = [
    *((stage, fault) for stage in ("sender", "address", "mail") for fault in ("421 4.3.2 Closing", "cut")),
    *((stage, "450 4.2.1 Not now") for stage in ("address", "mail")),
    ("address", "550 5.1.1 No such mailbox"),
    ("begin", "cut"),
    ("mail", "cut after"),
]


def work():
    """One worker: until nothing is due, or it is killed."""
    from digests import draining

    signal.signal(signal.SIGTERM, lambda *_: stopped.append(1))
    stopped = []
    draining.drain(stopped=lambda: bool(stopped))


class Soak:
    """One issue on its way, and what was done to it."""

    def __init__(self, issue, relay, *, seed=0, kill_every=2.0, crashes=2, out=print):
        self.issue, self.relay, self.out = issue, relay, out
        self.dice, self.kill_every, self.crashes = random.Random(seed), kill_every, crashes
        self.count, self.workers = Counter(), []

    def run(self, *, seconds):
        """Until no row is open or the time is over; answers whether all is well in the end."""
        deadline, next_kill = time.monotonic() + seconds, time.monotonic() + self.kill_every
        next_word = time.monotonic()
        while self.ask(lambda: self.issue.deliveries.open().exists()) and time.monotonic() < deadline:
            if self.ask(self.is_any_due):
                self.keep_working()
            else:
                self.end_workers()
                self.ask(self.let_time_pass)
            if time.monotonic() > next_word:
                next_word = time.monotonic() + 15
                self.out(f"{self.relay.taken.total()} taken, {dict(self.count)}")
            if time.monotonic() > next_kill:
                next_kill = time.monotonic() + self.kill_every
                self.kill_one()
                self.ask(self.dice.choice([self.forget, self.double, self.crash]))
            time.sleep(0.05)
        self.end_workers()
        return self.judge()

    def ask(self, question):
        """Of a database that may be away for a while."""
        from django.db import DatabaseError, InterfaceError, connection

        for _ in range(600):
            try:
                return question()
            except (DatabaseError, InterfaceError):
                connection.close()
                time.sleep(0.1)
        raise RuntimeError("The database did not come back")

    def is_any_due(self):
        from django.utils import timezone

        from digests import draining, running
        from digests.models import Issue

        self.issue.refresh_from_db()
        if self.issue.state == Issue.State.PAUSED:
            self.count["paused"] += 1
            running.resume(self.issue, now=timezone.now())
        return draining.is_any_due(timezone.now())

    def let_time_pass(self):
        """All workers have ended: leases that run now are of the dead, and back-offs need not be waited for."""
        from django.utils import timezone

        from digests import claims

        now = timezone.now()
        claims.look_after_lost(now + 2 * claims.LEASE)
        self.issue.deliveries.filter(state="planned", claimed_by="", due_at__gt=now).update(due_at=now)

    # --- Breaking it --------------------------------------------------------------------------------------------------

    def keep_working(self):
        from django.db import connection

        self.workers = [worker for worker in self.workers if worker.is_alive()]
        connection.close()  # a fork must not share it
        while len(self.workers) < WORKERS:
            worker = multiprocessing.get_context("fork").Process(target=work, daemon=True)
            worker.start()
            self.workers.append(worker)

    def kill_one(self):
        """Whatever it is doing, its last mail included."""
        alive = [worker for worker in self.workers if worker.is_alive()]
        if alive:
            worker = self.dice.choice(alive)
            worker.kill()
            worker.join()
            self.count["killed"] += worker.exitcode == -signal.SIGKILL

    def crash(self):
        """A server process of PostgreSQL dies: all of them start again, and what was not on the disk is lost."""
        from django.db import connection

        if self.count["database crashed"] < self.crashes:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'")
                pid = cursor.fetchone()[0]
            os.kill(pid, signal.SIGKILL)
            self.count["database crashed"] += 1
            connection.close()

    def forget(self):
        from celery import current_app

        with current_app.connection_for_write() as broker:
            broker.default_channel.client.flushdb()
        self.count["broker forgot"] += 1

    def double(self):
        from digests import running

        running.wake()
        running.wake()
        self.count["messages doubled"] += 1

    def end_workers(self):
        for worker in self.workers:
            if worker.is_alive():
                worker.terminate()
            worker.join(120)
        self.workers = []

    # --- What came of it ----------------------------------------------------------------------------------------------

    def judge(self):
        from digests import draining
        from digests.models import Issue

        rows = dict(self.issue.deliveries.values_list("address", "state"))
        states = Counter(self.issue.deliveries.values_list("state", flat=True))
        taken = self.relay.taken
        doubled = sum(count > 1 for count in taken.values())
        lost = sum(rows.get(address) not in {"sent", "unknown"} for address in taken)
        lost += sum(state == "sent" and address not in taken for address, state in rows.items())
        lost += states["planned"] + states["sending"]
        cut = sum(count for fault, count in self.relay.count.items() if fault.startswith("mail: cut"))
        most = self.count["killed"] + cut + draining.CLAIM * WORKERS * self.count["database crashed"]
        planned = Issue.objects.values_list("candidate_count", flat=True).get(pk=self.issue.pk)
        self.out(f"done to it: {dict(self.count)}\nby the relay: {dict(self.relay.count)}")
        self.out(f"planned {planned}: " + ", ".join(f"{count} {state}" for state, count in sorted(states.items())))
        self.out(f"{doubled} doubled, {lost} lost, {states['unknown']} unknown (at most {most})")
        return not doubled and not lost and states["unknown"] <= most and states.total() == planned


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=int, default=60)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "systemschange.tests.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django

    django.setup()
    from django.conf import settings

    from bench import world
    from digests import draining
    from digests.tests.relays import Relay, at_random

    world.make_stories(40)
    world.make_readers(asked.members)
    with Relay(at_random(asked.seed, 0.01, FAULTS)).listening() as relay:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", relay.port
        issue = world.letter()
        # What workers are forked from has its code and the forms of its cards ready: they are killed often.
        draining.drain(limit=50)
        went_well = Soak(issue, relay, seed=asked.seed).run(seconds=60 * asked.minutes)
    sys.exit(not went_well)


if __name__ == "__main__":
    main()
