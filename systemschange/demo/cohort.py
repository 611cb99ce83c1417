"""A cohort that begins. The texts are data: `cohort.toml` beside this file."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from networks.actions import cohorts
from networks.models import Coalition, Cohort
from systemschange.demo.groups import fill, person

FILE = Path(__file__).with_name("cohort.toml")


def add_cohort(*, people, now):
    told = tomllib.loads(FILE.read_text("utf-8"))
    about = {name: told[name] for name in ("name", "purpose", "agreements")}
    cohort = Cohort(
        name=told["name"],
        starts_date=timezone.localdate(now) - timedelta(days=3),
        place_count=told["places"],
        link_until=now + timedelta(days=14),
    )
    coalition = Coalition(joining="invited", **about)
    cohort = cohorts.start(cohort, coalition, by=person(people, told["by"]), now=now - timedelta(days=10))
    for number, name in enumerate(told["joined"]):
        taken_at = now - timedelta(days=9 - number, hours=number)
        cohorts.take_place(cohort.token, by=person(people, name), now=taken_at)
    fill(cohort.coalition, told, people, now=now)
