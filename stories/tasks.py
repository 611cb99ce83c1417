"""Background work of this room."""

from celery import shared_task
from django.utils import timezone

from stories import actions, daily, keeping, reminding, search
from stories.actions import attempts


@shared_task
def clear_kept_texts():
    """What nobody came back for within a day is deleted."""
    keeping.clear(now=timezone.now())


@shared_task
def ask_what_happened_since():
    """Six months on, one mail a story. Lost or doubled, it changes nothing."""
    reminding.ask_what_happened_since(now=timezone.now())


@shared_task
def tell_tellers():
    """At most one mail a day to a teller whose stories somebody has answered."""
    reminding.tell_tellers(now=timezone.now())


@shared_task
def tell_moderators():
    """The mail at eight. Lost or doubled, it changes nothing."""
    daily.tell_moderators(now=timezone.now())


@shared_task
def send_reminders():
    """Tellers who asked for it are reminded of their drafts."""
    actions.send_reminders(now=timezone.now())


@shared_task
def remind_of_attempts():
    """On the morning that they chose. Lost or doubled, it changes nothing."""
    attempts.remind(now=timezone.now())


@shared_task
def reindex():
    """Each night, for what no ceremony saw: a row that is right is left alone."""
    search.reindex()


@shared_task
def blur_bylines(always=True):
    """After the directory has changed. Running twice, or after days of not running, blurs the same ones."""
    actions.blur(always=always)


@shared_task
def ask_again():
    """Whether stories may stay. Running twice, or after days of not running, asks nobody twice."""
    actions.ask_again(now=timezone.now())


@shared_task
def clear_askings():
    """What was typed for somebody who did not take it, and old invitations, are deleted."""
    actions.clear_askings(now=timezone.now())
