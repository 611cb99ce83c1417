"""The page of a report, found by its address in one question: Wagtail asks five before it knows what to show."""

from django.shortcuts import render
from django.utils.safestring import mark_safe
from wagtail.views import serve

from reports import kept


def report(request, path):
    """Whatever else staff write is shown as Wagtail does it, and so are previews."""
    found = kept.at(path) if request.method in {"GET", "HEAD"} else None
    if found is None:
        return serve(request, path)
    # Each piece of it comes from a template.
    given = {"report": found, "main": mark_safe(found.filled(request.user))}  # noqa: S308
    return render(request, "reports/report_kept.html", given)
