"""A rare combination in our own stories: where, when and between which services, told by few others yet."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.models import Crossing, Place
from stories.models import Audience, Listing
from stories.search import codes

FEW = 5  # so many stories that share all three, and nobody is looked for by them
ENOUGH_TOLD = 200  # below so many published stories nearly everything is rare
SMALL, LOOK = 1, 2
WHY = _("Few stories here share where, when and between which services. Somebody who knows of it could tell who it is.")


@dataclass(frozen=True)
class Rare:
    """How it reads, what to do about it, and how much it weighs."""

    text: str
    level: int
    instead: str
    why: str = WHY


def rarest(version):
    """The rarest of what the version shows together, or None. Two queries, however many services it names.

    Counted are published stories for members and for anybody, as each is shown. No number is told: whoever reads the
    answer may not know of all of them.
    """
    place, year, shared = version.shown_place, version.period_year, _shared(version.boundary_list)
    if version.is_retold or not (place and year and shared):
        return None
    counts = _counts(version, place, year, shared)
    fewest = min(shared, key=lambda words: (counts[words], words))
    if counts[fewest] + 1 >= FEW:
        return None
    level = LOOK if _told()[:ENOUGH_TOLD].count() == ENOUGH_TOLD else SMALL
    return Rare(f"{place}, {version.shown_period}, {fewest}", level, _instead(version, place))


def _shared(boundaries):
    """How each crossing reads, with its code; of a single service, that one's."""
    if len(boundaries) == 1:
        return {boundaries[0].name.lower(): codes.of_word(boundaries[0])}
    return {str(crossing): codes.of_pair(*crossing.boundaries) for crossing in Crossing.among(boundaries)}


def _told():
    return Listing.objects.filter(audience__in=[Audience.PUBLIC, Audience.MEMBERS])


def _counts(version, place, year, shared):
    rows = _told().filter(codes__contains=[codes.of_word(place)], story__period_year=year)
    if version.shown_part:
        rows = rows.filter(story__period_part=version.shown_part)
    count_of = {f"shared_{n}": Count("pk", filter=Q(codes__contains=[code])) for n, code in enumerate(shared.values())}
    counted = rows.exclude(story=version.pk).aggregate(**count_of)
    return dict(zip(shared, counted.values(), strict=True))


def _instead(version, place):
    """The coarser answers that are left, the smallest loss first."""
    coarser = []
    if version.shown_part:
        coarser.append(gettext("the year alone"))
    if place.kind == Place.Kind.COUNCIL:
        coarser.append(gettext("a region"))
    elif place.kind == Place.Kind.REGION:
        coarser.append(gettext("a nation"))
    if not coarser:
        return gettext("Leave out where or when if it does not matter.")
    return gettext("Choose %(coarser)s if that is enough.") % {"coarser": " or ".join(coarser)}
