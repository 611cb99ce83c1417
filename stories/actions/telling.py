"""What the teller does with what they wrote: send, take back, hide, withdraw, choose who reads it."""

from django.db import transaction
from wagtail.models import WorkflowState

from members.models import User
from stories import emails, search
from stories.actions import first_reading, trusting
from stories.actions.ground import InModeration, NotAMember, NotReady, lock, unpublish, workflow_state
from stories.models import AUDIENCE_WIDTH, BYLINE_WIDTH
from stories.trust import reasons_to_wait


@transaction.atomic
def send(story, *, by, now, hide=False, publish_first=False):
    """Ask a moderator to let the draft, or the edit of a live story, go live. `hide` hides the live one meanwhile.

    `publish_first`: the teller was told that it goes live at once, which it does unless there is a reason to wait.

    Sending twice is sending once. Raises NotAMember or NotReady.
    """
    if not by.is_member:
        raise NotAMember
    row = lock(story)
    if row.is_in_moderation:
        return row
    version = row.get_latest_revision_as_object()
    missing = version.missing_to_send()
    if missing:
        raise NotReady(missing)
    row.reminders.all().delete()
    if publish_first and not hide and not reasons_to_wait(version):
        return trusting.publish_first(row, now=now)
    _start_moderation(row, now=now)
    row.withdrawn_at = None
    if hide and row.live and not row.hidden_at:
        row.hidden_at, row.hidden_for_check = now, True
    row.save(update_fields=["withdrawn_at", "hidden_at", "hidden_for_check"])
    search.refresh(row)
    emails.story_sent(row, now=now)
    return row


def _start_moderation(row, *, now):
    teller = User.objects.teller()
    asked = workflow_state(row, WorkflowState.STATUS_NEEDS_CHANGES)
    if asked:
        asked.resume(user=teller)
    else:
        row.get_workflow().start(row, teller)
    row.forget_moderation()
    first_reading.assign(row, now=now)


@transaction.atomic
def take_back(story, *, by, now):
    """The author wants it back from moderation to change it; it is a draft again."""
    row = lock(story)
    state = workflow_state(row, WorkflowState.STATUS_IN_PROGRESS)
    if state:
        state.cancel(user=User.objects.teller())
        row.forget_moderation()
    return row


@transaction.atomic
def withdraw(story, *, by, now):
    """The author takes the story away from every surface, at once; it stays theirs as a draft.

    Doing it twice is doing it once, and a draft that nobody else could read has nothing to be withdrawn from.
    """
    row = lock(story)
    if not row.can_be_withdrawn:
        return row
    teller = User.objects.teller()
    for state in row.workflow_states.active():
        state.cancel(user=teller)
    if row.live:
        row = unpublish(row)
    row.withdrawn_at, row.hidden_at, row.hidden_for_check = now, None, False
    row.wanted_byline = row.wanted_audience = ""
    row.save(update_fields=["withdrawn_at", "hidden_at", "hidden_for_check", "wanted_byline", "wanted_audience"])
    row.forget_moderation()
    search.refresh(row)
    row.reminders.all().delete()
    emails.story_withdrawn(row, now=now)
    return row


@transaction.atomic
def hide(story, *, by, now):
    """The author hides a live story from everybody, at once, until they show it again."""
    row = lock(story)
    if row.live:
        row.hidden_at, row.hidden_for_check = row.hidden_at or now, False
        row.save(update_fields=["hidden_at", "hidden_for_check"])
        search.refresh(row)
    return row


@transaction.atomic
def show(story, *, by, now):
    """The author ends the hiding of a live story."""
    row = lock(story)
    row.hidden_at, row.hidden_for_check = None, False
    row.save(update_fields=["hidden_at", "hidden_for_check"])
    search.refresh(row)
    return row


@transaction.atomic
def set_reach(story, *, byline, audience, by, now):
    """How the teller is named and who can read it: narrower at once, wider only once a moderator approves.

    Before a story is live nobody has read it, so both are simply set. What waits for a moderator stands in
    `wanted_byline` and `wanted_audience`; a live story without an unsent edit is sent for that alone.
    Raises InModeration when a moderator who is reading would be shown less than is approved.
    """
    row = lock(story)
    wider = BYLINE_WIDTH[byline] > BYLINE_WIDTH[row.byline] or AUDIENCE_WIDTH[audience] > AUDIENCE_WIDTH[row.audience]
    if wider and row.is_in_moderation:
        raise InModeration
    row.byline, row.wanted_byline = _reach(row, row.byline, byline, BYLINE_WIDTH)
    row.audience, row.wanted_audience = _reach(row, row.audience, audience, AUDIENCE_WIDTH)
    row.save(update_fields=["byline", "wanted_byline", "audience", "wanted_audience"])
    search.refresh(row)
    if row.waits_for_wider_reach and not row.has_unpublished_changes and by.is_member:
        _start_moderation(row, now=now)
        emails.story_sent(row, now=now)
    return row


def _reach(story, current, wanted, width):
    if not story.live or width[wanted] <= width[current]:
        return wanted, ""
    return current, wanted
