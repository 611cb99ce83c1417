"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from insights import counting


@shared_task
def refresh():
    """Each five minutes: no reader waits for the count of all stories. Lost or doubled, it changes nothing."""
    counting.refresh(now=timezone.now())
