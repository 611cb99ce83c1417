"""An evidence pack: the numbers that the pages of this room show, frozen on their day."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext

from insights import changing, counting, placing, spreading
from insights.changing import Row
from insights.counting import CAME_TO_REST, WENT_ON, Asked
from insights.frozen import frozen
from insights.hiding import FEWEST, sheltered, shown
from insights.models import EvidencePack, PackQuotation
from practices import words
from practices.models import Place
from stories import emails
from stories.models import Outcome, Quotation
from stories.models.experiment import Result

MOST_STORIES = 500
MOST_KEPT_WORDS = 60
MOST_CROSSINGS = 10


@dataclass
class TooFew(Exception):
    """So few stories are read, not counted: beside them a pack's numbers would be about each of them."""

    count: int


@transaction.atomic
def freeze(asked: Asked, *, query: dict, title: str, by, now: datetime, demo=False) -> EvidencePack:
    """Counts anew, never from what was kept: the day of a pack is the day of its numbers. Raises TooFew."""
    newest = list(asked.stories(now).newest_first().values_list("pk", flat=True)[:MOST_STORIES])
    if len(newest) < FEWEST:
        raise TooFew(len(newest))
    counts = {**counted(asked, now=now), "kept": len(newest)}
    pack = EvidencePack.objects.create(
        title=title, query=query, counts=counts, frozen_at=now, made_by=by, group=asked.group, demo=demo
    )
    pack.stories.set(newest)
    # Also those whose teller has yet to answer: they show themselves with the yes.
    picked = Quotation.objects.filter(story__in=newest).select_related("story").newest_first()
    wanted = [one for one in picked if (one.is_allowed or one.waits) and one.still_said][:MOST_KEPT_WORDS]
    PackQuotation.objects.bulk_create(PackQuotation(pack=pack, quotation=one) for one in wanted)
    return pack


def take_back(pack: EvidencePack) -> None:
    """Its link leads nowhere from now on."""
    pack.delete()


@transaction.atomic
def tell(*, now: datetime) -> int:
    """Tellers hear once a pack that their words stand in it, also when they said yes later. Returns how many did."""
    rows = PackQuotation.objects.to_be_told().select_for_update(of=["self"]).order_by("pk")
    rows = [row for row in rows.select_related("pack", "quotation__story__author") if row.quotation.still_said]
    told = set(PackQuotation.objects.exclude(told_at=None).values_list("pack", "quotation__story")) if rows else set()
    count = 0
    for row in rows:
        story = row.quotation.story
        if (row.pack_id, story.pk) not in told:
            emails.words_in_pack(story, title=row.pack.title, path=row.pack.get_absolute_url(), now=now)
            told.add((row.pack_id, story.pk))
            count += 1
    PackQuotation.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
    return count


def counted(asked: Asked, *, now: datetime) -> dict:
    """As the pages count, in what a column can keep, without small numbers."""
    tally, changes = counting.count(asked, now=now), changing.count(asked, now=now)
    # One that few told of is not named either: that it was told of at all would outlive its story.
    crossings = [row for row in tally.crossings if row.count >= FEWEST][:MOST_CROSSINGS]
    outcomes, shifts = became(changes.outcomes), changes.shifts
    found = {
        "chosen": chosen(asked),
        "stories": tally.story_count,
        "crossings": len(tally.crossings),
        "told_crossings": [
            {"slug": row.crossing.slug, "name": capfirst(str(row.crossing)), "cells": cells}
            for row, cells in zip(crossings, sheltered([row.cells for row in crossings]), strict=True)
        ],
        "places": set_in(placing.count(asked, now=now)),
        "outcomes": _labelled(outcomes, whole=tally.story_count),
        "shifts": _labelled(shifts),
        "experiments": _experiments(asked, now),
    }
    return frozen(found)


def became(rows):
    """What became of the changes, in three rows: went on, stalled or stopped, and the rest."""
    went_on, at_rest, rest = (
        Row(gettext("Went on")),
        Row(gettext("Stalled or stopped")),
        Row(gettext("Too early to say, or not said")),
    )
    for row in rows:
        into = went_on if row.outcome in WENT_ON else at_rest if row.outcome in CAME_TO_REST else rest
        for evidence, number in row.by_evidence.items():
            into.add(evidence, number)
    return [went_on, at_rest, rest]


def set_in(places):
    """Places of each sort with at least one story: "3 nations", and so on."""
    kinds = {Place.Kind.NATION: "nation", Place.Kind.REGION: "region", Place.Kind.COUNCIL: gettext("council area")}
    told = [place.kind for place in words.places() if places.counts.get(place.pk)]
    numbers = [(told.count(kind), name) for kind, name in kinds.items()]
    return [f"{number} {name}{'s' if number > 1 else ''}" for number, name in numbers if number]


def chosen(asked):
    """What was asked for, in the words of that day."""
    names = [word.name for word in (*asked.services, asked.place, asked.practice) if word]
    names += [Outcome(asked.outcome).label] if asked.outcome else []
    return [*names, gettext("published in the 12 months before")] if asked.lately else names


def _labelled(rows, **more):
    cells = sheltered([row.cells for row in rows], **more)
    return [{"label": row.label, "cells": shown} for row, shown in zip(rows, cells, strict=True)]


def _experiments(asked, now):
    """How it went for others who tried the practice that was asked for; nothing where more was asked, which would be
    said of other tries than these stories'."""
    if asked != Asked(practice=asked.practice) or not asked.practice:
        return []
    results = spreading.count(asked, now=now).by_practice.get(asked.practice.pk, spreading.Spread()).results
    return [{"label": Result(result).label, "count": shown(results.get(result, 0))} for result in Result.values]
