"""What the newest stories of a list show together: where they are now, what was tried, between whom, and where."""

from collections import Counter
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from django.utils.translation import gettext

from design import near
from design.compiled import rows_around
from practices import words
from practices.models import Crossing, Place
from stories.models import Outcome
from stories.search import codes
from stories.search.asked import NEWEST_FIRST

NEWEST = 200
MOST_GAPS = 4
MOST_WISHES = 3
# What a row of `summed` tells, before its two numbers.
STORY, WISH, COUNT = range(3)
ALL = 0  # in the place of a code: how many stories there are
COUNTED = (codes.Kind.PAIR, codes.Kind.PRACTICE, codes.Kind.PLACE, codes.Kind.OUTCOME)


class Row(NamedTuple):
    pub_no: int
    story_id: int


def newest_of(listings, *, newest=NEWEST):
    """What an overview is made of: a page of three stories and one of three thousand cost the same."""
    return listings.newest_first().values_list("pub_no", "story_id", "codes")[: newest + 1]


def summed(newest):
    """SQL around `newest_of`: the stories of a first page, a few that want help, and how often each code is carried.

    Counted where the codes are: to read those of two hundred stories here and count them takes four times as long.
    """
    kinds = ", ".join(str(int(kind)) for kind in COUNTED)
    return f"""
        WITH found AS MATERIALIZED ({{}}),
        newest AS MATERIALIZED (SELECT * FROM found ORDER BY pub_no DESC LIMIT {newest})
        (SELECT {STORY}, pub_no, story_id FROM newest ORDER BY pub_no DESC LIMIT {NEWEST_FIRST.size + 1})
        UNION ALL
        (SELECT {WISH}, pub_no, story_id FROM newest WHERE {codes.WANTS_HELP} = ANY(codes)
        ORDER BY pub_no DESC LIMIT {MOST_WISHES})
        UNION ALL
        SELECT {COUNT}, {ALL}, count(*) FROM found
        UNION ALL
        SELECT {COUNT}, code, count(*) FROM (SELECT unnest(codes) AS code FROM newest) AS carried
        WHERE code >> {codes.KEY_BITS} IN ({kinds}) GROUP BY code
    """  # noqa: S608 (numbers of our own)


class Overview:
    """Made of the rows of `summed`: everything a story can be found by stands in its row, as readers are shown it.

    Places count by region; a story that shows its nation only counts there: no count can tell more than the stories do.
    """

    def __init__(self, told, *, newest=NEWEST):
        of = {STORY: [], WISH: [], COUNT: []}
        for what, *numbers in told:
            of[what].append(numbers)
        # Those of a first page, and one more where there are more.
        self.rows, wishes = (sorted(map(Row._make, of[what]), reverse=True) for what in (STORY, WISH))
        self.wishes = [row.story_id for row in wishes]
        self._counts = Counter(dict(of[COUNT]))
        self.newest, self.has_more = newest, self._counts[ALL] > newest

    @classmethod
    def of(cls, listings, *, newest=NEWEST):
        return cls(rows_around(newest_of(listings, newest=newest), summed(newest)), newest=newest)

    @property
    def note(self):
        """Said beside every count that does not count everything."""
        return (
            gettext("Counted among the newest %(newest)s stories.") % {"newest": f"{self.newest:,}"}
            if self.has_more
            else ""
        )

    @property
    def count(self):
        """ "1 story", "17 stories", "200+ stories"."""
        number = min(self._counts[ALL], self.newest)
        if self.has_more:
            return gettext("%(number)s+ stories") % {"number": number}
        return f"{number or 'No'} {'story' if number == 1 else 'stories'}"

    @property
    def outcomes(self):
        """Pairs of an outcome and its count, every one in its place: stalled and stopped count like the others."""
        return [(outcome, self._counts[codes.of_outcome(outcome)]) for outcome in Outcome]

    @property
    def practices(self):
        """Pairs of a practice and its count, the most used first."""
        return _most_first((practice, self._counts[codes.of_word(practice)]) for practice in words.practices())

    @cached_property
    def crossings(self):
        """Pairs of a crossing and its count, the most told first."""
        known = every_crossing()
        told = sorted((*known[code], count) for code, count in self._counts.items() if code in known)
        return _most_first((crossing, count) for _, crossing, count in told)

    @cached_property
    def places(self):
        """Pairs of a nation or region and its count, the most told first."""
        counted = {place: self._counts[codes.of_word(place)] for place in wide_places()}
        within = Counter()
        for place, count in counted.items():
            within[place.parent_id] += count
        return _most_first((place, count - within[place.pk]) for place, count in counted.items())

    @cached_property
    def silent_places(self):
        """Some regions and nations that none of these stories is set in."""
        told = {place.pk for place, _ in self.places}
        return [place for place in around_councils() if place.pk not in told][:MOST_GAPS]


def every_crossing():
    """By their codes: pairs of the place that a crossing has among all by name, and the crossing."""
    boundaries = words.every_boundary()
    return near.derived("crossings", boundaries, make=lambda: _crossings_of(boundaries))


def _crossings_of(boundaries):
    pairs = [(codes.of_pair(a, b), Crossing.of(a, b)) for a, b in combinations(boundaries, 2)]
    by_name = sorted(pairs, key=lambda pair: str(pair[1]))
    return {code: (number, crossing) for number, (code, crossing) in enumerate(by_name)}


def wide_places():
    """Nations and regions."""
    places = words.places()
    return near.derived("wide places", places, make=lambda: [one for one in places if one.kind != Place.Kind.COUNCIL])


def around_councils():
    """The smallest places in which councils lie."""
    places = words.places()
    return near.derived("around councils", places, make=lambda: _around_councils_of(places))


def _around_councils_of(places):
    around = {place.parent_id for place in places if place.kind == Place.Kind.COUNCIL}
    return [place for place in places if place.pk in around]


def _most_first(counted):
    return sorted(((word, count) for word, count in counted if count), key=lambda pair: -pair[1])
