"""An evidence pack: the numbers that the pages of this room show, frozen on their day."""

from datetime import datetime

from django.db import transaction
from django.utils.text import capfirst

from insights import changing, counting, placing, spreading
from insights.counting import Asked
from insights.models import EVERYBODY, EvidencePack
from stories.models import Outcome, Quotation, Story
from stories.models.experiment import Result

MOST_STORIES = 500
MOST_WORDS = 12
MOST_CROSSINGS = 10


@transaction.atomic
def freeze(asked: Asked, *, query: dict, title: str, by, now: datetime) -> EvidencePack:
    """Counts anew, never from what was kept: the day of a pack is the day of its numbers."""
    pack = EvidencePack.objects.create(
        title=title, query=query, counts=counted(asked, now=now), frozen_at=now, made_by=by
    )
    public = Story.objects.public().filter(pk__in=asked.listings(now).values("story"))
    newest = list(public.newest_first().values_list("pk", flat=True)[:MOST_STORIES])
    pack.stories.set(newest)
    allowed = Quotation.objects.readable_by(EVERYBODY).filter(story__in=newest).select_related("story").newest_first()
    pack.quotations.set([words for words in allowed if words.still_said][:MOST_WORDS])
    return pack


def counted(asked: Asked, *, now: datetime) -> dict:
    """As the pages count, in what a column can keep."""
    tally, changes = counting.count(asked, now=now), changing.count(asked, now=now)
    places, spread = placing.count(asked, now=now), spreading.count(asked, now=now)
    return {
        "chosen": chosen(asked),
        "stories": tally.story_count,
        "crossings": len(tally.crossings),
        "told_crossings": [
            {"slug": row.crossing.slug, "name": capfirst(str(row.crossing)), "cells": row.cells}
            for row in tally.crossings[:MOST_CROSSINGS]
        ],
        "places": len(places.counts),
        "outcomes": [{"label": row.label, "cells": row.cells} for row in changes.outcomes],
        "shifts": [{"label": row.label, "cells": row.cells} for row in changes.shifts],
        "did_not_go_on": sum(row.count for row in changes.outcomes if row.label in NOT_WENT_ON),
        "experiments": _experiments(asked, spread),
    }


def chosen(asked):
    """What was asked for, in the words of that day."""
    names = [word.name for word in (*asked.services, asked.place, asked.practice) if word]
    names += [Outcome(asked.outcome).label] if asked.outcome else []
    return [*names, "published in the 12 months before"] if asked.lately else names


NOT_WENT_ON = {outcome.label for outcome in counting.CAME_TO_REST}


def _experiments(asked, spread):
    """Tries of the practice that was asked for, or of any: how many by how they went."""
    by_practice = spread.by_practice
    rows = [by_practice[asked.practice.pk]] if asked.practice and asked.practice.pk in by_practice else []
    rows = rows if asked.practice else [*by_practice.values()]
    return [
        {"label": Result(result).label, "count": sum(row.results.get(result, 0) for row in rows)}
        for result in Result.values
    ]
