"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from members import entries, mail_events, outbox
from members.models import DataCopy, Photo
from members.privacy import copying


@shared_task
def send_notices():
    """Send the mail that waits. Runs on each nudge and each minute; running twice changes nothing."""
    outbox.drain()


@shared_task
def clear_photos():
    """Photos that nothing shows any more, and files without a row, are deleted."""
    Photo.objects.clear(now=timezone.now())


@shared_task
def refresh_entries():
    """Each night, for what nothing saw: a row of the directory that is right is left alone."""
    entries.reindex()


@shared_task
def make_copies():
    """Make the copies that members asked for. Runs on each nudge and each minute; running twice changes nothing."""
    copying.make_all()


@shared_task
def clear_copies():
    """Copies that nobody took within a day are deleted."""
    DataCopy.objects.clear(now=timezone.now())


@shared_task
def clear_mail_events():
    """Each night: what a mail provider told a month ago is deleted; the addresses that it stopped stay stopped."""
    mail_events.clear(now=timezone.now())
