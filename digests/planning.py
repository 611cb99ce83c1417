"""Which letter comes to whom, and when."""

from datetime import datetime

from django.utils import timezone

from digests import when
from digests.models import Issue, Wishes
from members.models import User


def readers():
    """Members in good standing who said yes to the letter."""
    return User.objects.current().filter(profile__weekly_letter=True)


def comes_to(week, wishes):
    if wishes.rhythm == Wishes.Rhythm.FORTNIGHTLY:
        return when.fortnight_of(week) == wishes.fortnight
    if wishes.rhythm == Wishes.Rhythm.MONTHLY:
        return when.is_first_of_month(week, wishes.weekday)
    return True


def next_moment(member, *, now) -> datetime:
    wishes = Wishes.objects.filter(member=member).first() or Wishes(member=member)
    had = set(member.deliveries.values_list("issue__week", flat=True))
    week = when.week_of(now.date()) - when.WEEK
    while True:
        moment = when.moment(week, weekday=wishes.weekday, at=wishes.at, zone=member.time_zone)
        if moment > now and comes_to(week, wishes) and week not in had:
            return moment
        week += when.WEEK


def tick(*, clock=timezone.now):
    """Nothing yet."""


def hurry(issue: Issue, *, prepared, now):
    """Nothing yet."""


TOO_LATE = "Too late"


def known(time_zone):
    return time_zone
