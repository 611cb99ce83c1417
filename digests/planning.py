"""Which letters there should be, and who gets them when.

`tick` may run as often as it likes, in as many places at once, or not for days: nothing depends on how often it ran.
Rows are planned with one statement for all readers who share a zone, a day, an hour and a rhythm.
"""

import logging
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from digests import when
from digests.models import Delivery, Issue, Wishes
from members import quiet
from members.models import User

log = logging.getLogger(__name__)
State = Delivery.State

LOOKS_BACK = timedelta(days=14)
LATEST = timedelta(hours=72)
TOO_LATE = "Too late"
# Nobody chose a rhythm of which this many weeks hold no letter.
WEEKS_AHEAD = 10

PLAN = """
    INSERT INTO digests_delivery (issue_id, member_id, state, reason, planned_at, due_at, finished_at,
                                  address, items, story_ids, attempt_count, claimed_by)
    SELECT %s, reader.pk, %s, %s, %s, %s, %s, '', '[]', '{{}}', 0, %s FROM ({readers}) reader ORDER BY reader.pk
    ON CONFLICT (issue_id, member_id) DO NOTHING
"""


class Share(NamedTuple):
    """What readers share who get a letter at the same moment."""

    time_zone: str
    weekday: int
    at: time
    rhythm: str
    fortnight: int


UNSAID = Share(quiet.HOME, when.THURSDAY, when.AT, Wishes.Rhythm.WEEKLY, 0)


def readers():
    """Members in good standing who said yes to the letter."""
    return User.objects.current().filter(profile__weekly_letter=True)


def comes_to(week, wishes) -> bool:
    """Whether the letter of this week goes to readers with these wishes (a `Wishes`, a `Share`, or None)."""
    wishes = wishes or UNSAID
    if wishes.rhythm == Wishes.Rhythm.FORTNIGHTLY:
        return when.fortnight_of(week) == wishes.fortnight
    if wishes.rhythm == Wishes.Rhythm.MONTHLY:
        return when.is_first_of_month(week, wishes.weekday)
    return True


def due_moment(week, wishes, time_zone) -> datetime:
    """When the letter of this week is due for readers with these wishes."""
    return when.moment(week, weekday=wishes.weekday, at=wishes.at, zone=known(time_zone))


def known(time_zone: str) -> str:
    """One member's zone that this machine does not know must not hold up everybody's letter."""
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return quiet.HOME
    return time_zone


def next_moment(member, *, now: datetime) -> datetime | None:
    """When this member's next letter is due; None where none comes in the next ten weeks."""
    wishes = Wishes.objects.filter(member=member).first() or UNSAID
    first = when.week_of(now.date()) - when.WEEK
    taken = set(member.deliveries.filter(issue__week__gte=first).values_list("issue__week", flat=True))
    taken |= set(Issue.objects.filter(week__gte=first).closed().values_list("week", flat=True))
    for number in range(WEEKS_AHEAD):
        week = first + number * when.WEEK
        due = due_moment(week, wishes, member.time_zone)
        if due > now and week not in taken and comes_to(week, wishes):
            return due
    return None


# --- The tick ---------------------------------------------------------------------------------------------------------


def tick(*, clock=timezone.now) -> None:
    """Begin every letter that should have begun, and plan whose hour has come."""
    now = clock()
    weeks = weeks_that_should_be(now)
    known = {issue.week: issue for issue in Issue.objects.filter(week__in=weeks)}
    for week in weeks:
        issue = known.get(week) or Issue.objects.get_or_create(week=week)[0]
        if issue.state == Issue.State.DRAFT:
            begin(issue, now=now)
    for key in Issue.objects.under_way().order_by("week").values_list("pk", flat=True):
        _plan(key, now)


def weeks_that_should_be(now: datetime):
    """The weeks whose letter has begun somewhere and was not over two weeks ago, the oldest first.

    A site's first letter is that of the week after its first tick: nobody gets one for a week they were not told of.
    """
    first = Issue.objects.order_by("week").values_list("week", flat=True).first()
    first = first or Issue.objects.next_draft(now).week
    week, weeks = when.week_of((now + when.EASTERNMOST).date()), []
    while week >= first and when.ends_at(week) > now - LOOKS_BACK:
        weeks.append(week)
        week -= when.WEEK
    return sorted(weeks)


