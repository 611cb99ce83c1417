"""When letters come: each reader's own day and hour, once an issue, whatever the beat and the clocks do."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from digests import planning, when
from digests.models import Delivery, Issue, Wishes
from digests.tests.conftest import THURSDAY, WEEK
from members.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db
State = Delivery.State
THIS_WEEK = date(2030, 1, 10)


@pytest.fixture
def known_site(world):
    """A site that has had letters."""
    return Issue.objects.create(week=date(2030, 1, 3), state="done", began_at=world.now, done_at=world.now)


@pytest.fixture
def world(world, settings):
    settings.QUIET_HOURS = None
    return world


def plan(world, moment=None):
    world.now = moment or world.now
    planning.tick(clock=world.clock)


def member(**fields):
    return MemberFactory(**{"profile__weekly_letter": True, "approved_at": datetime(2029, 1, 1, tzinfo=UTC), **fields})


def wish(reader, **fields):
    return Wishes.objects.create(member=reader, **{"since": datetime(2029, 1, 1, tzinfo=UTC), **fields})


def planned_at(reader):
    return list(reader.deliveries.order_by("planned_at").values_list("planned_at", flat=True))


def test_it_is_planned_on_thursday_at_half_past_seven_for_who_said_nothing_else(world, known_site):
    reader = member()
    plan(world, THURSDAY - timedelta(seconds=1))
    assert planned_at(reader) == []
    plan(world, THURSDAY)
    plan(world, THURSDAY + timedelta(days=2))
    assert planned_at(reader) == [THURSDAY]
    assert Issue.objects.get(week=THIS_WEEK).candidate_count == 1


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Pacific/Kiritimati", datetime(2030, 1, 9, 17, 30, tzinfo=UTC)),
        ("Etc/GMT+12", datetime(2030, 1, 10, 19, 30, tzinfo=UTC)),
        ("Asia/Kolkata", datetime(2030, 1, 10, 2, 0, tzinfo=UTC)),
        ("Atlantis/Centre", THURSDAY),
    ],
)
def test_each_gets_it_in_their_own_morning(world, known_site, zone, due):
    reader = member(time_zone=zone)
    plan(world, due - timedelta(seconds=1))
    assert THIS_WEEK not in reader.deliveries.values_list("issue__week", flat=True)
    plan(world, due)
    assert planned_at(reader)[-1] == due


def test_a_day_and_an_hour_of_their_own(world, known_site):
    reader = member()
    wish(reader, weekday=Wishes.Weekday.TUESDAY, at=time(18, 15))
    tuesday = datetime(2030, 1, 15, 18, 15, tzinfo=UTC)
    plan(world, tuesday - timedelta(minutes=1))
    assert tuesday not in planned_at(reader)
    plan(world, tuesday)
    assert planned_at(reader)[-1] == tuesday
    assert reader.deliveries.get(planned_at=tuesday).issue.week == THIS_WEEK


def test_fortnights_and_months_are_counted_from_no_year_s_beginning(world, known_site):
    often = [member() for _ in range(2)]
    for number, reader in enumerate(often):
        wish(reader, rhythm="fortnightly", fortnight=number)
    monthly = member()
    wish(monthly, rhythm="monthly")
    for number in range(10):
        plan(world, THURSDAY + number * WEEK)
    weeks = [set(reader.deliveries.filter(state="planned").values_list("issue__week", flat=True)) for reader in often]
    assert len(weeks[0]) == len(weeks[1]) == 5
    assert weeks[0].isdisjoint(weeks[1])
    months = monthly.deliveries.filter(state="planned").order_by("issue__week")
    assert [found.issue.week for found in months] == [date(2030, 2, 7), date(2030, 3, 7)]


def test_nothing_that_was_due_before_they_said_so_comes_after_all(world, known_site):
    reader, late = member(), member(approved_at=THURSDAY + timedelta(hours=1))
    wish(reader, since=THURSDAY + timedelta(seconds=1))
    plan(world, THURSDAY + timedelta(days=1))
    assert planned_at(reader) == planned_at(late) == []
    plan(world, THURSDAY + WEEK)
    assert planned_at(reader) == planned_at(late) == [THURSDAY + WEEK]


def test_it_is_planned_for_members_in_good_standing_who_said_yes(world, known_site):
    wanted = member()
    member(profile__weekly_letter=False)
    member(profile__weekly_letter=None)
    UserFactory(profile__weekly_letter=True)
    member(suspended_at=world.now)
    member(is_active=False)
    plan(world)
    assert [delivery.member for delivery in Delivery.objects.all()] == [wanted]


def test_a_new_site_s_first_letter_is_that_of_the_next_week(world):
    reader = member()
    plan(world, THURSDAY + timedelta(hours=1))
    assert planned_at(reader) == []
    plan(world, THURSDAY + WEEK + timedelta(hours=1))
    assert planned_at(reader) == [THURSDAY + WEEK]


def test_three_days_without_a_beat_cost_nobody_a_letter(world, known_site):
    near, far = member(), member(time_zone="Pacific/Kiritimati")
    plan(world, THURSDAY - timedelta(hours=15))
    assert not Delivery.objects.exists()
    plan(world, THURSDAY + timedelta(hours=57))
    assert set(Delivery.objects.values_list("state", "member")) == {(State.PLANNED, near.pk), (State.PLANNED, far.pk)}


def test_what_is_three_days_late_is_counted_and_does_not_go(world, known_site):
    reader = member()
    plan(world, THURSDAY + timedelta(hours=72, seconds=1))
    found = reader.deliveries.get(issue__week=THIS_WEEK)
    assert (found.state, found.reason) == (State.SKIPPED, "Too late")


def test_two_weeks_without_a_beat_are_made_up_for_in_rows(world, known_site):
    reader = member()
    plan(world, THURSDAY + 2 * WEEK + timedelta(hours=1))
    states = reader.deliveries.order_by("issue__week").values_list("issue__week", "state")
    assert list(states)[-3:] == [
        (THIS_WEEK, State.SKIPPED),
        (THIS_WEEK + WEEK, State.SKIPPED),
        (THIS_WEEK + 2 * WEEK, State.PLANNED),
    ]


def test_an_issue_is_done_when_its_week_is_over_everywhere_and_each_row_has_its_end(world, known_site):
    reader = member()
    plan(world)
    issue = Issue.objects.get(week=THIS_WEEK)
    plan(world, when.ends_at(THIS_WEEK))
    issue.refresh_from_db()
    assert issue.state == "sending"
    reader.deliveries.filter(issue=issue).update(state="sent", finished_at=world.now)
    plan(world, when.ends_at(THIS_WEEK) - timedelta(seconds=1))
    issue.refresh_from_db()
    assert issue.state == "sending"
    plan(world, when.ends_at(THIS_WEEK))
    issue.refresh_from_db()
    assert (issue.state, issue.done_at) == ("done", world.now)


def test_by_night_it_waits_for_the_morning(world, known_site, settings):
    settings.QUIET_HOURS = (21, 7)
    reader = member()
    wish(reader, at=time(5, 0))
    plan(world, THURSDAY.replace(hour=5, minute=0))
    found = reader.deliveries.get(issue__week=THIS_WEEK)
    assert (found.planned_at.hour, found.due_at.hour) == (5, 7)


def test_a_paused_letter_is_planned_on(world, known_site):
    reader = member()
    plan(world, THURSDAY - timedelta(hours=10))
    Issue.objects.filter(week=THIS_WEEK).update(state="paused", paused_at=world.now)
    plan(world, THURSDAY)
    assert planned_at(reader) == [THURSDAY]


def test_a_hurried_letter_goes_to_whoever_has_one_that_week_and_not_again(world, known_site):
    weekly, monthly = member(), member(approved_at=THURSDAY)
    wish(monthly, rhythm="monthly")
    draft = Issue.objects.next_draft(THURSDAY)
    assert draft.week == THIS_WEEK + WEEK
    assert not planning.hurry(draft, prepared=draft.pk + 1, now=THURSDAY)
    assert planning.hurry(draft, prepared=draft.pk, now=THURSDAY)
    assert not planning.hurry(draft, prepared=draft.pk, now=THURSDAY)
    plan(world, THURSDAY + WEEK)
    assert list(Delivery.objects.filter(issue=draft).values_list("member", "planned_at")) == [(weekly.pk, THURSDAY)]
    assert Issue.objects.next_draft(THURSDAY).week == THIS_WEEK + 2 * WEEK


def test_the_next_moment_is_the_one_that_comes(world, known_site):
    reader = member(time_zone="Asia/Kolkata")
    assert planning.next_moment(reader, now=THURSDAY) == datetime(2030, 1, 17, 2, 0, tzinfo=UTC)
    wish(reader, rhythm="monthly", weekday=Wishes.Weekday.MONDAY, at=time(19, 0))
    assert planning.next_moment(reader, now=THURSDAY) == datetime(2030, 2, 4, 13, 30, tzinfo=UTC)
    draft = Issue.objects.create(week=date(2030, 1, 31))
    planning.hurry(draft, prepared=draft.pk, now=THURSDAY)
    assert planning.next_moment(reader, now=THURSDAY) == datetime(2030, 3, 4, 13, 30, tzinfo=UTC)


def test_letters_say_which_they_are_and_not_for_whom(world, reader):
    issue = world.send_now()
    assert str(issue) == "Letter of 17 January 2030"
    assert str(Delivery.objects.get()) == "Delivery (skipped)"


# --- Many beats, and clocks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 10])
@pytest.mark.django_db(transaction=True)
def test_any_number_of_beats_at_once_plan_each_once(world, known_site, count):
    readers = [member() for _ in range(20)]
    barrier = threading.Barrier(count)

    def beat():
        barrier.wait()
        try:
            planning.tick(clock=world.clock)
        finally:
            connection.close()

    threads = [threading.Thread(target=beat) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    plan(world)
    issue = Issue.objects.get(week=THIS_WEEK)
    assert (issue.candidate_count, issue.deliveries.count()) == (20, len(readers))


def test_a_clock_that_jumps_ahead_and_back_sends_nothing_twice(world, known_site):
    reader = member()
    moments = [THURSDAY, THURSDAY + 3 * WEEK, THURSDAY - WEEK, THURSDAY + WEEK, THURSDAY, THURSDAY + 2 * WEEK]
    for moment in moments:
        plan(world, moment)
    weeks = list(reader.deliveries.order_by("issue__week").values_list("issue__week", flat=True))
    assert len(weeks) == len(set(weeks))
    assert weeks[-4:] == [THIS_WEEK + number * WEEK for number in range(4)]


ZONES = [
    "Europe/London",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "Australia/Sydney",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Atlantic/Azores",
]


@pytest.mark.long
def test_three_years_bring_one_letter_a_week_at_the_right_local_hour(world):
    """Through six changes of the clocks in both hemispheres and a year with a week 53 (2032)."""
    Issue.objects.create(week=date(2031, 11, 27), state="done", began_at=world.now, done_at=world.now)
    readers = [member(time_zone=zone) for zone in ZONES]
    early = member(time_zone="Europe/London")
    wish(early, weekday=Wishes.Weekday.SUNDAY, at=time(1, 30))  # skipped in March, twice in October
    first, count = date(2031, 12, 4), 157
    moments = set()
    for number in range(count):
        week = first + number * WEEK
        for zone in ZONES:
            due = when.moment(week, weekday=when.THURSDAY, at=when.AT, zone=zone)
            moments |= {due} if number % 8 else {due - timedelta(minutes=1), due}
        sunday = when.moment(week, weekday=6, at=time(1, 30), zone="Europe/London")
        moments |= {sunday, sunday + timedelta(hours=1)}
    for moment in sorted(moments):
        plan(world, moment)
        Delivery.objects.open().update(state="sent", finished_at=moment)
    for reader in readers:
        rows = reader.deliveries.order_by("planned_at").values_list("issue__week", "planned_at", "finished_at")
        assert [week for week, _, _ in rows] == [first + number * WEEK for number in range(count)]
        for week, due, sent in rows:
            local = sent.astimezone(ZoneInfo(reader.time_zone))
            assert (local.date(), local.time(), due) == (week, time(7, 30), sent)
    sundays = [due.astimezone(ZoneInfo("Europe/London")) for due in planned_at(early)]
    assert len(sundays) == count
    assert {(due.weekday(), due.minute) for due in sundays} == {(6, 30)}
    assert {due.hour for due in sundays} == {1, 2}, "the skipped hour was not met"
    over = Issue.objects.filter(week__gte=first, week__lt=first + (count - 2) * WEEK)
    assert set(over.values_list("state", "candidate_count")) == {("done", 9)}
