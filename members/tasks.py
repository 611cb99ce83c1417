"""Background work of this room."""

from celery import shared_task

from members import outbox


@shared_task
def send_notices():
    """Send the mail that waits. Runs on each nudge and each minute; running twice changes nothing."""
    outbox.drain()
