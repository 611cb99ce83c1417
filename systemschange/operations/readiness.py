"""Whether everything that the site needs is there and moving: what `/readyz` and `manage.py doctor` ask."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from django.core.cache import caches
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from digests.models import Delivery, Issue
from digests.running import RELAY_FAILS
from members.models import Notice
from systemschange.operations import heartbeats

WORKER_IS_GONE = 60  # seconds: it notes its life each quarter of a minute
BEAT_IS_GONE = 180  # it publishes something each minute
MAIL_WAITS = timedelta(minutes=10)
LETTER_IS_LATE = timedelta(minutes=30)
LETTER_STANDS = timedelta(minutes=10)


class Verdict(NamedTuple):
    """What was found about one thing. `mend`: what to do; empty where nothing is wrong."""

    well: bool
    said: str
    mend: str = ""


def well(said: str) -> Verdict:
    return Verdict(True, said)


def wrong(said: str, mend: str) -> Verdict:
    return Verdict(False, said, mend)


def database() -> Verdict:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    return well(f"PostgreSQL {version.split()[0]} answers")


@cache
def known_migrations() -> frozenset:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def migrations() -> Verdict:
    lacking = sorted(known_migrations() - set(MigrationRecorder(connection).applied_migrations()))
    if not lacking:
        return well("all migrations are applied")
    first = ".".join(lacking[0])
    return wrong(f"{len(lacking)} migrations are not applied, {first} first", "run: manage.py migrate")


def valkey() -> Verdict:
    client = caches["default"]._cache.get_client()
    client.ping()
    return well("Valkey answers")


def worker() -> Verdict:
    ages = {queue: heartbeats.age(f"worker.{queue}") for queue in heartbeats.QUEUES}
    gone = [queue for queue, age in ages.items() if age is None or age > WORKER_IS_GONE]
    if not gone:
        return well(f"workers were alive {max(ages.values()):.0f} seconds ago")
    return wrong(
        f"no worker looks after {' and '.join(gone)}",
        "start one: celery -A systemschange worker --queues celery,letters (systemctl status systemschange-worker)",
    )


def beat() -> Verdict:
    age = heartbeats.age("beat")
    if age is not None and age <= BEAT_IS_GONE:
        return well(f"beat was alive {age:.0f} seconds ago")
    said = "beat was never seen" if age is None else f"beat was last alive {age:.0f} seconds ago"
    return wrong(said, "start it: celery -A systemschange beat (systemctl status systemschange-beat)")


def outbox() -> Verdict:
    now = timezone.now()
    late = Notice.objects.waiting(now - MAIL_WAITS).count()
    if not late:
        return well("no mail waits longer than it should")
    return wrong(
        f"{late} mails should have gone more than {MAIL_WAITS.seconds // 60} minutes ago",
        "see whether a worker runs and what it says about the mail relay",
    )


def letter() -> Verdict:
    """Stuck: rows are due for long, and none has ended lately. That staff paused it is their own doing."""
    now = timezone.now()
    if Issue.objects.filter(state=Issue.State.PAUSED, paused_because=RELAY_FAILS).exists():
        return wrong("the mail relay failed so often that the letter paused itself", "mend the relay, then resume")
    waiting = Delivery.objects.due(now - LETTER_IS_LATE).filter(issue__in=Issue.objects.being_sent())
    moving = Delivery.objects.filter(issue__in=Issue.objects.being_sent(), finished_at__gte=now - LETTER_STANDS)
    if waiting.exists() and not moving.exists():
        return wrong("letters are due and none goes", "see what the workers say; by hand: manage.py digest_drain")
    return well("no letter is late")


# What a page needs comes first; the rest is background work, without which pages are fine.
FOR_PAGES: dict[str, Callable[[], Verdict]] = {"database": database, "migrations": migrations}
CHECKS = {**FOR_PAGES, "valkey": valkey, "worker": worker, "beat": beat, "outbox": outbox, "letter": letter}


def look(check: Callable[[], Verdict]) -> Verdict:
    """The verdict of one check; one that cannot even ask has found something too."""
    try:
        return check()
    except Exception as error:  # whatever it is, it is what is wrong; its text may hold a password
        return wrong(f"cannot be asked: {type(error).__name__}", "see whether that server runs and is reachable")
