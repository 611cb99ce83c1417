"""What waits for a moderator, in the order it came."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext
from wagtail.models import Revision, TaskState, WorkflowState

from practices.models import Boundary
from stories.models import Audience, Byline, FirstReading, Story, StoryBoundary, StoryPhoto
from stories.moderators import moderators
from stories.permissions import on_the_desk

TASKS = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
# As `yeses_to_what_waits` has them for one story.
YESES = TaskState.objects.filter(
    status=TaskState.STATUS_APPROVED, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
)


def waiting_for(user):
    """The stories that wait, longest first, each with `sent_id` and `sent_at` of the version that was sent."""
    task = TASKS.filter(
        revision__base_content_type__app_label="stories",
        revision__base_content_type__model="story",
        revision__object_id=Cast(OuterRef("pk"), models.CharField()),
    ).order_by("-pk")
    told_before = Story.objects.filter(author=OuterRef("author"), first_published_at__isnull=False)
    carries_danger = StoryBoundary.objects.filter(content_object=OuterRef("pk"), tag__sensitive=True)
    said = YESES.filter(revision=OuterRef("sent_id")).order_by("-pk")
    return (
        on_the_desk(user)
        .in_moderation()
        .annotate(
            sent_id=Subquery(task.values("revision_id")[:1]),
            sent_at=Subquery(task.values("started_at")[:1]),
            told_before=Exists(told_before),
            carries_danger=Exists(carries_danger),
            has_yes=Exists(said),
            yes_by=Subquery(said.values("finished_by")[:1]),
            yes_at=Subquery(said.values("finished_at")[:1]),
            adds_photo=Exists(StoryPhoto.objects.waiting().filter(story=OuterRef("pk"))),
        )
        .select_related("first_reading__moderator")
        .order_by("sent_at", "pk")
    )


def touching(stories, boundary):
    """Those that carry the boundary, or whose waiting version does."""
    tagged = Revision.objects.filter(
        pk=OuterRef("sent_id"), content__tagged_boundaries__contains=[{"tag": boundary.pk}]
    )
    carrying = StoryBoundary.objects.filter(tag=boundary).values("content_object")
    return stories.filter(Q(pk__in=carrying) | Exists(tagged))


@dataclass(frozen=True)
class Waiting:
    """One line of the queue. It has no place for a name."""

    pk: int
    slug: str
    revision: int
    title: str
    boundaries: list[str]
    since: datetime
    notes: list[str]
    reading: FirstReading | None
    alone: bool = False


def lines(stories, moderator):
    """The lines for a page of waiting stories as this moderator meets them, in a fixed number of queries."""
    stories = list(stories)
    sent = Revision.objects.in_bulk([story.sent_id for story in stories])
    words = Boundary.objects.in_bulk()
    alone = not moderators().exclude(pk=moderator.pk).exists()
    return [_line(story, sent[story.sent_id].content, words, moderator, alone) for story in stories]


def _line(story, told, words, moderator, alone):
    tagged = [words[tag["tag"]] for tag in told["tagged_boundaries"] if tag["tag"] in words]
    return Waiting(
        pk=story.pk,
        slug=story.slug,
        revision=story.sent_id,
        title=told["title"],
        boundaries=sorted(boundary.name for boundary in tagged),
        since=story.sent_at,
        notes=[*notes(story), *readers(story, tagged, moderator, alone)],
        reading=getattr(story, "first_reading", None),
        alone=needs_a_look_of_its_own(story, tagged),
    )


def needs_a_look_of_its_own(story, boundaries):
    """Never approved among many: where being recognised is a danger, where a photo has to be looked at, or where more
    people would read or know."""
    return needs_two_readers(story, boundaries) or story.has_yes or story.waits_for_wider_reach or story.adds_photo


def needs_two_readers(story, boundaries):
    """As `SecondReading.is_needed` has it for the version that carries these boundaries."""
    return any(boundary.sensitive for boundary in boundaries) or (story.live and story.carries_danger)


def readers(story, boundaries, moderator, alone):
    """Whose yes has been said, where two are needed; `alone`: nobody else moderates, whoever told the story. Which of
    the others could say one is not told: it might tell who told it."""
    if not (story.has_yes or needs_two_readers(story, boundaries)):
        return []
    lacks = gettext(", and nobody else moderates here") if alone else ""
    if not story.has_yes:
        return [gettext("Needs two readers%(lacks)s") % {"lacks": lacks}]
    mine = story.yes_by == moderator.pk
    return [
        gettext("You said yes: waits for another reader%(lacks)s") % {"lacks": lacks}
        if mine
        else gettext("Waits for a second reader")
    ]


def notes(story):
    """What a moderator should know before opening it."""
    found = [gettext("Edit of a published story") if story.live else gettext("New story")]
    if not story.told_before and not story.source_url:
        found.append(gettext("First story of this teller"))
    if story.hidden_for_check:
        found.append(gettext("Hidden until you decide"))
    if story.adds_photo:
        found.append(gettext("Adds a photo"))
    return found + wishes(story)


def wishes(story):
    """What the teller asks to widen with this version."""
    found = []
    if story.wanted_byline:
        found.append(gettext("Asks to be named: %(label)s") % {"label": Byline(story.wanted_byline).label})
    if story.wanted_audience:
        found.append(gettext("Asks for more readers: %(label)s") % {"label": Audience(story.wanted_audience).label})
    return found
