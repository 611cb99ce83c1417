"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from digests import draining, planning, readers, running

# A worker that is told to end waits no longer than this for its letters.
SECONDS = 50


@shared_task(ignore_result=True, acks_late=False)
def tick():
    """Each minute: plan whose hour has come, and wake somebody to send it. Lost or doubled, it changes nothing."""
    planning.tick()
    running.wake()


@shared_task(ignore_result=True, acks_late=False)
def drain():
    """Send what is due, for a while; the rest is for the next. Lost or doubled, it changes nothing."""
    if draining.drain(seconds=SECONDS) and draining.is_any_due(timezone.now()):
        running.wake()


@shared_task
def tell_readers():
    """Each five minutes: new stories to subscribers whose week is over. Lost or doubled, it changes nothing."""
    readers.tell()


@shared_task
def clear_unconfirmed():
    """Each hour: addresses that nobody confirmed are forgotten."""
    readers.clear(now=timezone.now())
