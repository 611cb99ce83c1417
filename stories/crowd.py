"""Whether an unnamed teller stands among enough members whom the directory lists (docs/decisions/0037).

Asked are only what a story shows and what the directory shows: never who told the story. So nobody can learn more from
the answer, or from its change, than they could have counted themselves.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import product

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from members.models import Profile, SeenBy
from practices.models import Place
from stories.models.choices import Byline

TOLD = ("role", "place", "works_in", "would_cross_to", "practices")
CIRCLES = (SeenBy.MEMBERS, SeenBy.CONNECTIONS)


@dataclass(frozen=True)
class Listed:
    """What the directory says of somebody that a story says of its teller too."""

    works_in: frozenset
    would_cross: frozenset
    practices: frozenset

    def in_common(self, boundaries, practices):
        known = (self.works_in & boundaries, self.would_cross & boundaries, self.practices & practices)
        return tuple(map(len, known))


class Crowd:
    """Everybody in the directory, by role and place; two queries, whatever is asked of it.

    Whoever is connected to some of them reads more than other members do, and nobody here knows who is connected to
    whom. So each is held as members read them and as their connections do: any one reader sees of everybody either the
    one or the other. What is hidden from both is as if it were not there: nobody can look for it.
    """

    def __init__(self, directory=None):
        self.places = Place.objects.in_bulk()
        self.found = {circle: defaultdict(Counter) for circle in CIRCLES}
        for told in read_directory() if directory is None else directory:
            for circle, (role, place, inside, crossing, practices) in zip(CIRCLES, told, strict=True):
                listed = Listed(frozenset(inside), frozenset(inside + crossing), frozenset(practices))
                for named in {role, None}:
                    for around in {*self._lineage(place), None}:
                        self.found[circle][named, around][listed] += 1

    def hides(self, *, byline, role, place, boundaries, practices=()):
        """Enough of them could have told it, however somebody looks for the best match. `role`, `place`: keys.

        Counted are those of the role who work in the shown place and in one of the services. Whoever has more of the
        services, or of the practices, in common than others must be several too.
        """
        place = self.places.get(place)
        if place and place.kind == Place.Kind.COUNCIL:
            place = self.places[place.parent_id]
        key = (role if byline == Byline.ROLE else None, place.pk if place else None)
        boundaries, practices = frozenset(boundaries), frozenset(practices)
        read, most = (self._in_common(self.found[circle][key], boundaries, practices) for circle in CIRCLES)
        if _at_least((bool(boundaries), 0, 0), read) < settings.LISTED_ALIKE:
            return False
        # What some readers may see of more people can only add to a group: one that is large enough for everybody
        # stays so, and one that nobody can see a member of stays empty.
        groups = product(range(len(boundaries) + 1), range(len(boundaries) + 1), range(len(practices) + 1))
        return all(_at_least(group, read) >= settings.LISTED_ALIKE or not _at_least(group, most) for group in groups)

    @staticmethod
    def _in_common(found, boundaries, practices):
        """How many have how much in common."""
        counts = Counter()
        for listed, count in found.items():
            counts[listed.in_common(boundaries, practices)] += count
        return counts

    def _lineage(self, place):
        while place:
            yield place
            place = self.places[place].parent_id


def hides_teller(told):
    """The same of one story, or of what somebody added to one: that says nothing of services."""
    if told.byline == Byline.NAME or not settings.LISTED_ALIKE:
        return True
    return Crowd().hides(
        byline=told.byline,
        role=told.byline_role_id,
        place=getattr(told, "place_id", None),
        boundaries={boundary.pk for boundary in getattr(told, "boundary_list", ())},
        practices=practices_of(told),
    )


def practices_of(told):
    """The keys of the practices that a story, or what was added to one, says were used."""
    if hasattr(told, "practice_id"):
        return {told.practice_id} - {None}
    return {practice.pk for practice in told.practices.all()} if hasattr(told, "practices") else set()


def _at_least(group, counts):
    return sum(count for common, count in counts.items() if all(map(int.__ge__, common, group)))


def read_directory():
    """What is listed of everybody, and of nobody in particular, as members and as connections read it: role, place,
    services inside and to cross to, practices."""

    def keys(field, column):
        through = getattr(Profile, field).through.objects.filter(profile=OuterRef("pk"))
        return ArraySubquery(through.order_by(column).values(column))

    profiles = Profile.objects.listed().annotate(
        inside=keys("works_in", "boundary"),
        crossing=keys("would_cross_to", "boundary"),
        used=keys("practices", "practice"),
    )
    columns = ["role", "place", "inside", "crossing", "used", *(f"{name}_seen_by" for name in TOLD)]
    listed = [tuple(_as_read(row, circle) for circle in CIRCLES) for row in profiles.values_list(*columns)]
    return sorted(listed, key=repr)


def _as_read(row, circle):
    told, audiences = row[: len(TOLD)], row[len(TOLD) :]
    nothing = (None, None, [], [], [])
    pairs = zip(told, audiences, nothing, strict=True)
    return tuple(value if circle.shows(audience) else hidden for value, audience, hidden in pairs)
