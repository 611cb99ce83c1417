"""What a moderator decides: approve, ask for changes, take down."""

from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState

from stories import emails, search
from stories.actions import first_reading
from stories.actions.ground import (
    HIDING,
    CannotDecide,
    delete_photos,
    end_hiding,
    lock,
    note_opening,
    tells,
    unpublish,
    workflow_state,
)
from stories.actions.staying import approve_words
from stories.models import Audience, yeses_to_what_waits


def _decision(row, *, by, revision):
    """The task that waits for this decision; raises CannotDecide where it is not this moderator's to make, or too late.

    `revision` is the key of the version that the moderator read (None: whichever was sent).
    """
    state = workflow_state(row, WorkflowState.STATUS_IN_PROGRESS)
    if state is None:
        raise CannotDecide(_what_came_first(row))
    if tells(by, row):
        raise CannotDecide(gettext("This is your own story: another moderator decides about it."))
    if row.locked and row.locked_by_id != by.pk:
        raise CannotDecide(
            gettext("%(who)s keeps this story to decide about it.") % {"who": row.locked_by or gettext("Somebody")}
        )
    task_state = state.current_task_state.specific
    # Wagtail publishes the latest version; only what a moderator read may go live.
    if row.latest_revision_id != task_state.revision_id or revision not in {None, task_state.revision_id}:
        raise CannotDecide(gettext("This story has changed since you opened it. Read it again before you decide."))
    return task_state


def _what_came_first(row):
    done = TaskState.objects.for_instance(row).exclude(status=TaskState.STATUS_SKIPPED)
    last = done.select_related("finished_by").order_by("-pk").first()
    if last and last.status == TaskState.STATUS_APPROVED:
        return gettext("%(who)s has already approved this story.") % {"who": last.finished_by or gettext("Somebody")}
    if last and last.status == TaskState.STATUS_REJECTED:
        who = last.finished_by or gettext("Somebody")
        return gettext("%(who)s has already asked for changes to this story.") % {"who": who}
    return gettext("The teller has taken this story back.")


def _unlock(row):
    row.locked, row.locked_by, row.locked_at = False, None, None
    row.save(update_fields=["locked", "locked_by", "locked_at"])


@transaction.atomic
def approve(story, *, by, now, comment="", revision=None):
    """A moderator lets the story, or its edit, go live. What the teller asked to widen widens now.

    Where another moderator has to read it too it waits on, for the second yes. `revision` is the key of the version
    that the moderator read. Raises CannotDecide.
    """
    row = lock(story)
    task_state = _decision(row, by=by, revision=revision)
    if row.lacks_their_word:
        raise CannotDecide(gettext("Somebody whose story it is too has yet to say yes to this version."))
    if row.lacks_its_group():
        raise CannotDecide(gettext("The group that it is for does not read it any more: ask its teller who should."))
    if yeses_to_what_waits(row).filter(finished_by=by).exists():
        raise CannotDecide(gettext("You have said yes to this version already. Another moderator reads it too."))
    was_sensitive = row.is_sensitive
    first_time = row.first_published_at is None
    _unlock(row)
    task_state.approve(user=by, comment=comment)
    row = lock(story)
    if row.is_in_moderation:
        first_reading.hand_to_second(row, now=now)
        return row
    approve_words(row, by=by, now=now)
    return _go_live(row, was_sensitive=was_sensitive, first_time=first_time, now=now)


def _go_live(row, *, was_sensitive, first_time, now):
    row.byline = row.wanted_byline or row.byline
    row.audience = row.wanted_audience or row.audience
    row.wanted_byline = row.wanted_audience = ""
    row.coalition_id = row.coalition_id if row.audience == Audience.COALITION else None
    row.sensitive_in_edit = False
    row.blurred = row.would_be_blurred
    if was_sensitive or row.is_sensitive:
        # Nobody could look at them: they are not approved, and not kept for a day when it is less sensitive.
        delete_photos(row)
    row.photos.approve(now=now)
    if row.hidden_for_check:
        row.hidden_at, row.hidden_for_check = None, False
    reach = ["byline", "audience", "coalition", "wanted_byline", "wanted_audience"]
    row.save(update_fields=[*reach, "sensitive_in_edit", "blurred", "hidden_at", "hidden_for_check"])
    note_opening(row, now=now)
    row.coauthors.current().filter(wants_name=True).update(named=True)
    search.refresh(row)
    emails.story_live(row, first_time=first_time, now=now)
    return row


@transaction.atomic
def ask_for_changes(story, *, by, now, comment, revision=None):
    """A moderator sends the story back with a reason that the author can read. Raises CannotDecide."""
    row = lock(story)
    task_state = _decision(row, by=by, revision=revision)
    _unlock(row)
    task_state.reject(user=by, comment=comment)
    row.forget_moderation()
    emails.changes_asked(row, now=now)
    return row


@transaction.atomic
def take_down(story, *, by, now, reason):
    """A moderator takes a published story off every surface; its author is told why, and keeps it as a draft."""
    row = lock(story)
    if not row.live:
        raise CannotDecide(gettext("This story is no longer published."))
    # Its edit goes back too, and the wish for more readers: the next approval must not grant what was asked before.
    for state in row.workflow_states.active():
        state.cancel(user=by)
    _unlock(row)
    row = unpublish(row, now=now)
    log(instance=row, action="stories.take_down", user=by, timestamp=now, data={"reason": reason})
    end_hiding(row)
    row.wanted_byline = row.wanted_audience = ""
    row.save(update_fields=[*HIDING, "wanted_byline", "wanted_audience"])
    row.forget_moderation()
    search.refresh(row)
    emails.story_taken_down(row, reason=reason, now=now)
    return row
