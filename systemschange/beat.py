"""The clock of the background work, on as many machines as one likes: one of them ticks, the others stand by.

Which one, a lock in Valkey says, that its holder renews and that ends by itself a minute after it died. Without Valkey
nothing could be asked of a worker anyway. A tick too many does no harm: what is due is decided in the database.
"""

import logging

from celery.beat import PersistentScheduler
from django.conf import settings
from redis import Redis
from redis.exceptions import LockError, RedisError

NAME = "systemschange:beat"
HELD_SECONDS = 60
AGAIN_SECONDS = 10  # how soon a lock is renewed, or asked for again

log = logging.getLogger(__name__)


class OneOfMany(PersistentScheduler):
    """Ticks while it holds the lock."""

    lock = None

    def tick(self, *args, **kwargs):
        if not self.leads():
            return AGAIN_SECONDS
        return min(super().tick(*args, **kwargs), AGAIN_SECONDS)

    def leads(self):
        lock = self.lock or self.make_lock()
        try:
            if self.lock:
                lock.reacquire()
                return True
            if lock.acquire(blocking=False):
                log.info("This beat ticks now.")
                self.lock = lock
        except LockError:  # another holds it: this one was away for longer than a minute
            self.lock = None
        except RedisError as error:
            log.warning("Valkey does not answer (%s): no tick.", error.__class__.__name__)
            self.lock = None
        return self.lock is not None

    def make_lock(self):
        server = Redis.from_url(settings.CACHES["default"]["LOCATION"], socket_timeout=5)
        return server.lock(NAME, timeout=HELD_SECONDS, thread_local=False)

    def close(self):
        """The next takes over at once."""
        if self.lock:
            try:
                self.lock.release()
            except RedisError:
                log.info("The lock was lost already.")
            self.lock = None
        super().close()
