"""Crossings as readers meet them: all that have stories, the gaps between them, and each one's own page."""

from itertools import combinations

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from design.compiled import compiled
from networks import cards
from practices import words
from practices.models import Crossing, Family
from stories import in_reports
from stories.models import Listing
from stories.overview import Overview, newest_of, summed
from stories.search import codes
from stories.search.together import Together

NEWEST = 1000  # the stories that the list of all crossings looks through
MOST_GAPS = 6
SUMMED = summed(NEWEST)


@compiled
def _newest(reader):
    return newest_of(Listing.objects.readable_by(reader), newest=NEWEST)


def overview_for(reader):
    """What the newest of all stories show together."""
    return Overview(_newest.around(SUMMED, reader), newest=NEWEST)


def crossing_list(request):
    overview = overview_for(request.user)
    context = {"overview": overview, "families": by_family(overview.crossings), "gaps": gaps(overview.crossings)}
    return render(request, "stories/crossing_list.html", context)


def by_family(told):
    """The crossings that touch each family of services: one between two families is found under both."""
    families = [
        (family, [(crossing, count) for crossing, count in told if family in {crossing.a.family, crossing.b.family}])
        for family in Family
    ]
    return [(family, crossings) for family, crossings in families if crossings]


def gaps(told):
    """A few pairs that nobody tells of, first those whose two services tell the most with others."""
    voices = {boundary.pk: 0 for boundary in words.boundaries()}
    for crossing, count in told:
        for boundary in crossing.boundaries:
            voices[boundary.pk] = voices.get(boundary.pk, 0) + count
    known = {crossing for crossing, _ in told}
    silent = [Crossing.of(*pair) for pair in combinations(words.boundaries(), 2)]
    silent = [crossing for crossing in silent if crossing not in known]
    silent.sort(key=lambda crossing: -min(voices[crossing.a.pk], voices[crossing.b.pk]))
    return silent[:MOST_GAPS]


def crossing(request, a, b):
    crossing = find_crossing(a, b)
    if (crossing.a.slug, crossing.b.slug) != (a, b):
        return redirect(crossing, permanent=True)
    told = Together.of(request.user, codes.of_boundaries(crossing.boundaries), request.GET)
    if any(boundary.retired_at for boundary in crossing.boundaries) and not told.overview.rows:
        raise Http404
    context = {
        "crossing": crossing,
        "overview": told.overview,
        "page": told.page,
        "wishes": told.wishes,
        "reports": in_reports.about_crossing(crossing),
        "people": cards.on_crossing(crossing, request.user, day=timezone.localdate()),
    }
    return render(request, "stories/crossing.html", context)


def find_crossing(a, b):
    """The crossing of these two slugs in either order. No page stands between a service and itself.

    A service that was merged into another leads to that one: links to it are out in the world.
    """
    every = {boundary.pk: boundary for boundary in words.every_boundary()}
    named = [boundary for boundary in every.values() if boundary.slug in {a, b}]
    found = {every.get(boundary.merged_into_id, boundary) for boundary in named}
    if len(found) != 2:
        raise Http404
    return Crossing.of(*found)
