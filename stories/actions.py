"""What can happen to a story: the ceremonies that touch more than one model or tell somebody.

Each takes who acts (`by`, a User) and when (`now`, an aware datetime), runs in one transaction, and locks the story's
row first, so that two of them never interleave. Wagtail's records carry the teller's account, never the author's.
"""

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState

from members.models import User
from members.models.user import TELLER_EMAIL
from stories import emails
from stories.models import AUDIENCE_WIDTH, BYLINE_WIDTH, Edit, Story


class InModeration(Exception):
    """A moderator is reading the story: take it back before changing it."""


class NotReady(Exception):
    """The story lacks answers that sending needs; `.missing` names the fields."""

    def __init__(self, missing):
        super().__init__(", ".join(missing))
        self.missing = missing


class CannotDecide(Exception):
    """A moderator's decision that cannot stand; the message says why, in words for the moderator."""


class NotAMember(Exception):
    """Only members in good standing send stories: whoever waits to be let in may write meanwhile."""


class SavedElsewhere(Exception):
    """Another save came first; `.current` is the story as that save left it."""

    def __init__(self, current):
        super().__init__("Saved elsewhere")
        self.current = current


def _lock(story):
    """The row as it is now, locked until the transaction ends."""
    decided = TaskState.objects.filter(revision=OuterRef("latest_revision"))
    rows = Story.objects.with_moderation().annotate(was_sent=Exists(decided)).select_related("latest_revision__user")
    return rows.select_for_update(of=("self",)).get(pk=story.pk)


def _state(story, *statuses):
    return story.workflow_states.filter(status__in=statuses).order_by("-created_at").first()


@transaction.atomic
def jot(*, author, title, noticed, now, jot_key=None):
    """Begin a story: a line to recognise it by and what was noticed. Only its author sees it.

    `jot_key` is the one-time key of the form: the same form sent again finds the story it began, and a text that was
    changed in between changes the draft, or begins another one where the first has already grown.
    """
    begun = author.stories.with_moderation().filter(jot_key=jot_key).first() if jot_key else None
    if begun is None:
        return _begin(author, title, noticed, jot_key, now)
    if (begun.title, begun.noticed) == (title, noticed):
        return begun
    if begun.edit_number > 1 or begun.is_in_moderation:
        return _begin(author, title, noticed, None, now)
    begun.title, begun.noticed = title, noticed
    return save_draft(begun, by=author, now=now)


def _begin(author, title, noticed, jot_key, now):
    story = Story(author=author, title=title, noticed=noticed, jot_key=jot_key, created_at=now, edit_number=1)
    try:
        with transaction.atomic():
            story.save()
    except IntegrityError:
        # The same form, sent twice at once: the other request was first, and its words are the same.
        return author.stories.get(jot_key=jot_key)
    story.save_revision(user=User.objects.teller(), clean=False)
    Edit.objects.create(story=story, member=author, edit_number=1, saved_at=now)
    return story


@transaction.atomic
def save_draft(story, *, by, now):
    """Keep what the author typed, as one revision however often they save.

    `story` holds the new values and the `edit_number` that its form was made from. Who reads it, how it is named and
    what else stands outside revisions is not changed here.
    Raises InModeration, or SavedElsewhere when another save came between.
    """
    row = _lock(story)
    if row.is_in_moderation:
        raise InModeration
    if row.edit_number != story.edit_number:
        raise SavedElsewhere(row.get_latest_revision_as_object())
    story.take_outside_from(row)
    story.edit_number += 1
    if row.live:
        Story.objects.filter(pk=row.pk).update(edit_number=story.edit_number)
    else:
        # While nobody else can read it the row follows the draft: its pages and lists need no revisions.
        story.save()
    revision = _reusable_revision(row)
    teller = revision.user if revision else User.objects.teller()
    story.save_revision(user=teller, clean=False, overwrite_revision=revision)
    Edit.objects.create(story=story, member=by, edit_number=story.edit_number, saved_at=now)
    return story


