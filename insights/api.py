"""Open data for programs: JSON and CSV for everybody, reading only, the same whoever asks."""

from functools import wraps

from django.conf import settings
from django.http import FileResponse, Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from insights import exporting, open_data, openapi
from insights.counting import Asked, tally
from insights.models import OpenFile

SOON = 60  # seconds: how often `insights.tasks.make_files` runs


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
    context = {"fields": open_data.FIELDS, "a_page": open_data.A_PAGE, "is_large": exporting.is_large()}
    context["crossing_fields"] = [(name, kind["description"]) for name, kind in openapi.CROSSING.items()]
    return render(request, "insights/open_data.html", context)


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


# --- All of it in one file --------------------------------------------------------------------------------------------


@require_safe
def whole(request, ending):
    """At once where it is little. Where it is much: the file, or where one asks for it."""
    name, kind = f"stories-{timezone.localdate():%Y-%m-%d}.{ending}", exporting.KINDS[ending]
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    if not exporting.is_large():
        return StreamingHttpResponse(exporting.parts(ending), content_type=kind, headers=headers)
    made = exporting.found(ending, now=timezone.now())
    if made is None:
        return file_page(request, ending, status=503)
    return FileResponse(made.file.open(), as_attachment=True, filename=name, content_type=kind, headers=headers)


def file(request, ending):
    """Ask for the file, and see how far it is."""
    if ending not in exporting.KINDS:
        raise Http404
    if request.method == "POST" and exporting.is_large():
        exporting.ask(ending, now=timezone.now())
        return redirect("api:file", ending)
    return file_page(request, ending)


def file_page(request, ending, status=200):
    now = timezone.now()
    asked = OpenFile.objects.filter(ending=ending).first()
    ready = exporting.found(ending, now=now) if asked else None
    context = {"ending": ending, "asked": asked, "ready": ready, "is_large": exporting.is_large()}
    response = render(request, "insights/open_file.html", context, status=status)
    response.headers["Cache-Control"] = "no-cache"
    if status != 200:
        response.headers["Retry-After"] = SOON
    return response


@require_safe
def progress(request, ending):
    """How far it is, for the page that waits."""
    asked = get_object_or_404(OpenFile, ending=ending)
    told = {"being_made": asked.is_being_made, "done": asked.done_count, "all": asked.part_count}
    return JsonResponse(told, headers={"Cache-Control": "no-store"})
