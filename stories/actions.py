"""What can happen to a story: the ceremonies that touch more than one model or tell somebody.

Each takes who acts (`by`, a User) and when (`now`, an aware datetime), runs in one transaction, and locks the story's row
first, so that two of them never interleave. Wagtail's records carry the teller's account, never the author's.
"""

from django.db import transaction
from wagtail.models import TaskState, WorkflowState

from members.models import User
from stories import emails
from stories.models import AUDIENCE_WIDTH, BYLINE_WIDTH, Edit, Story


class InModeration(Exception):
    """A moderator is reading the story: take it back before changing it."""


class NotReady(Exception):
    """The story lacks answers that sending needs; `.missing` names the fields."""

    def __init__(self, missing):
        super().__init__(", ".join(missing))
        self.missing = missing


class SavedElsewhere(Exception):
    """Another save came first; `.current` is the story as that save left it."""

    def __init__(self, current):
        super().__init__("Saved elsewhere")
        self.current = current


def _lock(story):
    return Story.objects.select_for_update().get(pk=story.pk)


def _state(story, *statuses):
    return story.workflow_states.filter(status__in=statuses).order_by("-created_at").first()


def jot(*, author, title, noticed, now):
    """Begin a story: a line to recognise it by and what was noticed. Only its author sees it."""
    story = Story(author=author, title=title, noticed=noticed, created_at=now)
    return _start(story, by=author, now=now)


@transaction.atomic
def _start(story, *, by, now):
    story.edit_number = 1
    story.save()
    story.save_revision(user=User.objects.teller(), clean=False)
    Edit.objects.create(story=story, member=by, edit_number=1, saved_at=now)
    return story


@transaction.atomic
def save_draft(story, *, by, now):
    """Keep what the author typed, as one revision however often they save.

    `story` holds the new values and the `edit_number` that its form was made from.
    Raises InModeration, or SavedElsewhere when another save came between.
    """
    row = _lock(story)
    if row.is_in_moderation:
        raise InModeration
    if row.edit_number != story.edit_number:
        raise SavedElsewhere(row.get_latest_revision_as_object())
    story.edit_number += 1
    if row.live:
        Story.objects.filter(pk=row.pk).update(edit_number=story.edit_number)
    else:
        # While nobody else can read it the row follows the draft, so that lists of drafts need no revisions.
        story.save()
    teller = User.objects.teller()
    story.save_revision(user=teller, clean=False, overwrite_revision=_reusable_revision(row, teller))
    Edit.objects.create(story=story, member=by, edit_number=story.edit_number, saved_at=now)
    return story


def _reusable_revision(story, teller):
    """The author's latest revision, unless it is the live one or a moderator has read it."""
    revision = story.latest_revision
    if revision is None or revision.pk == story.live_revision_id or revision.user_id != teller.pk:
        return None
    if TaskState.objects.filter(revision=revision).exists():
        return None
    return revision


@transaction.atomic
def send(story, *, by, now, hide=False):
    """Ask a moderator to let the draft, or the edit of a live story, go live. `hide` hides the live one meanwhile.

    Sending twice is sending once. Raises NotReady.
    """
    row = _lock(story)
    if row.is_in_moderation:
        return row
    missing = row.get_latest_revision_as_object().missing_to_send()
    if missing:
        raise NotReady(missing)
    teller = User.objects.teller()
    asked = _state(row, WorkflowState.STATUS_NEEDS_CHANGES)
    if asked:
        asked.resume(user=teller)
    else:
        row.get_workflow().start(row, teller)
    row.withdrawn_at = None
    if hide and row.live:
        row.hidden_at, row.hidden_for_check = now, True
    row.save(update_fields=["withdrawn_at", "hidden_at", "hidden_for_check"])
    emails.story_sent(row, now=now)
    return row


@transaction.atomic
def take_back(story, *, by, now):
    """The author wants it back from moderation to change it; it is a draft again."""
    row = _lock(story)
    state = _state(row, WorkflowState.STATUS_IN_PROGRESS)
    if state:
        state.cancel(user=User.objects.teller())
    return row


@transaction.atomic
def approve(story, *, by, now, comment=""):
    """A moderator lets the story, or its edit, go live. What the teller asked to widen widens now."""
    row = _lock(story)
    state = _state(row, WorkflowState.STATUS_IN_PROGRESS)
    if state is None:
        return row
    first_time = row.first_published_at is None
    state.current_task_state.specific.approve(user=by, comment=comment)
    row = _lock(story)
    row.byline = row.wanted_byline or row.byline
    row.audience = row.wanted_audience or row.audience
    row.wanted_byline = row.wanted_audience = ""
    if row.hidden_for_check:
        row.hidden_at, row.hidden_for_check = None, False
    row.save(
        update_fields=["byline", "audience", "wanted_byline", "wanted_audience", "hidden_at", "hidden_for_check"]
    )
    emails.story_live(row, first_time=first_time, now=now)
    return row


@transaction.atomic
def ask_for_changes(story, *, by, now, comment):
    """A moderator sends the story back with a reason that the author can read."""
    row = _lock(story)
    state = _state(row, WorkflowState.STATUS_IN_PROGRESS)
    if state is None:
        return row
    state.current_task_state.specific.reject(user=by, comment=comment)
    emails.changes_asked(row, reason=comment, now=now)
    return row


@transaction.atomic
def withdraw(story, *, by, now):
    """The author takes the story away from every surface, at once; it stays theirs as a draft."""
    row = _lock(story)
    teller = User.objects.teller()
    for state in row.workflow_states.active():
        state.cancel(user=teller)
    if row.live:
        row.unpublish(user=teller)
    row.withdrawn_at, row.hidden_at, row.hidden_for_check = now, None, False
    row.save(update_fields=["withdrawn_at", "hidden_at", "hidden_for_check"])
    emails.story_withdrawn(row, now=now)
    return row


@transaction.atomic
def hide(story, *, by, now):
    """The author hides a live story from everybody, at once, until they show it again."""
    row = _lock(story)
    row.hidden_at, row.hidden_for_check = now, False
    row.save(update_fields=["hidden_at", "hidden_for_check"])
    return row


@transaction.atomic
def show(story, *, by, now):
    """The author ends the hiding of a live story."""
    row = _lock(story)
    row.hidden_at, row.hidden_for_check = None, False
    row.save(update_fields=["hidden_at", "hidden_for_check"])
    return row


@transaction.atomic
def set_reach(story, *, byline, audience, by, now):
    """How the teller is named and who can read it: narrower at once, wider only once a moderator approves.

    Before the story was ever live nobody has read it, so both are simply set. Returns the story; what waits for a
    moderator stands in `wanted_byline` and `wanted_audience`.
    """
    row = _lock(story)
    row.byline, row.wanted_byline = _reach(row, row.byline, byline, BYLINE_WIDTH)
    row.audience, row.wanted_audience = _reach(row, row.audience, audience, AUDIENCE_WIDTH)
    row.save(update_fields=["byline", "wanted_byline", "audience", "wanted_audience"])
    return row


def _reach(story, current, wanted, width):
    if not story.live or width[wanted] <= width[current]:
        return wanted, ""
    return current, wanted
