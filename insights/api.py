"""Open data for programs: JSON and CSV for everybody, reading only, the same whoever asks."""

from functools import wraps

from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from insights import open_data, openapi
from insights.counting import Asked, tally
from members.sheets import sheet


def for_programs(view):
    """JSON that any page may read, with a sign by which a program learns that nothing has changed."""

    @require_safe
    @conditional_page
    @wraps(view)
    def answer(request, **kwargs):
        response = JsonResponse(view(request, **kwargs), json_dumps_params={"ensure_ascii": False})
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


@require_safe
def about(request):
    """What there is, field by field, and what may be done with it."""
    return render(request, "insights/open_data.html", {"fields": open_data.FIELDS, "a_page": open_data.A_PAGE})


@for_programs
def stories(request):
    page = open_data.page(request.GET)
    following = settings.SITE_URL + reverse("api:stories") + page.older if page.older else None
    return {"stories": [open_data.as_json(story) for story in page.items], "next": following}


@for_programs
def story(request, slug):
    found = open_data.find(slug)
    if found is None:
        raise Http404
    return open_data.as_json(found)


@for_programs
def crossings(request):
    found = tally(Asked(), now=timezone.now())
    return {
        "story_count": found.story_count,
        "counted_at": found.counted_at.isoformat(timespec="seconds"),
        "crossings": [_crossing(row) for row in found.crossings],
    }


def _crossing(row):
    return {
        "services": [boundary.name for boundary in row.crossing.boundaries],
        "address": settings.SITE_URL + row.crossing.get_absolute_url(),
        "story_count": row.count,
        "went_on_count": row.went_on_count,
        "rest_count": row.rest_count,
        "early_count": row.early_count,
    }


@for_programs
def document(request):
    return openapi.document()


@require_safe
def stories_csv(request):
    return sheet(open_data.rows(), ending="csv", name="stories")
