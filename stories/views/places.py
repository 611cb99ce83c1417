"""Places as readers meet them: the tree of them, and the stories set in each."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from networks import cards
from practices import words
from practices.models import Place
from stories.models import Story
from stories.search import codes
from stories.search.together import Together
from stories.views.crossings import overview_for


def place_list(request):
    overview = overview_for(request.user)
    context = {"overview": overview, "nations": tree(words.places(), dict(overview.places))}
    return render(request, "stories/place_list.html", context)


def tree(places, counts):
    """Each nation with the wide places in it: the nation itself and its regions, with their stories and council areas.

    `counts` says of a nation how many stories name it and no place inside it.
    """
    nations = [place for place in places if place.kind == Place.Kind.NATION]
    return [
        (nation, [branch(wide, places, counts) for wide in [nation, *regions(nation, places)]]) for nation in nations
    ]


def branch(wide, places, counts):
    councils = [place for place in places if place.parent_id == wide.pk and place.kind == Place.Kind.COUNCIL]
    return {"place": wide, "count": counts.get(wide, 0), "councils": councils}


def regions(nation, places):
    return [place for place in places if place.parent_id == nation.pk and place.kind == Place.Kind.REGION]


def place(request, slug):
    places = words.places()
    place = find_place(slug, places)
    told, page = told_in(place, request)
    around = None
    if not page.items and place.kind == Place.Kind.COUNCIL:
        # Nobody here, or nobody who may be shown here: what the place around it tells.
        around = place.parent
        told, page = told_in(around, request)
    context = {
        "place": place,
        "around": around,
        "parts": [part for part in places if part.parent_id == place.pk],
        "trail": trail(place, places),
        "overview": told.overview,
        "page": page,
        "people": cards.in_place(place, request.user, day=timezone.localdate()),
    }
    return render(request, "stories/place.html", context)


def told_in(place, request):
    """What is told there and a page of it. Rows by which stories are found may be behind a word that staff have just
    called sensitive, and would show more than a region: so the stories themselves are asked as well."""
    told = Together.of(request.user, [codes.of_word(place)], request.GET)
    keys = [story.pk for story in told.page.items]
    shown = set(Story.objects.set_in(place).filter(pk__in=keys).values_list("pk", flat=True)) if keys else ()
    return told, replace(told.page, items=[story for story in told.page.items if story.pk in shown])


def trail(place, places):
    """The way here: every place that it lies in, the widest first."""
    known = {around.pk: around for around in places}
    way = []
    while place.parent_id:
        place = known[place.parent_id]
        way.insert(0, (place.name, place.get_absolute_url()))
    return [(gettext("Places"), reverse("places:list")), *way]


def find_place(slug, places):
    found = next((place for place in places if place.slug == slug), None)
    if found is None:
        raise Http404
    return found
