"""How practices spread: how often stories used each, what became of them, where, and with which others.

Stories that stalled or stopped, and experiments that did not work, weigh as much as the rest.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count
from django.db.models.functions import ExtractYear

from insights.counting import A_YEAR, Asked, ByOutcome, between, kept, key_of, outcome_of
from practices import words
from practices.models import Place
from stories.models import Experiment, Listing
from stories.models.experiment import Result
from stories.search.codes import Kind, of_word

MOST_COMPANIONS = 10

# Each practice of a story, with what became of it and where it is set.
USED = """
    WITH told AS ({told})
    SELECT code, (SELECT c FROM unnest(codes) AS c WHERE c >= %s AND c < %s LIMIT 1), count(*)
    FROM told, unnest(codes) AS code WHERE code >= %s AND code < %s GROUP BY 1, 2
"""
# Each practice, and how many stories that used it opened in which year: the moment stands in the number of a row.
OPENED = """
    WITH told AS ({told})
    SELECT code, extract(year FROM to_timestamp(pub_no / %s) AT TIME ZONE %s)::int, count(*)
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
    by_year: dict = field(default_factory=dict)

    @property
    def years(self):
        """Pairs of a year and how many of these stories opened in it."""
        return sorted(self.by_year.items())

    @property
    def tried(self):
        """How often others tried it and said how it went: it worked, partly, not."""
        return _by_result(self.results)


@dataclass
class Spreading:
    counted_at: datetime
    by_practice: dict
    together: list
    tried_by_year: dict

    @property
    def tried_years(self):
        """For each year in which somebody tried a practice: it worked, partly, not."""
        return [(year, _by_result(results)) for year, results in sorted(self.tried_by_year.items())]

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
    practices = between(Kind.PRACTICE, Kind.PRACTICE)
    spreads, together = _in_stories(asked, practices, now)
    tried_by_year = {}
    for practice, result, year, number in _experiments(asked, now):
        for results in (spreads.setdefault(practice, Spread()).results, tried_by_year.setdefault(year, {})):
            results[result] = results.get(result, 0) + number
    together.sort(key=lambda row: (-row[2], row[:2]))
    return Spreading(now, spreads, together[:MOST_COMPANIONS], tried_by_year)


def _in_stories(asked, practices, now):
    told, params = asked.listings(now).values("pub_no", "codes").query.sql_with_params()
    regions = [of_word(place) for place in words.places() if place.kind == Place.Kind.REGION]
    second = 1000 * Listing.MILLISECOND
    spreads = {}
    with connection.cursor() as cursor:
        cursor.execute(USED.format(told=told), [*params, *between(Kind.OUTCOME, Kind.OUTCOME), *practices])
        for code, outcome, number in cursor.fetchall():
            spreads.setdefault(key_of(code), Spread()).by_outcome[outcome_of(outcome)] = number
        cursor.execute(OPENED.format(told=told), [*params, second, settings.TIME_ZONE, *practices])
        for code, year, number in cursor.fetchall():
            spreads[key_of(code)].by_year[year] = number
        cursor.execute(SET_IN.format(told=told), [*params, *practices, regions])
        for code, _ in cursor.fetchall():
            spreads[key_of(code)].region_count += 1
        cursor.execute(TOGETHER.format(told=told), [*params, *practices, practices[1]])
        together = [(key_of(one), key_of(other), number) for one, other, number in cursor.fetchall()]
    return spreads, together


def _experiments(asked, now):
    """What anybody may read of who tried a practice, year by year. None where a place is asked for: the place that is
    kept may be finer than the one that is shown, and a count by it would tell. Nor where something else of a story is:
    who tried a practice says of no services, and of no outcome but how it went."""
    if asked.place or asked.services or asked.outcome:
        return []
    tried = Experiment.objects.readable_by(AnonymousUser()).exclude(practice=None)
    if asked.lately:
        tried = tried.filter(created_at__gte=now - A_YEAR)
    dated = tried.annotate(year=ExtractYear("created_at")).order_by()
    return dated.values_list("practice", "result", "year").annotate(Count("pk"))


def _by_result(results):
    return [results.get(result, 0) for result in Result.values]