def begin(issue: Issue, *, now: datetime) -> bool:
    """Let the prepared letter go to its readers, each at their hour. Whoever comes second changes nothing."""
    draft = Issue.objects.filter(pk=issue.pk, state=Issue.State.DRAFT)
    return bool(draft.update(state=Issue.State.SENDING, began_at=now))


@transaction.atomic
def hurry(issue: Issue, *, prepared: int, now: datetime) -> bool:
    """Let the prepared letter go to everybody whose rhythm has it in its week, at once (by night: in the morning).

    False where it is no longer the one that staff saw (`prepared`, its key), or has begun.
    """
    draft = Issue.objects.select_for_update(no_key=True).filter(pk=issue.pk, state=Issue.State.DRAFT).first()
    if draft is None or draft.pk != prepared:
        return False
    draft.state, draft.began_at, draft.hurried_at = Issue.State.SENDING, now, now
    draft.save(update_fields=["state", "began_at", "hurried_at"])
    for share in _shares(readers()):
        if comes_to(draft.week, share):
            _insert(draft, readers_sharing(share), share, due=now, now=now)
    return True


@transaction.atomic
def _plan(key: int, now: datetime) -> None:
    """One plans at a time; whoever finds it locked knows that another does."""
    held = Issue.objects.under_way().select_for_update(no_key=True, skip_locked=True)
    issue = held.filter(pk=key).first()
    if issue is None:
        return
    if not issue.hurried_at:
        _plan_whose_hour_has_come(issue, now)
    is_over = issue.hurried_at or now >= when.ends_at(issue.week)
    if is_over and issue.state == Issue.State.SENDING and not issue.deliveries.open().exists():
        issue.end(now=now)


def _plan_whose_hour_has_come(issue, now):
    planned = Delivery.objects.filter(issue=issue, member=OuterRef("pk"))
    for share in _shares(readers().exclude(Exists(planned))):
        due = due_moment(issue.week, share, share.time_zone)
        if due <= now and comes_to(issue.week, share):
            _insert(issue, _asked_by(due, readers_sharing(share)), share, due=due, now=now)


def end_what_is_over(now: datetime) -> None:
    """Note the end of letters whose last row has ended."""
    for key in Issue.objects.being_sent().values_list("pk", flat=True):
        _plan(key, now)


def _shares(queryset):
    rows = _with_wishes(queryset).order_by().values_list("time_zone", "weekday", "at", "rhythm", "fortnight")
    return [Share(*row) for row in sorted(rows.distinct())]


def _with_wishes(queryset):
    return queryset.annotate(
        weekday=Coalesce("letter_wishes__weekday", Value(UNSAID.weekday)),
        at=Coalesce("letter_wishes__at", Value(UNSAID.at)),
        rhythm=Coalesce("letter_wishes__rhythm", Value(UNSAID.rhythm)),
        fortnight=Coalesce("letter_wishes__fortnight", Value(UNSAID.fortnight)),
    )


def readers_sharing(share: Share):
    return _with_wishes(readers()).filter(**share._asdict())


def _asked_by(due, queryset):
    """Nothing that was due before they said so, or before they were let in, comes after all."""
    said = Q(letter_wishes=None) | Q(letter_wishes__since__lte=due)
    return queryset.filter(said, approved_at__lte=due)


def _insert(issue, queryset, share, *, due, now):
    late = now - due > LATEST
    state, reason, finished = (State.SKIPPED, TOO_LATE, now) if late else (State.PLANNED, "", None)
    claimed_by = Delivery.UNCLAIMED if late else ""
    awake = quiet.awake_at(max(due, now), SimpleNamespace(time_zone=known(share.time_zone)))
    members, values = queryset.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            PLAN.format(readers=members),
            [issue.pk, state, reason, due, due if late else awake, finished, claimed_by, *values],
        )
        count = cursor.rowcount
    Issue.objects.filter(pk=issue.pk).update(candidate_count=F("candidate_count") + count)
