"""allauth's pages around the provider; where none is set up they are not there."""

import logging
from functools import wraps

from allauth.socialaccount import views as theirs
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from requests import RequestException

log = logging.getLogger(__name__)


def with_provider(view):
    @wraps(view)
    def where_there_is_one(request, *args, **kwargs):
        if not settings.OIDC_NAME:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except (RequestException, KeyError) as error:
            # Away, or it answered something that is no OpenID Connect. What it said may hold a code: only its kind.
            log.error("%s did not answer as it should (%s).", settings.OIDC_NAME, error.__class__.__name__)
            return render(request, "socialaccount/authentication_error.html", status=502)

    return where_there_is_one


@with_provider
def sign_in(request, provider_id):
    """A page leads there: our policy lets no form be sent on to another host, and people see where they go."""
    response = openid.login(request, provider_id)
    if response.status_code == 302 and response["Location"].startswith(("https://", "http://")):
        return render(request, "socialaccount/going.html", {"address": response["Location"]})
    return response


back = with_provider(openid.callback)
connections = with_provider(theirs.connections)
join = with_provider(theirs.signup)
cancelled = with_provider(theirs.login_cancelled)
failed = with_provider(theirs.login_error)
