"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from insights import changing, counting, placing, spreading


@shared_task
def refresh():
    """Each five minutes: no reader of a whole page waits for the count of all stories. Lost or doubled, it changes
    nothing."""
    for counted in (counting, changing, placing, spreading):
        counting.keep(counted.count, now=timezone.now())
