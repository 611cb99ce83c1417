"""Who may open these pages, and what stands at their head."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import permission_required

from digests.models import Issue
from members.models import User


def for_staff(view):
    """Whoever sends the letter; others are told so by the admin, as at its other pages."""
    return never_cache(permission_required("digests.change_issue")(view))


def header(title):
    """What Wagtail draws at the head of a page."""
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
        {"url": reverse("letters_staff:letters"), "label": gettext("Weekly letter")},
    ]
    if title != trail[-1]["label"]:
        trail.append({"url": "", "label": title})
    return {"header_title": title, "header_icon": "mail", "breadcrumbs_items": trail}


def letter_of(week):
    return get_object_or_404(Issue, week=week)


def member_by(public_id):
    return get_object_or_404(User.objects.people().select_related("profile"), profile__public_id=public_id)
