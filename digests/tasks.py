"""Background work of this room."""

from celery import shared_task

from digests import actions


@shared_task
def tick():
    """Each minute, and when staff send a letter by hand. Lost or doubled, it changes nothing."""
    actions.tick()
