"""Public stories counted together: which services are crossed, how often, and what became of it.

Only public stories are counted, and exactly: everybody can read each of them, so no count says more than they do.
Counted from the narrow rows that stories are found by, kept for ten minutes, and shown with their age.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection

from practices import words
from practices.models import Crossing
from stories.models import Listing, Outcome, Story
from stories.search import codes
from stories.search.codes import KEY_BITS, PAIR_BITS, Kind

OLDEST_MINUTES = 10
KEPT = timedelta(minutes=OLDEST_MINUTES - 1)  # and a visitor's page of them may be kept for one
SHAPE = 2  # another number once something else is counted: what an older server kept is then not read
A_YEAR = timedelta(days=365)
# Stalled and stopped weigh as much as what went on.
WENT_ON = (Outcome.GOING, Outcome.SPREAD, Outcome.NORMAL)
CAME_TO_REST = (Outcome.STALLED, Outcome.STOPPED)

# Each service and each pair of services of a story, with what became of that story; first of all how many stories.
COUNT = """
    WITH told AS ({told})
    SELECT NULL, NULL, count(*) FROM told
    UNION ALL
    SELECT code, (SELECT c FROM unnest(codes) AS c WHERE c >= %s AND c < %s LIMIT 1), count(*)
    FROM told, unnest(codes) AS code WHERE code >= %s AND code < %s GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Asked:
    """Which of the public stories, or of those of one group: each part of it empty, or one of the shared words."""

    place: object = None
    practice: object = None
    outcome: str = ""
    lately: bool = False  # published within a year
    services: tuple = ()  # all of them
    group: object = None  # what was told to it alone

    @property
    def codes(self):
        found = [codes.of_word(word) for word in (self.place, self.practice, *self.services) if word]
        return [*found, codes.of_outcome(self.outcome)] if self.outcome else found

    @property
    def told(self):
        """Where counting begins: what everybody can read, or everybody in the group."""
        return Story.objects.told_to(self.group) if self.group else Story.objects.public()

    def stories(self, now: datetime):
        return self.told.filter(pk__in=self.listings(now).values("story"))

    def listings(self, now: datetime):
        listings = Listing.objects
        rows = listings.filter(story__in=self.told) if self.group else listings.readable_by(AnonymousUser())
        found = rows.carrying(self.codes)
        if self.lately:
            found = found.filter(pub_no__gte=int((now - A_YEAR).timestamp() * 1000) * Listing.MILLISECOND)
        return found

    @property
    def key(self):
        group = f":{self.group.key}" if self.group else ""
        return f"insights:{'-'.join(map(str, self.codes))}:{self.lately:d}{group}"


@dataclass
class ByOutcome:
    """How many stories, by what became of the change."""

    by_outcome: dict = field(default_factory=dict)

    @property
    def count(self):
        return sum(self.by_outcome.values())

    def _with(self, outcomes):
        return sum(self.by_outcome.get(outcome, 0) for outcome in outcomes)

    @property
    def went_on_count(self):
        return self._with(WENT_ON)

    @property
    def rest_count(self):
        return self._with(CAME_TO_REST)

    @property
    def early_count(self):
        """Too early to say, or not said."""
        return self.count - self.went_on_count - self.rest_count

    @property
    def cells(self):
        """All of them, those that went on, those that stalled or stopped, and the rest."""
        return [self.count, self.went_on_count, self.rest_count, self.early_count]


@dataclass
class Counted(ByOutcome):
    """One row of the map."""

    crossing: Crossing = None


@dataclass(frozen=True)
class Tally:
    """What was counted, and when. Keys are those of boundaries; words are put to them when it is shown."""

    counted_at: datetime
    story_count: int = 0
    services: dict = None
    pairs: dict = None

    @cached_property
    def crossings(self):
        """Rows of crossings, the most told first."""
        known = {boundary.pk: boundary for boundary in words.every_boundary()}
        rows = [
            Counted(by_outcome, Crossing.of(known[a], known[b]))
            for (a, b), by_outcome in self.pairs.items()
            if a in known and b in known
        ]
        return sorted(rows, key=lambda row: (-row.count, row.crossing.slug))


def tally(asked: Asked, *, now: datetime) -> Tally:
    """The count, at most ten minutes old."""
    return kept(count, asked, now=now)


def kept(count, asked: Asked, *, now: datetime):
    """What this function counted at most ten minutes ago, by whoever asked first or by beat."""
    return cache.get_or_set(_key(count, asked), lambda: count(asked, now=now), KEPT.total_seconds())


def keep(count, *, now: datetime) -> None:
    """Count anew what most readers ask for: everything."""
    cache.set(_key(count, Asked()), count(Asked(), now=now), KEPT.total_seconds())


def _key(count, asked):
    return f"{asked.key}:{count.__module__}:{SHAPE}"


def age_minutes(counted, now: datetime) -> int:
    """How old a count is that says `counted_at`. Another may have counted anew since this request began at `now`."""
    return max(0, int((now - counted.counted_at).total_seconds() // 60))


def count(asked: Asked, *, now: datetime) -> Tally:
    told, params = asked.listings(now).values("codes").query.sql_with_params()
    outcomes, counted = between(Kind.OUTCOME, Kind.OUTCOME), between(Kind.BOUNDARY, Kind.PAIR)
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(told=told), [*params, *outcomes, *counted])
        (_, _, story_count), *rows = sorted(cursor, key=lambda row: row[0] is not None)
    return _told_apart(Tally(counted_at=now, story_count=story_count, services={}, pairs={}), rows)


def between(first, last):
    """The numbers of these kinds: from the first on, and below the second."""
    return first << KEY_BITS, last + 1 << KEY_BITS


def key_of(code):
    """The key inside a number, whatever its kind."""
    return code & (1 << KEY_BITS) - 1


def outcome_of(code):
    """The outcome that a number says; empty where a story said none."""
    return Outcome.values[key_of(code)] if code else ""


def _told_apart(tally, rows):
    services, pairs = {}, {}
    for code, outcome, number in rows:
        key = key_of(code)
        if code >> KEY_BITS == Kind.BOUNDARY:
            services[key] = services.get(key, 0) + number
        else:
            pair = key >> PAIR_BITS, key & (1 << PAIR_BITS) - 1
            pairs.setdefault(pair, {})[outcome_of(outcome)] = number
    return replace(tally, services=services, pairs=pairs)
