"""The editors' desk in the admin: what lies there on the dashboard, what should be mended, and how to do what."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState

from reports import mending
from reports.models import HomePage
from reports.pictures import writes_pages

MOST_LISTED = 5


class PagesInHand(Component):
    """Pages that are begun, changed or waiting for a second reading, and how old the front page's words are."""

    name = "pages_in_hand"
    template_name = "reports/admin/pages_in_hand.html"
    order = 100

    def get_context_data(self, parent_context):
        pages = Page.objects.filter(depth__gt=1).order_by("-latest_revision_created_at", "-pk")
        waiting = WorkflowState.objects.filter(
            base_content_type__app_label="wagtailcore", status=WorkflowState.STATUS_IN_PROGRESS
        )
        return {
            "drafts": pages.filter(live=False)[:MOST_LISTED],
            "edited": pages.filter(live=True, has_unpublished_changes=True)[:MOST_LISTED],
            "waiting": waiting.count(),
            "oldest": waiting.order_by("created_at").values_list("created_at", flat=True).first(),
            "front": HomePage.objects.first(),
        }


def titled(title, icon):
    home = {"url": reverse("wagtailadmin_home"), "label": gettext("Home")}
    return {"header_title": title, "header_icon": icon, "breadcrumbs_items": [home, {"url": "", "label": title}]}


@require_safe
def to_mend(request):
    """Links that lead nowhere, and pictures to describe better."""
    if not writes_pages(request.user):
        raise Http404
    context = {
        "links": mending.broken_links(),
        "pictures": mending.pictures_to_describe(),
        **titled(gettext("Links and pictures to mend"), "link"),
    }
    return render(request, "reports/admin/to_mend.html", context)


@require_safe
def guide(request):
    """How to do what, on one page, for all staff."""
    return render(request, "reports/admin/guide.html", titled("Editors’ guide", "help"))
