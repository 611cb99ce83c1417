"""Adds what the demo members keep, follow and have raised; `readers.toml` has the words."""

import tomllib
from datetime import timedelta
from pathlib import Path

from members.models import Concern
from practices.models import Boundary, Crossing
from stories import following
from stories.models import Kept, Story

WORDS = Path(__file__).with_suffix(".toml")


def add_readers(*, people, now):
    words = tomllib.loads(WORDS.read_text("utf-8"))
    stories = {story.title: story for story in Story.objects.filter(demo=True)}
    for told in words["kept"]:
        Kept.objects.create(member=people[told["member"]], story=stories[told["story"]], kept_at=then(told, now))
    for told in words["follow"]:
        following.follow(member=people[told["member"]], now=then(told, now), **followed(told, stories))
    for number, told in enumerate(words["concern"]):
        Concern.objects.create(
            target=stories[told["story"]],
            kind=told["kind"],
            text=told["text"].strip(),
            sender="demo",
            key=f"demo {number}",
            raised_at=then(told, now),
        )


def then(told, now):
    return now - timedelta(days=told["days_ago"])


def followed(told, stories):
    if "story" in told:
        return {"story": stories[told["story"]]}
    if "search" in told:
        return {"query": told["search"]}
    crossing = Crossing.of(*Boundary.objects.filter(slug__in=told["crossing"]))
    return {"a": crossing.a, "b": crossing.b}
