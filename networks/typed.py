"""Words typed into a page whose session had ended: they wait in the browser's next session until it is signed in.

Django keeps what an unknown browser's session holds when somebody signs in with it, and drops it when they sign out.
"""

from datetime import timedelta

from allauth.core import ratelimit
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.shortcuts import render
from django.utils import timezone

from design.errors import typed_text

KEPT = "typed"
LASTS = timedelta(hours=24)
MOST_PAGES = 3
LONGEST = 300_000  # characters as sent, where one letter may take nine


def keep_and_sign_in(request):
    """To the sign-in and back to this page, where the words are in their boxes again."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    said = typed.urlencode()
    if len(said) > LONGEST or not ratelimit.consume(request, action="keep_text"):
        return render(request, "networks/signed_out.html", {"typed": typed_text(request)})
    kept = request.session.get(KEPT, {})
    others = {path: one for path, one in kept.items() if path != request.path}
    latest = dict(list(others.items())[-(MOST_PAGES - 1) :])
    request.session[KEPT] = {**latest, request.path: [timezone.now().timestamp(), said]}
    return redirect_to_login(request.path)


def kept_answers(request):
    """What was typed into this very page, as its form takes it; None where nothing was, or too long ago."""
    at, said = request.session.get(KEPT, {}).get(request.path, (0, ""))
    return QueryDict(said) if at > (timezone.now() - LASTS).timestamp() else None


def forget(request):
    """They are in their place now."""
    kept = request.session.get(KEPT, {})
    if kept.pop(request.path, None):
        request.session[KEPT] = kept
