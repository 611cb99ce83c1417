"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from insights import counting, exporting, packing


@shared_task
def refresh():
    """Each five minutes: no reader waits for the count of all stories. Lost or doubled, it changes nothing."""
    counting.refresh(now=timezone.now())


@shared_task
def tell_tellers():
    """In which packs their words stand. Running twice, or after days of not running, tells nobody twice."""
    packing.tell(now=timezone.now())


@shared_task
def make_files():
    """Open data that somebody asked for as one file. Runs on each nudge and each minute; twice changes nothing."""
    exporting.make_all()


@shared_task
def clear_files():
    """Files of open data go after a day, or as soon as they are not true any more."""
    exporting.clear(now=timezone.now())
