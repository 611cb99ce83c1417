"""What the teller does with what they wrote: send, take back, hide, withdraw, choose who reads it."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import WorkflowState

from members.models import User
from networks.actions import inside
from networks.models import Coalition
from stories import emails, recognising, search
from stories.actions import first_reading, trusting
from stories.actions.ground import (
    HIDING,
    InModeration,
    NotAMember,
    NotReady,
    OtherReaders,
    end_hiding,
    lock,
    unpublish,
    workflow_state,
)
from stories.models import AUDIENCE_WIDTH, BYLINE_WIDTH, Audience, SecondReading
from stories.models.agreeing import LASTS
from stories.trust import reasons_to_wait


@transaction.atomic
def send(story, *, by, now, hide=False, publish_first=False):
    """Ask a moderator to let the draft, or the edit of a live story, go live. `hide` hides the live one meanwhile.

    `publish_first`: the teller was told that it goes live at once, which it does unless there is a reason to wait.

    Sending twice is sending once. Raises NotAMember, or NotReady: also where a word that can lead straight to a person
    is neither taken out nor answered for.
    """
    if not by.is_member:
        raise NotAMember
    row = lock(story)
    if row.is_in_moderation:
        return row
    version = row.get_latest_revision_as_object()
    recognising.hand_on(story, version)
    missing = version.missing_to_send()
    if recognising.look(version).asked_about:
        missing.append("words")
    if missing:
        raise NotReady(missing)
    row.reminders.all().delete()
    if not row.live:
        row.blurred = version.would_be_blurred
        row.save(update_fields=["blurred"])
    _renew_consent(row, today=timezone.localdate(now))
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


def _renew_consent(row, *, today):
    """Whoever sends a story agrees to it now: for a year, unless they chose a day that is still to come."""
    if not row.live and (row.review_date is None or row.review_date <= today):
        row.review_date = today + LASTS
        row.save(update_fields=["review_date"])


def _start_moderation(row, *, now):
    teller = User.objects.teller()
    asked = workflow_state(row, WorkflowState.STATUS_NEEDS_CHANGES)
    if asked and not SecondReading.objects.filter(pk=asked.current_task_state.task_id).exists():
        asked.resume(user=teller)
    else:
        if asked:
            # The second reader asked: whatever is sent again is read from the beginning.
            asked.cancel(user=teller)
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
        row = unpublish(row, now=now)
    row.withdrawn_at = now
    end_hiding(row)
    row.wanted_byline = row.wanted_audience = ""
    row.save(update_fields=["withdrawn_at", *HIDING, "wanted_byline", "wanted_audience"])
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
    """The author ends the hiding of a live story; not one that is held until a moderator has read a concern, and not
    one that silence hid: there only `agree_again` does."""
    row = lock(story)
    if not (row.is_held or row.hidden_for_review):
        row.hidden_at, row.hidden_for_check = None, False
        row.save(update_fields=["hidden_at", "hidden_for_check"])
        search.refresh(row)
    return row


@transaction.atomic
def set_reach(story, *, byline, audience, by, now, search_engines=None, coalition=None, may_quote=None):
    """How the teller is named and who can read it: narrower at once, wider only once a moderator approves.

    Whether search engines may show it, and whether reports may quote it, counts at once either way: who may read it
    stays as it is.
    Before a story is live nobody has read it, so both are simply set. What waits for a moderator stands in
    `wanted_byline` and `wanted_audience`; a live story without an unsent edit is sent for that alone.
    `coalition`: for one group only, which. A live story for one goes to no other: who answered it wrote for that one.
    Raises InModeration when a moderator who is reading would be shown less than is approved, and OtherReaders.
    """
    row = lock(story)
    coalition = _group(row, coalition, by) if audience == Audience.COALITION else None
    wider = BYLINE_WIDTH[byline] > BYLINE_WIDTH[row.byline] or AUDIENCE_WIDTH[audience] > AUDIENCE_WIDTH[row.audience]
    if wider and row.is_in_moderation:
        raise InModeration
    # A name that goes must not bring the story back to a group that it left with its teller.
    gone = row.live and byline != row.byline and not row.reaches_its_group()
    row.byline, row.wanted_byline = _reach(row, row.byline, byline, BYLINE_WIDTH)
    row.audience, row.wanted_audience = _reach(row, row.audience, audience, AUDIENCE_WIDTH)
    if row.audience != Audience.COALITION or coalition:
        row.coalition = coalition
    if gone:
        row.coalition = None
    row.search_engines = search_engines or row.search_engines
    row.may_quote = may_quote or row.may_quote
    # What was blurred while it was unnamed stays so until a moderator has read it again.
    row.blurred = row.would_be_blurred or (row.live and row.is_unnamed and row.blurred)
    reach = ["byline", "wanted_byline", "audience", "wanted_audience", "coalition", "search_engines", "may_quote"]
    row.save(update_fields=["blurred", *reach])
    search.refresh(row)
    may_go = by.is_member and not row.has_unpublished_changes and not row.lacks_their_word
    if row.waits_for_wider_reach and may_go:
        _start_moderation(row, now=now)
        emails.story_sent(row, now=now)
    return row


def _group(row, coalition, by):
    """The group as it is now, its row held: nobody is removed from it between this question and its answer."""
    if row.audience == Audience.COALITION and (coalition is None or coalition.pk == row.coalition_id):
        return row.coalition
    if coalition is None:
        raise OtherReaders
    held = inside.held(coalition)
    theirs = Coalition.objects.joined_by(by).going_on().filter(pk=held.pk)
    if (row.live and row.audience == Audience.COALITION) or not theirs.exists():
        raise OtherReaders
    return held


def _reach(story, current, wanted, width):
    if not story.live or width[wanted] <= width[current]:
        return wanted, ""
    return current, wanted
