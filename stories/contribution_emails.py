"""What is told by mail about things added to stories: neutral subjects, and not a word of them."""

from django.conf import settings
from django.urls import reverse

from members import outbox


def contribution_live(contribution, *, now):
    """A moderator has read it, and it is shown."""
    _tell(contribution, "contribution_live", now=now)


def contribution_refused(contribution, *, reason, now):
    """A moderator does not let it be shown, and says why."""
    _tell(contribution, "contribution_refused", now=now, reason=reason)


def contribution_taken_down(contribution, *, reason, now):
    """A moderator took it away again, and says why."""
    _tell(contribution, "contribution_taken_down", now=now, reason=reason)


def contribution_released(contribution, *, reason, now):
    """A moderator has read a concern about it and leaves it as it is."""
    _tell(contribution, "contribution_released", now=now, reason=reason)


def follow_up_asked(story, *, member, now):
    """Six months on: what has happened since? Once a story."""
    page = settings.SITE_URL + reverse("stories:follow_up", args=[story.slug])
    _compose("follow_up_asked", member=member, now=now, context={"follow_up_url": page})


def new_responses(stories, *, member, now):
    """Somebody has answered; at most once a day, and never who or what."""
    pages = [settings.SITE_URL + reverse("stories:responses", args=[story.slug]) for story in stories]
    _compose("new_responses", member=member, now=now, context={"pages": pages})


def _tell(contribution, name, *, now, **context):
    """One mail to whoever wrote it, if there still is somebody."""
    if contribution.author is None:
        return
    context["added_url"] = settings.SITE_URL + reverse("stories:added")
    _compose(name, member=contribution.author, now=now, context=context)


def _compose(name, *, member, now, context):
    outbox.compose(kind=f"stories.{name}", template=f"stories/{name}", member=member, now=now, context=context)
