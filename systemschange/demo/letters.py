"""Letters of past weeks to the demo members, and the one that is being prepared. No mail is sent: all of it is past."""

from datetime import timedelta

from digests import when
from digests.models import Delivery, Issue, Wishes
from digests.planning import readers
from members.models import Suppression
from stories.models import Story

State = Delivery.State
MOST = 4
NOTES = (
    "Forty of you met in Leeds last week. Thank you to whoever brought the flapjacks.",
    "",
    "A quiet week, so a short letter.",
)
QUESTION = "Who opened a door for you this month?"
NEXT = "Next month we meet in Newcastle. Bring somebody from another service."
REFUSED = "550 No such mailbox"
# To these of them the newest letter did not go well.
TROUBLED = {
    "kirsty@demo.example": (State.FAILED, REFUSED),
    "samuel@demo.example": (State.UNKNOWN, "The worker was lost"),
}


def add_letters(*, people, now):
    """The newest is that of this week, so that no letter of a week before the demo began goes out after all."""
    this_week = when.week_of((now + when.EASTERNMOST).date())
    rhythm = {"rhythm": Wishes.Rhythm.FORTNIGHTLY, "fortnight": 1 - when.fortnight_of(this_week)}
    Wishes.objects.create(member=people["author@demo.example"], since=now, **rhythm)
    for weeks_ago in reversed(range(len(NOTES))):
        add_letter(this_week - weeks_ago * when.WEEK, note=NOTES[weeks_ago], newest=weeks_ago == 0, now=now)
    Suppression.objects.create(address="kirsty@demo.example", reason=Suppression.Reason.BOUNCED, since=now)
    prepare_the_next(now)


def add_letter(week, *, note, newest, now):
    at = min(when.moment(week, weekday=when.THURSDAY, at=when.AT, zone="Europe/London"), now - timedelta(hours=1))
    issue = Issue.objects.create(week=week, state=Issue.State.DONE, note=note, began_at=at, done_at=at)
    rows = [row(issue, member, at=at, newest=newest) for member in readers().filter(demo=True).order_by("pk")]
    Delivery.objects.bulk_create(rows)
    Issue.objects.filter(pk=issue.pk).update(candidate_count=len(rows))


def row(issue, member, *, at, newest):
    """With stories that had opened by then, of which they were sent none before."""
    had = [key for one in member.deliveries.all() for key in one.story_ids]
    open_by_then = Story.objects.readable_by(member).beyond_one_group().filter(first_published_at__lt=at)
    unread = open_by_then.exclude(pk__in=had).exclude(pk__in=Story.objects.told_by(member).values("pk"))
    keys = list(unread.newest_first().values_list("pk", flat=True)[:MOST])
    state, reason = (State.SENT, "") if keys else (State.SKIPPED, Delivery.NOTHING_NEW)
    if newest:
        state, reason = TROUBLED.get(member.email, (state, reason))
    return Delivery(
        issue=issue,
        member=member,
        state=state,
        reason=reason,
        address=member.email,
        items=[{"kind": "story", "id": key, "why": ""} for key in keys],
        story_ids=keys,
        attempt_count=1,
        planned_at=at,
        due_at=at,
        started_at=at,
        finished_at=at + timedelta(seconds=20),
    )


def prepare_the_next(now):
    """With picks, so that there is something in it on the day on which the demo begins."""
    draft = Issue.objects.next_draft(now)
    draft.note, draft.question = NEXT, QUESTION
    draft.save(update_fields=["note", "question"])
    had = {key for keys in Delivery.objects.values_list("story_ids", flat=True) for key in keys}
    old_enough = Story.objects.published().beyond_one_group().filter(first_published_at__lt=now - timedelta(days=30))
    harmless = old_enough.exclude(pk__in=had).exclude(boundaries__sensitive=True)
    draft.picks.set(harmless.newest_first()[:MOST])
