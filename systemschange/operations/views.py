"""Addresses for those that watch the site. What they tell outsiders is which part is well, and no more."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from systemschange.operations import readiness


@never_cache
def healthz(request):
    """Answers as long as the process does: asks no database, so a lost one does not restart the web servers."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request):
    """All that the site needs, or (`?for=pages`, for load balancers) what pages need; 503 where something is wrong."""
    checks = readiness.FOR_PAGES if request.GET.get("for") == "pages" else readiness.CHECKS
    found = {name: readiness.look(check) for name, check in checks.items()}
    ready = all(verdict.well for verdict in found.values())
    told = {"ready": ready, "checks": {name: "ok" if verdict.well else "wrong" for name, verdict in found.items()}}
    if holds_token(request):
        told["said"] = {name: verdict.said for name, verdict in found.items()}
    answer = JsonResponse(told, status=200 if ready else 503)
    answer._has_been_logged = True  # as an error of ours each time somebody asks, it would bury the reason
    return answer


@never_cache
def metrics(request):
    """For Prometheus, with METRICS_TOKEN; for everybody else, and where none is set, there is nothing here."""
    if not holds_token(request):
        raise Http404
    from systemschange.operations import metrics as figures  # only here: its library looks for its folder on import

    return HttpResponse(figures.exposed(), content_type=figures.CONTENT_TYPE)


def holds_token(request) -> bool:
    given = request.headers.get("Authorization", "")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}")
