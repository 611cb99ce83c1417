"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from insights import counting, packing


@shared_task
def refresh():
    """Each five minutes: no reader waits for the count of all stories. Lost or doubled, it changes nothing."""
    counting.refresh(now=timezone.now())


@shared_task
def tell_tellers():
    """In which packs their words stand. Running twice, or after days of not running, tells nobody twice."""
    packing.tell(now=timezone.now())
