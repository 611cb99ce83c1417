"""How practices spread: how often stories used each, what became of them, where, and with which others.

Stories that stalled or stopped, and experiments that did not work, weigh as much as the rest.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count

from insights.counting import Asked, ByOutcome, between, kept, key_of, outcome_of
from practices import words
from practices.models import Place
from stories.models import Experiment
from stories.models.experiment import Result
from stories.search.codes import Kind, of_word

MOST_COMPANIONS = 10

# Each practice of a story, with what became of it and where it is set.
USED = """
    WITH told AS ({told})
    SELECT code, (SELECT c FROM unnest(codes) AS c WHERE c >= %s AND c < %s LIMIT 1), count(*)
    FROM told, unnest(codes) AS code WHERE code >= %s AND code < %s GROUP BY 1, 2
"""
SET_IN = """
    WITH told AS ({told})
    SELECT DISTINCT code, place FROM told, unnest(codes) AS code, unnest(codes) AS place
    WHERE code >= %s AND code < %s AND place = ANY(%s)
"""
TOGETHER = """
    WITH told AS ({told})
    SELECT one, other, count(*) FROM told, unnest(codes) AS one, unnest(codes) AS other
    WHERE one >= %s AND one < %s AND other < %s AND other > one GROUP BY 1, 2
"""


@dataclass
class Spread(ByOutcome):
    """One practice in all the stories that were asked for."""

    region_count: int = 0
    results: dict = field(default_factory=dict)

    @property
    def tried(self):
        """How often others tried it and said how it went: it worked, partly, not."""
        return [self.results.get(result, 0) for result in Result.values]


@dataclass
class Spreading:
    counted_at: datetime
    by_practice: dict
    together: list

    @property
    def rows(self):
        """Pairs of a practice and its row, the most used first; none is left out."""
        rows = [(practice, self.by_practice.get(practice.pk, Spread())) for practice in words.practices()]
        return sorted(rows, key=lambda row: (-row[1].count, row[0].name))

    @property
    def companions(self):
        """Two practices and how many stories used both, the most first."""
        known = {practice.pk: practice for practice in words.practices()}
        return [(known[one], known[other], count) for one, other, count in self.together if {one, other} <= set(known)]


def spreading(asked: Asked, *, now: datetime) -> Spreading:
    """The count, at most ten minutes old."""
    return kept(count, asked, now=now)


def count(asked: Asked, *, now: datetime) -> Spreading:
    told, params = asked.listings(now).values("codes").query.sql_with_params()
    practices = between(Kind.PRACTICE, Kind.PRACTICE)
    regions = [of_word(place) for place in words.places() if place.kind == Place.Kind.REGION]
    spreads = {}
    with connection.cursor() as cursor:
        cursor.execute(USED.format(told=told), [*params, *between(Kind.OUTCOME, Kind.OUTCOME), *practices])
        for code, outcome, number in cursor.fetchall():
            spreads.setdefault(key_of(code), Spread()).by_outcome[outcome_of(outcome)] = number
        cursor.execute(SET_IN.format(told=told), [*params, *practices, regions])
        for code, _ in cursor.fetchall():
            spreads[key_of(code)].region_count += 1
        cursor.execute(TOGETHER.format(told=told), [*params, *practices, practices[1]])
        together = [(key_of(one), key_of(other), number) for one, other, number in cursor.fetchall()]
    for practice, result, number in _experiments(asked):
        spreads.setdefault(practice, Spread()).results[result] = number
    together.sort(key=lambda row: (-row[2], row[:2]))
    return Spreading(now, spreads, together[:MOST_COMPANIONS])


def _experiments(asked):
    """What anybody may read of who tried a practice. None where a place is asked for: the place that is kept may be
    finer than the one that is shown, and a count by it would tell."""
    if asked.place:
        return []
    tried = Experiment.objects.readable_by(AnonymousUser()).exclude(practice=None)
    return tried.order_by().values_list("practice", "result").annotate(Count("pk"))
