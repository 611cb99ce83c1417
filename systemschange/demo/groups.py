"""Six groups: who is in them, what hangs on their board, what they say, and who would like to join.

The texts are data: `groups.toml` beside this file. Nobody is mailed: all of it is past.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

from networks.actions import coalitions, conversations, joining
from networks.models import Coalition
from practices.models import Boundary, Place
from systemschange.demo.gatherings import add_gathering

FILE = Path(__file__).with_name("groups.toml")


def read():
    return tomllib.loads(FILE.read_text("utf-8"))["group"]


def add_groups(*, people, now):
    for told in read():
        coalition = gather(told, people, now - timedelta(days=told["days"]))
        fill(coalition, told, people, now=now)
        add_who_may_come(coalition, told, people, now=now)
        end(coalition, told, people, now=now)


def person(people, name):
    return people[f"{name}@demo.example"]


def gather(told, people, at):
    about = {name: told[name] for name in ("name", "purpose", "joining", "agreements")}
    coalition = coalitions.gather(
        Coalition(questions=told.get("questions", []), **about),
        boundaries=Boundary.objects.filter(slug__in=told["boundaries"]),
        places=Place.objects.filter(slug__in=told["places"]),
        by=person(people, told["by"]),
        now=at,
    )
    for number, name in enumerate(told["with"], 1):
        coalitions.let_in(coalition, person(people, name), now=at + timedelta(hours=number))
    return coalition


def fill(coalition, told, people, *, now):
    """Its board, its conversation and its gatherings."""
    for number, line in enumerate(told["notice"]):
        said = {"text": line["text"], "may_stay": "", "form_key": f"{coalition.key}{number}"}
        at = now - timedelta(days=line["days"], minutes=23)
        coalitions.put_up(coalition, **said, by=person(people, line["by"]), now=at)
    at = now - timedelta(days=told["said_days"])
    for number, (name, hours, text) in enumerate(told["said"]):
        at += timedelta(hours=hours, minutes=13)
        said = {"text": text, "by": person(people, name), "now": at, "form_key": f"demo{number}"}
        conversations.say(coalition.conversation, **said)
    for line in told.get("gathering", []):
        add_gathering(coalition, line, people, by=person(people, told["by"]), now=now)


def add_who_may_come(coalition, told, people, *, now):
    """Who has asked and waits, and who is invited."""
    for line in told.get("request", []):
        by, at = person(people, line["by"]), now - timedelta(days=line["days"])
        joining.ask(coalition, answers=line["answers"], may_stay="", by=by, now=at)
    for name, days in told.get("invited", []):
        convenor, at = person(people, told["by"]), now - timedelta(days=days)
        joining.invite(coalition, member=person(people, name), by=convenor, now=at)


def end(coalition, told, people, *, now):
    """By its convenor, or nobody convenes it any more."""
    if "closed" in told:
        coalitions.close(coalition, by=person(people, told["by"]), now=now - timedelta(days=told["closed"]))
    for name in told.get("left", []):
        coalitions.leave(coalition, by=person(people, name), now=now - timedelta(days=2))
