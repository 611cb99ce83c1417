"""Who may open the moderators' pages, and what stands at their head."""

from functools import wraps

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext


def for_moderators(view):
    """To everybody else, other staff included, these pages do not exist."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_moderator:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def header(title):
    home = {"url": reverse("wagtailadmin_home"), "label": gettext("Home")}
    return {"header_title": title, "header_icon": "edit", "breadcrumbs_items": [home, {"url": "", "label": title}]}
