"""Background work of this room. Lost or doubled, each of these changes nothing."""

from celery import shared_task
from django.utils import timezone

from networks import reminding


@shared_task
def end_introductions():
    """Those whose day has passed."""
    reminding.end(now=timezone.now())


@shared_task
def ask_how_it_went():
    """Six weeks after two have met."""
    reminding.ask_how_it_went(now=timezone.now())


@shared_task
def remind_of_gatherings():
    """On the morning before."""
    reminding.remind_of_gatherings(now=timezone.now())


@shared_task
def clear_introductions():
    """Asked, not met, and past the time in which nobody is asked again."""
    reminding.clear(now=timezone.now())
