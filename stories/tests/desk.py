"""What the tests of the moderators' pages share."""

from datetime import timedelta
from html import unescape

from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from stories import actions
from stories.models import Story
from stories.tests.factories import answered_for, edit_of

SNIPPET = "wagtailsnippets_stories_story"
QUEUE = "/admin/moderation/"


def fresh(story):
    return Story.objects.get(pk=story.pk)


def now():
    return timezone.now()


def page(answer):
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def review(story):
    return reverse("stories_staff:review", args=[story.slug])


def verb(name, story):
    return reverse(f"stories_staff:{name}", args=[story.slug])


def version(story):
    return fresh(story).latest_revision_id


def waiting_since(story, *, days):
    TaskState.objects.for_instance(story).update(started_at=now() - timedelta(days=days, minutes=1))


def send_edit(story, **answers):
    edit_of(story, **answers)
    actions.send(answered_for(story), by=story.author, now=now())


def titles(answer):
    return [line.title for line in answer.context["lines"]]
