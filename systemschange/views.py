"""The one page that belongs to no room."""

from django.http import HttpResponse


def healthz(request):
    """Answers as long as the process does."""
    return HttpResponse("ok", content_type="text/plain")
