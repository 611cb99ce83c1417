"""How introductions went, in the Wagtail admin: numbers of everybody's taps, and no names, since none are kept."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from confidentiality.rounding import FEWEST
from networks.counting import how_introductions_went

TITLE = _("How introductions went")


@never_cache
def went(request):
    home = {"url": reverse("wagtailadmin_home"), "label": gettext("Home")}
    context = {"counts": how_introductions_went(), "fewest": FEWEST, "header_title": TITLE, "header_icon": "group"}
    context["breadcrumbs_items"] = [home, {"url": "", "label": TITLE}]
    return render(request, "networks/admin/introductions_went.html", context)
