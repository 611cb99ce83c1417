"""Where public stories are set: places as dots, drawn from their coordinates and nothing else.

No map is fetched from anybody: every council area is a dot, and together they draw the country. A story counts where it
is shown to be set, and in all that lies around that place.
"""

import math
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import ngettext

from insights.counting import Asked, between, kept, key_of
from practices import words
from practices.models import Place
from stories.search.codes import Kind

# In units of the drawing. A degree of longitude is narrower than one of latitude so far north.
WIDTH, NORTH, WEST, DEGREE = 400, 60.4, -8.4, 62
NARROWER = math.cos(math.radians(55))
SMALLEST, LARGEST = 8, 30

SET_IN = """
    WITH told AS ({told})
    SELECT NULL, count(*) FROM told
    UNION ALL
    SELECT code, count(*) FROM told, unnest(codes) AS code WHERE code >= %s AND code < %s GROUP BY 1
"""


@dataclass
class Places:
    """How many stories, and how many of them in each place, by its key."""

    counted_at: datetime
    story_count: int
    counts: dict

    @property
    def placed_count(self):
        """Stories that say where: each lies in one nation."""
        return sum(self.counts.get(place.pk, 0) for place in words.places() if place.kind == Place.Kind.NATION)

    @property
    def nations(self):
        """Each nation, its count, and its regions and council areas with theirs: what has stories, the most first."""
        within = {}
        for place in words.places():
            within.setdefault(place.parent_id, []).append(place)
        return [
            (nation, self.counts.get(nation.pk, 0), self._inside(nation, within)) for nation in within.get(None, [])
        ]

    def _inside(self, place, within):
        parts = [part for part in within.get(place.pk, []) if part.pk in self.counts]
        inside = [(part, self.counts[part.pk], self._inside(part, within)) for part in parts]
        return sorted(inside, key=lambda row: (-row[1], row[0].name))


def places(asked: Asked, *, now: datetime) -> Places:
    """The count, at most ten minutes old."""
    return kept(count, asked, now=now)


def count(asked: Asked, *, now: datetime) -> Places:
    told, params = asked.listings(now).values("codes").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(SET_IN.format(told=told), [*params, *between(Kind.PLACE, Kind.PLACE)])
        (_, story_count), *rows = sorted(cursor, key=lambda row: row[0] or 0)
    return Places(now, story_count, {key_of(code): number for code, number in rows})


@dataclass(frozen=True)
class Dot:
    place: Place
    count: int
    x: float
    y: float
    radius: float = 2

    @property
    def label(self):
        said = ngettext("%(name)s: %(count)s story", "%(name)s: %(count)s stories", self.count)
        return said % {"name": self.place.name, "count": self.count}


class Map:
    """`wide`: regions, and nations that have none, as circles that grow with their stories; `told` and `silent`:
    council areas with stories and without."""

    width = WIDTH

    def __init__(self, found):
        every = [place for place in words.places() if place.latitude is not None]
        has_regions = {place.parent_id for place in every if place.kind == Place.Kind.REGION}
        councils = [place for place in every if place.kind == Place.Kind.COUNCIL]
        wide = [place for place in every if place not in councils and place.pk not in has_regions]
        most = max((found.counts.get(place.pk, 0) for place in wide), default=0)
        self.wide = [dot(place, found, _radius(found.counts.get(place.pk, 0), most)) for place in wide]
        dots = [dot(place, found) for place in councils]
        self.told = [one for one in dots if one.count]
        self.silent = [one for one in dots if not one.count]
        self.height = round(max((one.y for one in dots), default=0)) + 24


def dot(place, found, radius=2.0):
    x = (place.longitude - WEST) * NARROWER * DEGREE
    return Dot(place, found.counts.get(place.pk, 0), round(x, 1), round((NORTH - place.latitude) * DEGREE, 1), radius)


def _radius(number, most):
    """The circle's ground, not its width, says how many."""
    return round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(number / most), 1) if number else SMALLEST / 2
