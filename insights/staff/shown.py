"""Kept numbers with the words that belong to them, as the pages show them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insights.staff.columns import Columns
from insights.staff.quarters import Quarter
from practices import words
from practices.models import Family, Place

SERIES = (_("Sent to a moderator"), _("Published"), _("Tried too"))
UNDER, NOT_TOLD = "under 5", _("not told")


def five(number, instead=UNDER):
    """A number of people, or of pages opened."""
    return f"{number}+" if number else instead


@dataclass(frozen=True)
class Reached:
    """One line of the tables of places and services; `share` of the longest bar."""

    label: str
    stories: int
    members: str
    share: float
    inside: bool = False

    @property
    def width(self):
        return f"{100 * self.share:.4g}%"


class Activity:
    """What goes on, as two drawings and their tables."""

    def __init__(self, kept):
        self.counted_at, self.found = kept.counted_at, kept.found

    @property
    def weeks(self):
        return self._columns("weeks", "%-d %b")

    @property
    def months(self):
        return self._columns("months", "%b %Y")

    def _columns(self, name, form):
        rows = [[f"{date.fromisoformat(begins):{form}}", *numbers] for begins, *numbers in self.found[name]]
        return Columns(SERIES, rows)

    @property
    def reviews(self):
        return self.found["reviews"]

    @property
    def tables(self):
        return self.found["tables"]


class Reach:
    """Places and services with the stories and the members that each has."""

    def __init__(self, activity, people):
        self.stories = activity.found["reach"] if activity else {"places": {}, "boundaries": {}}
        self.members = people.found if people else {"places": {}, "boundaries": {}}

    @property
    def places(self):
        """Each nation and the regions in it; nothing smaller."""
        every = [place for place in words.places() if place.kind != Place.Kind.COUNCIL]
        nations = [place for place in every if place.kind == Place.Kind.NATION]
        ordered = [
            one
            for nation in nations
            for one in (nation, *(region for region in every if region.parent_id == nation.pk))
        ]
        return self._lines("places", ordered, inside=lambda place: place.kind == Place.Kind.REGION)

    @property
    def boundaries(self):
        families = list(Family)
        ordered = sorted(words.boundaries(), key=lambda one: (families.index(one.family), one.name))
        return self._lines("boundaries", ordered)

    def _lines(self, kind, ordered, inside=lambda word: False):
        stories, members = self.stories[kind], self.members[kind]
        most = max((stories.get(str(word.pk), 0) for word in ordered), default=0) or 1
        return [
            Reached(
                label=word.name,
                stories=stories.get(str(word.pk), 0),
                members=five(members.get(str(word.pk))),
                share=stories.get(str(word.pk), 0) / most,
                inside=inside(word),
            )
            for word in ordered
        ]


class People:
    def __init__(self, kept):
        self.counted_at, self.found = kept.counted_at, kept.found

    @property
    def members(self):
        return five(self.found["members"])

    @property
    def joined(self):
        """Quarter, let in, begun, published; of a quarter with few of them the rest is not told either."""
        return [
            [Quarter.read(name).label, five(let_in), five(begun, NOT_TOLD), five(told, NOT_TOLD)]
            for name, let_in, begun, told in self.found["joined"]
        ]

    @property
    def introductions(self):
        asked, heard, met = self.found["introductions"]
        return [
            (gettext("Asked for"), five(asked)),
            (gettext("Answered"), five(heard, NOT_TOLD)),
            (gettext("Led to a talk"), five(met, NOT_TOLD)),
        ]
