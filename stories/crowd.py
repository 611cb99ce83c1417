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

    def __init__(self, directory=None):
        self.places = Place.objects.in_bulk()
        self.found = defaultdict(list)
        for role, place, inside, crossing in read_directory() if directory is None else directory:
            listed = Listed(frozenset(inside), frozenset(inside + crossing))
            for named in {role, None}:
                for around in {*self._lineage(place), None}:
                    self.found[named, around].append(listed)

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


def read_directory():
    """What is listed of everybody, and of nobody in particular: role, place, services inside and to cross to."""

    def services(model):
        return ArraySubquery(model.objects.filter(profile=OuterRef("pk")).order_by("boundary").values("boundary"))

    inside, crossing = services(Profile.works_in.through), services(Profile.would_cross_to.through)
    listed = Profile.objects.listed().annotate(inside=inside, crossing=crossing)
    return list(
        listed.order_by("role", "place", "inside", "crossing").values_list("role", "place", "inside", "crossing")
    )
