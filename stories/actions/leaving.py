"""How a teller leaves a draft: to be reminded of it, or for good."""

from datetime import timedelta

from django.db import transaction

from stories import emails
from stories.actions.ground import CannotDelete, lock
from stories.models import KeptText, Reminder, Story, StoryLogEntry


@transaction.atomic
def remind(story, *, days, by, now):
    """Remind this teller of the draft in so many days, once; 0: not at all. Returns the reminder, or None.

    A story that is with a moderator, live or withdrawn is no draft: there is nothing to be reminded of.
    """
    row = lock(story)
    row.reminders.filter(member=by).delete()
    if not (days and row.is_being_written):
        return None
    return Reminder.objects.create(story=row, member=by, due_at=now + timedelta(days=days))


def send_reminders(*, now):
    """Mail what is due, each once, to whoever may still open what is still a draft. Returns how many rows were due."""
    done = 0
    while _send_next(now):
        done += 1
    return done


@transaction.atomic
def _send_next(now):
    due = Reminder.objects.due(now).select_related("member").select_for_update(skip_locked=True, of=["self"])
    reminder = due.first()
    if reminder is None:
        return False
    reminder.delete()
    member = reminder.member
    story = Story.objects.editable_by(member).with_moderation().filter(pk=reminder.story_id).first()
    if story and story.is_being_written and member.may_sign_in:
        emails.story_reminder(story, member=member, now=now)
    return True


@transaction.atomic
def delete(story, *, by, now):
    """Its author deletes a draft that was never live: with its versions, its log and everything beside it.

    Raises CannotDelete.
    """
    row = lock(story)
    if not row.can_be_deleted_by(by):
        raise CannotDelete
    KeptText.objects.filter(address__startswith=row.get_absolute_url()).delete()
    StoryLogEntry.objects.filter(content_type=row.get_base_content_type(), object_id=row.pk).delete()
    row.delete()
