"""What a member wants of the weekly letter: whether, how often, when, and how much of it their mailbox may show."""

import re
from datetime import datetime

from django.db import transaction

from digests import when
from digests.models import Wishes
from members.models import Profile, User
from members.models.user import WORK_ADDRESS

Rhythm = Wishes.Rhythm
# What of the wishes says when a letter comes: changed, nothing that was due before comes after all.
TIMES = ("rhythm", "weekday", "at")


def is_at_work(member):
    """Whether their mail goes to an employer whose screens and filters others look at."""
    return re.search(WORK_ADDRESS, member.email, re.IGNORECASE) is not None


def wishes_of(member):
    """As the member said, or as it is for whoever never said: each Thursday at half past seven. A row that is not in
    the database has no `since`."""
    return Wishes.objects.filter(member=member).first() or usual(member)


def usual(member):
    return Wishes(member=member, content_free=is_at_work(member))


@transaction.atomic
def choose(member, *, now: datetime, wants: bool, zone: str | None = None, **chosen) -> None:
    """The member's own answers. `chosen` are columns of `Wishes`; what they did not say stays as it was.

    A fortnight is laid so that the next week has a letter. `since` moves where they come to want it, or change when.
    """
    person = User.objects.select_for_update(no_key=True).select_related(None).get(pk=member.pk)
    profile = Profile.objects.get(user=member)
    wishes = wishes_of(member)
    before = [getattr(wishes, name) for name in TIMES]
    for name, value in chosen.items():
        setattr(wishes, name, value)
    moved = before != [getattr(wishes, name) for name in TIMES] or zone not in {None, person.time_zone}
    begins = wants and not profile.weekly_letter
    if zone:
        User.objects.filter(pk=member.pk).update(time_zone=zone)
        member.time_zone = zone
    if wishes.rhythm == Rhythm.FORTNIGHTLY and (begins or before[0] != Rhythm.FORTNIGHTLY):
        wishes.fortnight = when.fortnight_of(next_week(member, wishes, now))
    if moved or begins or wishes.since is None:
        wishes.since = now
    wishes.save()
    Profile.objects.filter(user=member).update(weekly_letter=wants)


def next_week(member, wishes, now):
    """The week whose letter could be their next one: their hour in it is to come, and they have not had it."""
    had = member.deliveries.arrived().order_by("-issue__week").values_list("issue__week", flat=True).first()
    week = when.week_of(now.date()) - when.WEEK
    while when.moment(week, weekday=wishes.weekday, at=wishes.at, zone=member.time_zone) <= now:
        week += when.WEEK
    return max(week, had + when.WEEK) if had else week


def monthly_instead(public_id: str, *, now: datetime) -> None:
    """For whoever left a moment ago: no letter each week, but one a month."""
    member = User.objects.filter(profile__public_id=public_id).first()
    if member:
        choose(member, now=now, wants=True, rhythm=Rhythm.MONTHLY)
