"""What the newest stories of a list show together: where they are now, what was tried, between whom, and where."""

from collections import Counter
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext

from practices import words
from practices.models import Crossing, Place
from stories.models import Outcome, Story, StoryBoundary

NEWEST = 200
# As the newest follow-up says, where there is one; a story's page says the same (`Story.outcome_now`).
WHERE_IT_IS_NOW = Coalesce(NullIf("latest_outcome", Value("")), "outcome")
MOST_GAPS = 4


def newest_of(stories, *, newest=NEWEST):
    """What an overview is made of, in one query: a page of three stories and one of three thousand cost the same."""
    practices = Story.practices.through.objects.filter(story=OuterRef("pk")).values("practice_id")
    boundaries = StoryBoundary.objects.filter(content_object=OuterRef("pk")).values("tag_id")
    told = stories.newest_first().annotate(
        practice_ids=ArraySubquery(practices), boundary_ids=ArraySubquery(boundaries), now=WHERE_IT_IS_NOW
    )
    columns = ("now", "place_id", "blurred", "practice_ids", "boundary_ids")
    return told.values_list(*columns, named=True)[: newest + 1]


class Overview:
    """Made of the rows of `newest_of`.

    Places count by region; a story that shows its nation only counts there: no count can tell more than the stories do.
    """

    def __init__(self, rows, *, newest=NEWEST):
        rows = list(rows)
        self.newest, self.rows, self.has_more = newest, rows[:newest], len(rows) > newest

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
        number = len(self.rows)
        if self.has_more:
            return gettext("%(number)s+ stories") % {"number": number}
        return f"{number or 'No'} {'story' if number == 1 else 'stories'}"

    @property
    def outcomes(self):
        """Rows of a figure, every outcome in its place: stalled and stopped count like the others."""
        counts = Counter(row.now for row in self.rows)
        return [{"label": outcome.label, "count": counts[outcome]} for outcome in Outcome]

    @property
    def practices(self):
        """Pairs of a practice and its count, the most used first."""
        counts = Counter(pk for row in self.rows for pk in row.practice_ids)
        return _most_first((practice, counts[practice.pk]) for practice in words.practices())

    @cached_property
    def crossings(self):
        """Pairs of a crossing and its count, the most told first."""
        boundaries = words.by_key(words.every_boundary())
        counts = Counter()
        for keys, count in Counter(tuple(row.boundary_ids) for row in self.rows).items():
            # Made within the minute, a boundary is not among the words yet.
            for told in Crossing.among([boundaries[pk] for pk in keys if pk in boundaries]):
                counts[told] += count
        return _most_first(sorted(counts.items(), key=lambda counted: str(counted[0])))

    @cached_property
    def places(self):
        """Pairs of a nation or region and its count, the most told first."""
        places = words.by_key(words.places())
        told = [(places[row.place_id], row.blurred) for row in self.rows if row.place_id in places]
        counts = Counter((place.nation if blurred else place.region).pk for place, blurred in told)
        return _most_first((place, counts[place.pk]) for place in places.values())

    @property
    def silent_places(self):
        """Some regions and nations that none of these stories is set in."""
        told = {place.pk for place, _ in self.places}
        wide = {place.parent_id for place in words.places() if place.kind == Place.Kind.COUNCIL}
        silent = [place for place in words.places() if place.pk in wide - told]
        return silent[:MOST_GAPS]


def _most_first(counted):
    return sorted(((word, count) for word, count in counted if count), key=lambda pair: -pair[1])
