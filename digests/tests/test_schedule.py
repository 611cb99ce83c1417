"""When a letter begins: once a week, whatever the beat does."""

from datetime import UTC, datetime, timedelta

import pytest

from digests import actions
from digests.models import Delivery, Issue
from digests.tests.conftest import THURSDAY, WEEK
from members.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2030, 1, 10, 7, 29, tzinfo=UTC), datetime(2030, 1, 3, 7, 30, tzinfo=UTC)),
        (datetime(2030, 1, 10, 7, 30, tzinfo=UTC), datetime(2030, 1, 10, 7, 30, tzinfo=UTC)),
        (datetime(2030, 1, 16, 23, 59, tzinfo=UTC), datetime(2030, 1, 10, 7, 30, tzinfo=UTC)),
        # Summer time begins on Sunday, 31 March 2030: half past seven comes an hour earlier from then on.
        (datetime(2030, 4, 3, 12, 0, tzinfo=UTC), datetime(2030, 3, 28, 7, 30, tzinfo=UTC)),
        (datetime(2030, 4, 4, 6, 29, tzinfo=UTC), datetime(2030, 3, 28, 7, 30, tzinfo=UTC)),
        (datetime(2030, 4, 4, 6, 30, tzinfo=UTC), datetime(2030, 4, 4, 6, 30, tzinfo=UTC)),
        # It ends on Sunday, 27 October 2030.
        (datetime(2030, 10, 31, 6, 30, tzinfo=UTC), datetime(2030, 10, 24, 6, 30, tzinfo=UTC)),
        (datetime(2030, 10, 31, 7, 30, tzinfo=UTC), datetime(2030, 10, 31, 7, 30, tzinfo=UTC)),
        # The turn of the year, and its 53rd week.
        (datetime(2033, 1, 1, 12, 0, tzinfo=UTC), datetime(2032, 12, 30, 7, 30, tzinfo=UTC)),
    ],
)
def test_the_letter_is_due_on_thursdays_at_half_past_seven_in_london(now, due):
    assert actions.latest_due(now) == due


def dues():
    return list(Issue.objects.gone().values_list("due_at", flat=True))


def test_nothing_goes_before_the_hour(world):
    world.tick(minutes=-1)
    assert dues() == []


def test_a_new_site_does_not_make_up_for_last_thursday(world):
    world.tick(hours=1, seconds=1)
    assert dues() == []


def test_ticking_all_week_makes_one_letter(world):
    while world.now < THURSDAY + WEEK:
        world.tick()
        world.tick()
        world.now += timedelta(hours=5)
    assert dues() == [THURSDAY]


def test_a_letter_each_week(world):
    for _ in range(3):
        world.tick()
        world.tick(minutes=1)
        world.now += WEEK - timedelta(minutes=1)
    assert dues() == [THURSDAY + 2 * WEEK, THURSDAY + WEEK, THURSDAY]


@pytest.mark.parametrize("dead_for", [timedelta(days=3), timedelta(days=6), timedelta(days=34)])
def test_a_beat_that_was_dead_makes_up_with_exactly_one(world, reader, mailbox, dead_for):
    world.tick()
    world.now += WEEK - timedelta(minutes=1)
    world.story()
    world.now += dead_for
    for _ in range(3):
        world.tick(minutes=1)
    assert len(dues()) == 2
    assert len(mailbox.to(reader.email)) == 1


def test_a_clock_that_jumped_ahead_brings_no_second_letter(world):
    world.now += WEEK
    world.tick()
    world.now -= WEEK
    world.tick()
    assert dues() == [THURSDAY + WEEK]


def test_summer_time_brings_no_second_letter(world):
    world.now = datetime(2030, 3, 28, 7, 30, tzinfo=UTC)
    while world.now < datetime(2030, 4, 8, tzinfo=UTC):
        world.tick()
        world.now += timedelta(hours=3)
    assert dues() == [datetime(2030, 4, 4, 6, 30, tzinfo=UTC), datetime(2030, 3, 28, 7, 30, tzinfo=UTC)]


def test_it_is_planned_for_members_who_said_yes(world):
    wanted = MemberFactory(profile__weekly_letter=True)
    MemberFactory(profile__weekly_letter=False)
    MemberFactory(profile__weekly_letter=None)
    UserFactory(profile__weekly_letter=True)
    MemberFactory(profile__weekly_letter=True, suspended_at=world.now)
    MemberFactory(profile__weekly_letter=True, is_active=False)
    world.send_now()
    assert [delivery.member for delivery in Delivery.objects.all()] == [wanted]


def test_a_second_letter_waits_until_the_first_is_done(world, reader):
    first = actions.begin(due_at=world.now, now=world.now)
    assert actions.begin(due_at=world.now + WEEK, now=world.now + WEEK) is None
    world.tick()
    assert actions.begin(due_at=world.now + WEEK, now=world.now + WEEK) not in {None, first}


def test_no_two_letters_share_a_moment(world):
    world.send_now()
    assert actions.begin(due_at=world.now, now=world.now) is None


def test_only_the_letter_that_staff_saw_is_begun(world):
    shown = Issue.objects.next_draft()
    assert actions.begin(due_at=world.now, now=world.now, prepared=shown.pk + 1) is None
    assert actions.begin(due_at=world.now, now=world.now, prepared=shown.pk) == shown
    assert actions.begin(due_at=world.now + WEEK, now=world.now + WEEK, prepared=shown.pk) is None


def test_letters_say_which_they_are_and_not_for_whom(world, reader):
    assert str(Issue.objects.next_draft()) == "The next letter"
    assert str(world.send_now()) == "Letter of 10 January 2030"
    assert str(Delivery.objects.get()) == "Delivery (skipped)"
