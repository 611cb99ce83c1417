"""The way out in each letter: without signing in, in one click."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from digests import leaving, wishing


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, token):
    """GET shows one button, since scanners open every link; POST acts, whoever sends it.

    It is the mail program that posts, without a cookie: the signed token is the proof, and it opens nothing else. The
    page that follows offers one letter a month, by a second token that this answer alone carries.
    """
    public_id = leaving.read_leave_token(token)
    if public_id is None:
        raise Http404
    if request.method != "POST":
        return render(request, "digests/leave.html")
    if "instead" not in request.POST:
        leaving.leave(public_id)
        return render(request, "digests/leave.html", {"left": True, "instead": leaving.instead_token(public_id)})
    in_time = leaving.is_instead_of(public_id, request.POST["instead"])
    if in_time:
        wishing.monthly_instead(public_id, now=timezone.now())
    return render(request, "digests/leave.html", {"monthly": in_time, "too_late": not in_time})
