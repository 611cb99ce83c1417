"""What the stories show together, for everybody."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from insights import changing, hiding, placing, spreading
from insights.counting import OLDEST_MINUTES, age_minutes, tally
from insights.drawing import Drawing
from insights.forms import Look
from members.sheets import guarded, sheet
from stories.views.crossings import gaps

# Fewer stories are a list, not a map.
FEWEST = 30
SERVICES = ("service", "other")  # the map shows all of them


def boundaries(request):
    """The boundary map: a drawing, and always the same numbers as a table."""
    look, now = Look(request.GET, without=SERVICES), timezone.now()
    found = tally(look.asked, now=now)
    context = {
        "look": look,
        "tally": found,
        "age": age_minutes(found, now),
        "drawing": Drawing(found) if found.story_count >= FEWEST else None,
        "fewest": FEWEST,
        "gaps": [] if look.is_narrowed else gaps([(row.crossing, row.count) for row in found.crossings]),
        "csv": f"{reverse('insights:boundaries_csv')}?{urlencode(request.GET)}",
    }
    return render(request, "insights/boundaries.html", context)


def changes(request):
    """What is different now, and how their tellers know."""
    look, now = Look(request.GET), timezone.now()
    found = changing.changes(look.asked, now=now)
    context = {"look": look, "changes": found, "age": age_minutes(found, now)}
    return render(request, "insights/changes.html", context)


def practices(request):
    """How often each practice was used, what became of it, and what travels with it."""
    look, now = Look(request.GET, without=("practice",)), timezone.now()
    found = spreading.spreading(look.asked, now=now)
    context = {"look": look, "spreading": found, "age": age_minutes(found, now)}
    return render(request, "insights/practices.html", context)


def places(request):
    """Where the stories are set: dots, and the same as a list."""
    look, now = Look(request.GET, without=("place",)), timezone.now()
    found = placing.places(look.asked, now=now)
    context = {"look": look, "found": found, "map": placing.Map(found), "age": age_minutes(found, now)}
    return render(request, "insights/places.html", context)


def about(request):
    """What is counted here, how old it is, and what no number here can say."""
    return render(request, "insights/about.html", {"minutes": OLDEST_MINUTES, "fewest": hiding.FEWEST})


def boundaries_csv(request):
    """The table of the map, row by row."""
    found = tally(Look(request.GET, without=SERVICES).asked, now=timezone.now())
    return sheet(_rows(found), ending="csv", name="crossings")


def _rows(found):
    yield [
        "service",
        gettext("other service"),
        "stories",
        gettext("went on"),
        gettext("stalled or stopped"),
        gettext("too early or not said"),
    ]
    for row in found.crossings:
        names = [guarded(boundary.name) for boundary in row.crossing.boundaries]
        yield [*names, *row.cells]
