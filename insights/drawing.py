"""The boundary map as a drawing: services down one side, family by family, and an arc for each crossing.

Each arc has the colours of its two families and meets at the seam, as a crossing does everywhere here. Nothing moves
when a story is added but the weight of an arc: a layout by forces would put every service somewhere else each week.
"""

import textwrap
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from practices import words
from practices.models import Family

# In units of the drawing, which is as wide as a phone: letters of 14 units are never smaller than 12 pixels there.
WIDTH, ROW, EDGE = 400, 46, 23
LINE, LETTERS_A_LINE = 16, 22
SPINE = 206
NEAREST, FARTHEST = 24, 182
THINNEST, THICKEST = 1.5, 11


@dataclass(frozen=True)
class Service:
    boundary: object
    y: int
    count: int

    @property
    def lines(self):
        """Its name in at most two lines, with where each stands."""
        lines = textwrap.wrap(self.boundary.name, LETTERS_A_LINE)
        first = self.y + 5 - LINE * (len(lines) - 1) / 2
        return [(line, first + LINE * number) for number, line in enumerate(lines)]

    @property
    def href(self):
        return f"{reverse('stories:list')}?boundary={self.boundary.slug}"

    @property
    def label(self):
        said = ngettext("%(name)s: %(count)s story", "%(name)s: %(count)s stories", self.count)
        return said % {"name": self.boundary.name, "count": self.count}


@dataclass(frozen=True)
class Arc:
    counted: object
    upper: Service
    lower: Service
    reach: float
    weight: float

    @property
    def middle(self):
        return (self.upper.y + self.lower.y) / 2

    @property
    def end(self):
        """How far it reaches to the right."""
        return SPINE + self.reach

    @property
    def halves(self):
        """Each half with the family whose colour it has."""
        tall = (self.lower.y - self.upper.y) / 2
        bend = f"A{self.reach:g} {tall:g} 0 0 1"
        return [
            (self.upper.boundary.family, f"M{SPINE} {self.upper.y}{bend} {self.end:g} {self.middle:g}"),
            (self.lower.boundary.family, f"M{self.end:g} {self.middle:g}{bend} {SPINE} {self.lower.y}"),
        ]

    @property
    def seam(self):
        half = self.weight / 2 + 1.5
        return f"M{self.end - half:g} {self.middle + 2:g}L{self.end + half:g} {self.middle - 2:g}"

    @property
    def label(self):
        said = ngettext("%(name)s: %(count)s story", "%(name)s: %(count)s stories", self.counted.count)
        return said % {"name": str(self.counted.crossing).capitalize(), "count": self.counted.count}


class Drawing:
    """`services` from top to bottom, `arcs` with the strongest last, so that it lies on top."""

    width = WIDTH
    spine = SPINE

    def __init__(self, tally):
        told = set(tally.services)
        shown = [boundary for boundary in words.every_boundary() if not boundary.retired_at or boundary.pk in told]
        families = list(Family)
        shown.sort(key=lambda boundary: (families.index(boundary.family), boundary.name))
        self.services = [
            Service(boundary, EDGE + ROW * place, tally.services.get(boundary.pk, 0))
            for place, boundary in enumerate(shown)
        ]
        self.height = ROW * len(self.services)
        self.arcs = self._arcs(tally.crossings)

    @property
    def families(self):
        return [family for family in Family if any(one.boundary.family == family for one in self.services)]

    def _arcs(self, crossings):
        at = {service.boundary.pk: service for service in self.services}
        most = max((row.count for row in crossings), default=0)
        return [self._arc(row, at, row.count / most) for row in reversed(crossings)]

    def _arc(self, row, at, share):
        upper, lower = sorted((at[boundary.pk] for boundary in row.crossing.boundaries), key=lambda one: one.y)
        span = (lower.y - upper.y) / (self.height or 1)
        reach = NEAREST + (FARTHEST - NEAREST) * span
        return Arc(row, upper, lower, round(reach, 1), round(THINNEST + (THICKEST - THINNEST) * share, 1))
