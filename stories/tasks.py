"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from stories import actions, daily, keeping


@shared_task
def clear_kept_texts():
    """What nobody came back for within a day is deleted."""
    keeping.clear(now=timezone.now())


@shared_task
def tell_moderators():
    """The mail at eight. Lost or doubled, it changes nothing."""
    daily.tell_moderators(now=timezone.now())


@shared_task
def send_reminders():
    """Tellers who asked for it are reminded of their drafts."""
    actions.send_reminders(now=timezone.now())
