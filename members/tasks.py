"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from members import outbox
from members.models import Photo


@shared_task
def send_notices():
    """Send the mail that waits. Runs on each nudge and each minute; running twice changes nothing."""
    outbox.drain()


@shared_task
def clear_photos():
    """Photos that nothing shows any more, and files without a row, are deleted."""
    Photo.objects.clear(now=timezone.now())
