"""Who may open the pages of this room, and what becomes of words typed in a session that has ended."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.views.decorators.cache import never_cache

from networks import typed


def for_members(view):
    """Members let in; for others who are signed in there is no such page."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            if request.method == "POST":
                return typed.keep_and_sign_in(request)
            return redirect_to_login(request.get_full_path())
        if not request.user.is_member:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