def _reusable_revision(row):
    """The teller's latest revision, unless it is the live one or a moderator has been asked about it."""
    revision = row.latest_revision
    if revision is None or revision.pk == row.live_revision_id or row.was_sent:
        return None
    return revision if revision.user and revision.user.email == TELLER_EMAIL else None


@transaction.atomic
def send(story, *, by, now, hide=False):
    """Ask a moderator to let the draft, or the edit of a live story, go live. `hide` hides the live one meanwhile.

    Sending twice is sending once. Raises NotAMember or NotReady.
    """
    if not by.is_member:
        raise NotAMember
    row = _lock(story)
    if row.is_in_moderation:
        return row
    missing = row.get_latest_revision_as_object().missing_to_send()
    if missing:
        raise NotReady(missing)
    _start_moderation(row)
    row.withdrawn_at = None
    if hide and row.live and not row.hidden_at:
        row.hidden_at, row.hidden_for_check = now, True
    row.save(update_fields=["withdrawn_at", "hidden_at", "hidden_for_check"])
    emails.story_sent(row, now=now)
    return row


def _start_moderation(row):
    teller = User.objects.teller()
    asked = _state(row, WorkflowState.STATUS_NEEDS_CHANGES)
    if asked:
        asked.resume(user=teller)
    else:
        row.get_workflow().start(row, teller)
    row.forget_moderation()


@transaction.atomic
def take_back(story, *, by, now):
    """The author wants it back from moderation to change it; it is a draft again."""
    row = _lock(story)
    state = _state(row, WorkflowState.STATUS_IN_PROGRESS)
    if state:
        state.cancel(user=User.objects.teller())
        row.forget_moderation()
    return row


def _decision(row, *, by, revision):
    """The task that waits for this decision; raises CannotDecide where it is not this moderator's to make, or too late.

    `revision` is the key of the version that the moderator read (None: whichever was sent).
    """
    state = _state(row, WorkflowState.STATUS_IN_PROGRESS)
    if state is None:
        raise CannotDecide(_what_came_first(row))
    if row.author_id == by.pk and not row.source_url:
        raise CannotDecide("This is your own story: another moderator decides about it.")
    if row.locked and row.locked_by_id != by.pk:
        raise CannotDecide(f"{row.locked_by or 'Somebody'} keeps this story to decide about it.")
    task_state = state.current_task_state.specific
    # Wagtail publishes the latest version; only what a moderator read may go live.
    if row.latest_revision_id != task_state.revision_id or revision not in {None, task_state.revision_id}:
        raise CannotDecide("This story has changed since you opened it. Read it again before you decide.")
    return task_state


def _what_came_first(row):
    last = TaskState.objects.for_instance(row).select_related("finished_by").order_by("-pk").first()
    if last and last.status == TaskState.STATUS_APPROVED:
        return f"{last.finished_by or 'Somebody'} has already approved this story."
    if last and last.status == TaskState.STATUS_REJECTED:
        return f"{last.finished_by or 'Somebody'} has already asked for changes to this story."
    return "The teller has taken this story back."


def _unlock(row):
    row.locked, row.locked_by, row.locked_at = False, None, None
    row.save(update_fields=["locked", "locked_by", "locked_at"])


@transaction.atomic
def approve(story, *, by, now, comment="", revision=None):
    """A moderator lets the story, or its edit, go live. What the teller asked to widen widens now.

    `revision` is the key of the version that the moderator read. Raises CannotDecide.
    """
    row = _lock(story)
    task_state = _decision(row, by=by, revision=revision)
    first_time = row.first_published_at is None
    _unlock(row)
    task_state.approve(user=by, comment=comment)
    row = _lock(story)
    row.byline = row.wanted_byline or row.byline
    row.audience = row.wanted_audience or row.audience
    row.wanted_byline = row.wanted_audience = ""
    if row.hidden_for_check:
        row.hidden_at, row.hidden_for_check = None, False
    row.save(update_fields=["byline", "audience", "wanted_byline", "wanted_audience", "hidden_at", "hidden_for_check"])
    emails.story_live(row, first_time=first_time, now=now)
    return row


