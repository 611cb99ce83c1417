"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from digests import actions, readers


@shared_task
def tick():
    """Each minute, and when staff send a letter by hand. Lost or doubled, it changes nothing."""
    actions.tick()


@shared_task
def tell_readers():
    """Each five minutes: new stories to subscribers whose week is over. Lost or doubled, it changes nothing."""
    readers.tell()


@shared_task
def clear_unconfirmed():
    """Each hour: addresses that nobody confirmed are forgotten."""
    readers.clear(now=timezone.now())
