"""A moderator suggests other words, and the teller decides: nobody changes a teller's words silently."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from members.models import User
from stories import emails, search
from stories.actions.ground import CannotDecide, lock, tells, workflow_state
from stories.models import Story


class ChangedSince(Exception):
    """The text is no longer the one that other words were suggested for."""


@transaction.atomic
def suggest(story, *, field, after, reason, by, now):
    """Ask the teller for other words in one text: in the version that waits, else in the live one.

    Raises CannotDecide where it is one's own story, nothing would change, or an earlier suggestion waits.
    """
    row = lock(story)
    if not (row.is_in_moderation or row.live):
        raise CannotDecide(gettext("This story is neither waiting nor published."))
    if row.author_id is None or tells(by, row):
        raise CannotDecide(gettext("There is nobody else to ask about this story."))
    if row.suggestions.open().exists():
        raise CannotDecide(gettext("The teller has yet to answer an earlier suggestion."))
    before = getattr(_in_question(row), field)
    if before == after:
        raise CannotDecide(gettext("These are the words that stand there already."))
    row.suggestions.create(field=field, before=before, after=after, reason=reason, suggested_by=by, suggested_at=now)
    log(instance=row, action="stories.suggest", user=by, timestamp=now)
    emails.words_suggested(row, now=now)
    return row


@transaction.atomic
def answer_suggestion(story, *, suggestion, agreed, by, now):
    """The teller says yes or no. On yes the words stand in the version they were suggested for, as a new version.

    Answering twice changes nothing. Raises ChangedSince where the text has changed meanwhile: the suggestion ends.
    """
    row = lock(story)
    asked = row.suggestions.open().filter(pk=suggestion).first()
    if asked is None:
        return row
    asked.answered_at, asked.agreed = now, agreed
    if agreed:
        if getattr(_in_question(row), asked.field) != asked.before:
            raise ChangedSince
        _apply(row, asked, now=now)
    asked.save(update_fields=["answered_at", "agreed"])
    emails.suggestion_answered(row, to=asked.suggested_by, now=now)
    return lock(story)


@transaction.atomic
def end_suggestion(story, *, suggestion, now):
    """The text has changed since: what was suggested for it is of no use any more."""
    row = lock(story)
    row.suggestions.open().filter(pk=suggestion).update(answered_at=now, agreed=False)
    return row


def _in_question(row):
    """The version that a moderator reads: the one that waits, else the live one."""
    return row.get_latest_revision_as_object() if row.is_in_moderation else row


def _apply(row, asked, *, now):
    if row.is_in_moderation:
        _change_what_waits(row, asked)
    else:
        _change_what_is_live(row, asked)
    search.refresh(row)
    # Whoever has the draft open in a window is shown both texts.
    Story.objects.filter(pk=row.pk).update(words_agreed_at=now, edit_number=F("edit_number") + 1)


def _change_what_waits(row, asked):
    """The waiting version gets its words, as a version of its own: a moderator who has the old one open reads again."""
    version = row.get_latest_revision_as_object()
    setattr(version, asked.field, asked.after)
    if not row.live:
        Story.objects.filter(pk=row.pk).update(**{asked.field: asked.after})
    revision = version.save_revision(user=User.objects.teller(), clean=False)
    task = workflow_state(row, WorkflowState.STATUS_IN_PROGRESS).current_task_state
    task.revision = revision
    task.save(update_fields=["revision"])


def _change_what_is_live(row, asked):
    teller = User.objects.teller()
    draft = row.get_latest_revision_as_object()
    setattr(row, asked.field, asked.after)
    revision = row.save_revision(user=teller, clean=False)
    revision.publish(user=teller, skip_permission_checks=True, log_action=False)
    row.published_firsts.to_be_read().update(version=revision.pk)
    if draft is not row:
        # An edit that its teller has not sent stays the newest version, with the words that they agreed to.
        current = lock(row)
        draft.take_outside_from(current)
        if getattr(draft, asked.field) == asked.before:
            setattr(draft, asked.field, asked.after)
        draft.save_revision(user=teller, clean=False)
