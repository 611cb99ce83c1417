"""A group that gathers, and a cohort that begins. The texts are data: `gatherings.toml` beside this file."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone

from members import quiet
from members.models import Notice
from networks.actions import coalitions, cohorts
from networks.actions import gatherings as actions
from networks.models import Coalition, Cohort, Gathering
from practices.models import Boundary, Place

FILE = Path(__file__).with_name("gatherings.toml")
BEFORE = timedelta(days=40)


def add_gatherings(*, people, now):
    told = tomllib.loads(FILE.read_text("utf-8"))
    coalition = add_group(told["group"], people, now - BEFORE)
    for line in told["gathering"]:
        add_gathering(coalition, line, people, by=person(people, told["group"]["by"]), now=now)
    add_cohort(told["cohort"], people, now)
    Notice.objects.filter(kind__startswith="networks.", member__demo=True).delete()


def person(people, name):
    return people[f"{name}@demo.example"]


def add_group(told, people, at):
    coalition = coalitions.gather(
        Coalition(name=told["name"], purpose=told["purpose"]),
        boundaries=Boundary.objects.filter(slug__in=told["boundaries"]),
        places=Place.objects.filter(slug=told["place"]),
        by=person(people, told["by"]),
        now=at,
    )
    for number, name in enumerate(told["with"], 1):
        coalitions.join(coalition, by=person(people, name), now=at + timedelta(hours=number))
    return coalition


def add_gathering(coalition, told, people, *, by, now):
    """Put up two weeks before it is, and yesterday at the latest."""
    zone = ZoneInfo(quiet.HOME)
    day = timezone.localdate(now) + timedelta(days=told["days"])
    begins, ends = (datetime.combine(day, time.fromisoformat(told[end]), zone) for end in ("from", "to"))
    put_up = min(begins - timedelta(days=14), now - timedelta(days=1))
    said = {name: told[name] for name in ("title", "what_for", "where", "link") if name in told}
    gathering = Gathering(coalition=coalition, begins_at=begins, ends_at=ends, **said)
    gathering = actions.put_up(gathering, by=by, now=put_up)
    for answer in ("coming", "perhaps", "no"):
        for name in told.get(answer, []):
            actions.say(gathering, answer=answer, by=person(people, name), now=put_up + timedelta(hours=2))
    if told.get("off"):
        actions.call_off(gathering, by=by, now=put_up + timedelta(hours=5))
    if begins < now:
        Gathering.objects.filter(pk=gathering.pk).update(reminded_at=gathering.remind_at)


def add_cohort(told, people, now):
    coalition = Coalition(name=told["name"], purpose=told["purpose"], joining="invited")
    cohort = Cohort(
        name=told["name"],
        starts_date=timezone.localdate(now) - timedelta(days=3),
        place_count=told["places"],
        link_until=now + timedelta(days=14),
    )
    cohorts.start(cohort, coalition, by=person(people, told["by"]), now=now - timedelta(days=10))
    for number, name in enumerate(told["joined"]):
        taken_at = now - timedelta(days=9 - number, hours=number)
        cohorts.take_place(cohort.token, by=person(people, name), now=taken_at)
