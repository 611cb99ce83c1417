"""Published stories as a table, for programme staff."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from members.sheets import sheet
from stories import exporting
from stories.staff.guard import header


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
    return sheet(exporting.rows(exporting.stories_for(request.user)), ending="csv", name="stories")


@never_cache
@for_staff
def xlsx_export(request):
    return sheet(exporting.rows(exporting.stories_for(request.user)), ending="xlsx", name="stories")
