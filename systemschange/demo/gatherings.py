"""Gatherings of the demo groups: past, to come and called off, with who comes."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from members import quiet
from networks.actions import gatherings as actions
from networks.models import Gathering

SATURDAY = 5


def add_gathering(coalition, told, people, *, by, now):
    """Put up two weeks before it is, and yesterday at the latest."""
    zone = ZoneInfo(quiet.HOME)
    day = working_day(timezone.localdate(now), told["days"])
    begins, ends = (datetime.combine(day, time.fromisoformat(told[end]), zone) for end in ("from", "to"))
    put_up = min(begins - timedelta(days=14), now - timedelta(days=1))
    said = {name: told[name] for name in ("title", "what_for", "where", "link") if name in told}
    gathering = Gathering(coalition=coalition, begins_at=begins, ends_at=ends, **said)
    gathering = actions.put_up(gathering, by=by, now=put_up)
    for answer in ("coming", "perhaps", "no"):
        for name in told.get(answer, []):
            member = people[f"{name}@demo.example"]
            actions.say(gathering, answer=answer, by=member, now=put_up + timedelta(hours=2))
    if told.get("off"):
        actions.call_off(gathering, by=by, now=put_up + timedelta(hours=5))
    if begins < now:
        Gathering.objects.filter(pk=gathering.pk).update(reminded_at=gathering.remind_at)


def working_day(today, days):
    """That many days from today or, where it is a weekend, a little further."""
    day, step = today + timedelta(days=days), timedelta(days=1 if days > 0 else -1)
    while day.weekday() >= SATURDAY:
        day += step
    return day
