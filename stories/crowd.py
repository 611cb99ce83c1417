"""Whether an unnamed teller stands among enough members whom the directory lists (docs/decisions/0037).

Asked are only what a story shows and what the directory shows: never who told the story. So nobody can learn more from
the answer, or from its change, than they could have counted themselves.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from members.models import Profile
from practices.models import Place
from stories.models.choices import Byline


@dataclass(frozen=True)
class Listed:
    """What the directory says of somebody that a story says of its teller too."""

    works_in: frozenset
    would_cross: frozenset


class Crowd:
    """Everybody in the directory, by role and place; two queries, whatever is asked of it."""

    def __init__(self):
        self.places = Place.objects.in_bulk()
        self.found = defaultdict(list)
        for profile in _listed():
            listed = Listed(frozenset(profile["inside"]), frozenset(profile["inside"]) | frozenset(profile["crossing"]))
            for role in {profile["role"], None}:
                for place in {*self._lineage(profile["place"]), None}:
                    self.found[role, place].append(listed)

    def hides(self, *, byline, role, place, boundaries):
        """Enough of them could have told it, however somebody looks for the best match. `role`, `place`: keys.

        Counted are those of the role who work in the shown place and in one of the services. Among them, whoever has
        more of the services in common than others must be several too.
        """
        place = self.places.get(place)
        if place and place.kind == Place.Kind.COUNCIL:
            place = self.places[place.parent_id]
        shown = place.pk if place else None
        alike = self.found[role if byline == Byline.ROLE else None, shown]
        return _hides(alike, frozenset(boundaries))

    def _lineage(self, place):
        while place:
            yield place
            place = self.places[place].parent_id


def hides_teller(told):
    """The same of one story, or of what somebody added to one: that says nothing of services."""
    if told.byline == Byline.NAME or not settings.LISTED_ALIKE:
        return True
    boundaries = {boundary.pk for boundary in getattr(told, "boundary_list", ())}
    place = getattr(told, "place_id", None)
    return Crowd().hides(byline=told.byline, role=told.byline_role_id, place=place, boundaries=boundaries)


def _hides(alike, boundaries):
    if boundaries:
        alike = [listed for listed in alike if listed.works_in & boundaries]
    if len(alike) < settings.LISTED_ALIKE:
        return False
    for known in ("works_in", "would_cross"):
        for at_least in range(2, len(boundaries) + 1):
            best = sum(len(getattr(listed, known) & boundaries) >= at_least for listed in alike)
            if 0 < best < settings.LISTED_ALIKE:
                return False
    return True


def _listed():
    def inside(model):
        return ArraySubquery(model.objects.filter(profile=OuterRef("pk")).values("boundary_id"))

    return Profile.objects.listed().values(
        "role", "place", inside=inside(Profile.works_in.through), crossing=inside(Profile.would_cross_to.through)
    )
