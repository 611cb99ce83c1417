"""What staff do about letters: their picks, and those that failed or are in doubt."""

from datetime import datetime

from django.db import transaction

from digests import running
from digests.models import Delivery, Glimpse, Handling, Issue
from members import suppressing
from members.models import Suppression
from stories.models import Story

State = Delivery.State
MOST_PICKS = 4


def pickable(user):
    """What may be picked for everybody: what this person may read, and never what one group keeps to itself."""
    return Story.objects.readable_by(user).beyond_one_group()


@transaction.atomic
def pick(issue: Issue, story: Story) -> bool:
    """Put a story first in the letter that is being prepared. False where that has gone, or where it has enough."""
    draft = Issue.objects.select_for_update().filter(pk=issue.pk, state=Issue.State.DRAFT).first()
    if draft is None or draft.picks.exclude(pk=story.pk).count() >= MOST_PICKS:
        return False
    draft.picks.add(story)
    return True


def unpick(issue: Issue, slug: str) -> None:
    issue.picks.remove(*issue.picks.filter(slug=slug))


@transaction.atomic
def mark_seen(delivery: Delivery, *, by, now: datetime) -> None:
    """Nothing more is to be done about it."""
    Handling.objects.create(delivery=delivery, by=by, at=now, what=Handling.What.SEEN)


@transaction.atomic
def send_again(delivery: Delivery, *, by, now: datetime, reason: str = "") -> bool:
    """Plan a letter once more that failed, or, with a reason, one of which nobody knows whether it arrived.

    False where it has ended otherwise by now, or its issue was cancelled. Its issue is open again until it is gone.
    """
    states = [State.FAILED, State.UNKNOWN] if reason else [State.FAILED]
    row = Delivery.objects.select_for_update().filter(pk=delivery.pk, state__in=states).first()
    open_again = [Issue.State.SENDING, Issue.State.PAUSED, Issue.State.DONE]
    issue = Issue.objects.select_for_update().filter(pk=delivery.issue_id, state__in=open_again).first()
    if row is None or issue is None:
        return False
    Handling.objects.create(delivery=row, by=by, at=now, what=Handling.What.AGAIN, reason=reason)
    Delivery.objects.filter(pk=row.pk).update(
        state=State.PLANNED, reason="", claimed_by="", planned_at=now, due_at=now, finished_at=None
    )
    if issue.state == Issue.State.DONE:
        Issue.objects.filter(pk=issue.pk).update(state=Issue.State.SENDING, done_at=None)
    transaction.on_commit(running.wake)
    return True


def lift(suppression: Suppression) -> bool:
    """Mail may go to this address again: never where its reader called our mail unwanted."""
    if suppression.reason == Suppression.Reason.COMPLAINED:
        return False
    suppressing.lift(suppression.address, only=suppression.reason)
    return True


def note_glimpse(member, *, by, of, now: datetime) -> None:
    """Looking at one's own letter is nobody else's business."""
    if member != by:
        Glimpse.objects.create(member=member, by=by, of=of, at=now)
