"""That a worker and beat are alive: each writes the moment into Valkey now and then, and the web reads how old it is.

Importing this connects to Celery's own signals, which are the only hook into those processes.
"""

import logging
import time

from celery import current_app
from celery.signals import beat_init, before_task_publish, heartbeat_sent, worker_ready
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

EVERY = 15  # seconds between two notes of the same thing
KEPT = 7 * 86_400
QUEUES = ("celery", "letters")

_noted = {}  # in this process: name -> when it was last written down


def note(name: str) -> None:
    """Write down that this is alive, unless that was done just now. Without Valkey nobody waits: it will look old."""
    now = time.time()
    if now - _noted.get(name, 0) < EVERY:
        return
    _noted[name] = now
    try:
        # Past the cache's stand-in: the parent of a worker's processes opens no connection to the database.
        RedisCache.set(caches["default"], f"heartbeat.{name}", now, KEPT)
    except RedisError as error:
        log.warning("A heartbeat could not be written (%s).", error.__class__.__name__)


def age(name: str) -> float | None:
    """Seconds since this was last alive; None where nobody remembers that it ever was."""
    written = RedisCache.get(caches["default"], f"heartbeat.{name}")
    return None if written is None else max(0.0, time.time() - written)


@beat_init.connect
def beat_begins(**kwargs):
    """From now on whatever this process publishes is beat's doing: it does so each minute."""
    note("beat")
    before_task_publish.connect(beat_publishes)


def beat_publishes(**kwargs):
    note("beat")


@worker_ready.connect
@heartbeat_sent.connect
def worker_lives(**kwargs):
    for queue in current_app.amqp.queues.consume_from:
        note(f"worker.{queue}")