@transaction.atomic
def ask_for_changes(story, *, by, now, comment, revision=None):
    """A moderator sends the story back with a reason that the author can read. Raises CannotDecide."""
    row = _lock(story)
    task_state = _decision(row, by=by, revision=revision)
    _unlock(row)
    task_state.reject(user=by, comment=comment)
    row.forget_moderation()
    emails.changes_asked(row, reason=comment, now=now)
    return row


def _unpublish(row):
    """Takes a live story off every surface. Whoever may, has been asked already: an author has no right to publish."""
    newest = row.get_latest_revision_as_object()
    row.unpublish(log_action=False)
    if newest is row:
        return row
    # A row that is not live follows the draft: an edit that was waiting must not be lost behind it.
    newest.take_outside_from(row)
    newest.live, newest.live_revision = False, None
    newest.save()
    return newest


@transaction.atomic
def take_down(story, *, by, now, reason):
    """A moderator takes a published story off every surface; its author is told why, and keeps it as a draft."""
    row = _lock(story)
    if not row.live:
        raise CannotDecide("This story is no longer published.")
    row = _unpublish(row)
    log(instance=row, action="stories.take_down", user=by, timestamp=now, data={"reason": reason})
    row.hidden_at, row.hidden_for_check = None, False
    row.save(update_fields=["hidden_at", "hidden_for_check"])
    emails.story_taken_down(row, reason=reason, now=now)
    return row


@transaction.atomic
def withdraw(story, *, by, now):
    """The author takes the story away from every surface, at once; it stays theirs as a draft.

    Doing it twice is doing it once, and a draft that nobody else could read has nothing to be withdrawn from.
    """
    row = _lock(story)
    if not row.can_be_withdrawn:
        return row
    teller = User.objects.teller()
    for state in row.workflow_states.active():
        state.cancel(user=teller)
    if row.live:
        row = _unpublish(row)
    row.withdrawn_at, row.hidden_at, row.hidden_for_check = now, None, False
    row.wanted_byline = row.wanted_audience = ""
    row.save(update_fields=["withdrawn_at", "hidden_at", "hidden_for_check", "wanted_byline", "wanted_audience"])
    row.forget_moderation()
    emails.story_withdrawn(row, now=now)
    return row


@transaction.atomic
def hide(story, *, by, now):
    """The author hides a live story from everybody, at once, until they show it again."""
    row = _lock(story)
    if row.live:
        row.hidden_at, row.hidden_for_check = row.hidden_at or now, False
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

    Before a story is live nobody has read it, so both are simply set. What waits for a moderator stands in
    `wanted_byline` and `wanted_audience`; a live story without an unsent edit is sent for that alone.
    Raises InModeration when a moderator who is reading would be shown less than is approved.
    """
    row = _lock(story)
    wider = BYLINE_WIDTH[byline] > BYLINE_WIDTH[row.byline] or AUDIENCE_WIDTH[audience] > AUDIENCE_WIDTH[row.audience]
    if wider and row.is_in_moderation:
        raise InModeration
    row.byline, row.wanted_byline = _reach(row, row.byline, byline, BYLINE_WIDTH)
    row.audience, row.wanted_audience = _reach(row, row.audience, audience, AUDIENCE_WIDTH)
    row.save(update_fields=["byline", "wanted_byline", "audience", "wanted_audience"])
    if row.waits_for_wider_reach and not row.has_unpublished_changes and by.is_member:
        _start_moderation(row)
        emails.story_sent(row, now=now)
    return row


def _reach(story, current, wanted, width):
    if not story.live or width[wanted] <= width[current]:
        return wanted, ""
    return current, wanted
