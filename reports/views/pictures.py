"""The pictures of reports."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from confidentiality import serving
from reports.models import ReportRendition


@require_safe
def picture(request, name):
    """A report's picture in one size, asked for anew each time: what is in no live report is not there."""
    sizes = ReportRendition.objects.visible_to(request.user).filter(file=f"images/{name}")
    shown = get_object_or_404(sizes)
    try:
        if not ReportRendition.objects.public().filter(pk=shown.pk).exists():
            return serving.private(read(shown), name=name)
        return serving.public(request, lambda: read(shown), name=name)
    except FileNotFoundError as gone:
        raise Http404 from gone


def read(shown):
    with shown.file.open() as file:
        return file.read()
