"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from insights import changing, counting, exporting, packing, page_totals, placing, spreading
from insights.staff import keeping


@shared_task
def refresh():
    """Each five minutes: no reader of a whole page waits for the count of all stories. Lost or doubled, it changes
    nothing."""
    for counted in (counting, changing, placing, spreading):
        counting.keep(counted.count, now=timezone.now())
    keeping.refresh(now=timezone.now())


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


@shared_task
def keep_page_totals():
    """Each five minutes: what Valkey counted is taken from there and added. Doubled, it finds nothing to add."""
    page_totals.keep()


@shared_task
def forget_page_totals():
    """Each night: what is too old, or of a page that is no longer everybody's."""
    page_totals.forget(now=timezone.now())
