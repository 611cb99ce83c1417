"""Published stories as a table, for programme staff."""

from functools import wraps

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from stories import exporting
from stories.staff.guard import header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def for_staff(view):
    """Editors, moderators and administrators in good standing; the second factor is asked for all of /admin/."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not (request.user.is_staff and request.user.is_member):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@for_staff
def export(request):
    count = exporting.stories_for(request.user).count()
    return render(request, "stories/admin/export.html", {"count": count, **header("Stories as a table")})


@never_cache
@for_staff
def csv_export(request):
    lines = exporting.csv_lines(exporting.stories_for(request.user))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=_named("csv"))


@never_cache
@for_staff
def xlsx_export(request):
    parts = exporting.xlsx_parts(exporting.stories_for(request.user))
    return StreamingHttpResponse(parts, content_type=XLSX, headers=_named("xlsx"))


def _named(ending):
    return {"Content-Disposition": f'attachment; filename="stories-{timezone.localdate():%Y-%m-%d}.{ending}"'}
