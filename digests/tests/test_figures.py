"""The letter among the figures for staff: in fives, and only once it has gone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from digests import figures
from digests.models import Delivery, Issue
from insights.staff import sources
from members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
State = Delivery.State


def issue(week, state, **counts):
    now = timezone.now()
    made = Issue.objects.create(week=week, state=state, began_at=now, done_at=now)
    for name, count in counts.items():
        for _ in range(count):
            made.deliveries.create(member=MemberFactory(), state=name, due_at=now, planned_at=now)
    return made


def test_letters_that_have_gone_are_told_in_fives_the_newest_first():
    thursday = date(2026, 11, 26)
    issue(thursday - timedelta(weeks=1), Issue.State.DONE, sent=6, skipped=3, failed=3, unknown=2)
    issue(thursday, Issue.State.DONE, sent=11)
    issue(thursday + timedelta(weeks=1), Issue.State.SENDING, sent=20)
    assert figures.rows(timezone.now()) == [
        ["26 November 2026", "10+", "under 5", "under 5"],
        ["19 November 2026", "5+", "under 5", "5+"],
    ]


def test_the_letters_table_stands_among_the_others():
    assert [source.title for source in sources.registered()].count("The weekly letter") == 1
