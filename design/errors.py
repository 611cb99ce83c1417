"""What people see when something goes wrong: what happened, what to do, and the words they had typed."""

import re
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

SECRET = re.compile(r"pass|token|code|secret|otp|pin$|key$|credential|signature|csrf", re.IGNORECASE)
MACHINERY = {"next", "action", "edit_number"}
RETRY_AFTER_SECONDS = 60
# SQLSTATE classes that mean "no server to talk to": connection, too many connections, shutting down or starting up.
UNREACHABLE = ("08", "53", "57P")


def worth_keeping(fields):
    """What a person typed, as pairs of label and text, never a password, code or token."""
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), "\n".join(filter(None, texts)))
        for name, texts in fields.lists()
        if any(texts) and name not in MACHINERY and not SECRET.search(name)
    ]


def typed_text(request):
    """The same after a crash: only a body that was read before it, so that reading cannot crash again."""
    return worth_keeping(request.POST) if "_post" in vars(request) else []


def is_unreachable(error):
    """True when the database could not be reached, false when it answered with a refusal of its own."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "pgcode", None)
    return state is None or state.startswith(UNREACHABLE)


def plain(request, status):
    """A page without database, context processors or hashed file names: any of them may be what broke."""
    stylesheet = f"{settings.STATIC_URL}css/site.css"
    html = render_to_string(f"{status}.html", {"stylesheet": stylesheet, "typed": typed_text(request)})
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})


@never_cache
def csrf_failure(request, reason=""):
    context = {"typed": worth_keeping(request.POST), "error_page": True}
    return render(request, "403_csrf.html", context, status=403)


def bad_request(request, exception=None):
    return plain(request, 400)


def permission_denied(request, exception=None):
    return render(request, "403.html", {"error_page": True}, status=403)


def page_not_found(request, exception=None):
    """The same bytes whether the page is missing or refused: no path, nothing from the exception."""
    return render(request, "404.html", {"error_page": True}, status=404)


def server_error(request):
    # Middleware outside the views (sessions, for one) meets a lost database too: that is a 503 as well.
    if is_unreachable(sys.exc_info()[1]):
        return service_unavailable(request)
    return plain(request, 500)


def service_unavailable(request):
    response = plain(request, 503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response
