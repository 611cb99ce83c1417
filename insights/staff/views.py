"""Figures for staff. The pages count nothing of people: they show what was kept, and how old it is."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from confidentiality.rounding import FEWEST
from insights.page_totals import A_WEEK, week_of
from insights.staff import funders, keeping, opened
from insights.staff.columns import Columns
from insights.staff.quarters import FIRST_YEAR, Quarter
from insights.staff.shown import Activity, People, Reach
from insights.staff.waiting import waiting
from networks.counting import how_introductions_went

TITLE = _("Figures")


@never_cache
def figures(request):
    """What goes on, what waits, who comes to a first story, whom it reaches, and what is read."""
    now = timezone.now()
    kept = keeping.found("activity", "people")
    activity, people = kept.get("activity"), kept.get("people")
    this_week = week_of(timezone.localdate(now))
    moderates = request.user.is_moderator
    context = {
        "activity": Activity(activity) if activity else None,
        "people": People(people) if people else None,
        "reach": Reach(activity, people),
        "waiting": waiting(request.user) if moderates else None,
        "went": how_introductions_went(),
        "fewest": FEWEST,
        "opened": _opened(this_week),
        "last_week": this_week - A_WEEK,
        "pages": opened.pages(this_week - A_WEEK),
        "quarter": Quarter.of(now),
    }
    return render(request, "insights/admin/figures.html", {**context, **_head()})


def _opened(this_week):
    rows = [[f"{monday:%-d %b}", number] for monday, number in opened.by_week(this_week)]
    return Columns((gettext("Pages opened"),), rows)


@never_cache
def quarter(request, quarter):
    """One page of paper, for whoever pays for the programme."""
    running = Quarter.of(timezone.now())
    if quarter > running:
        raise Http404
    kept = keeping.found(str(quarter)).get(str(quarter))
    context = {
        "quarter": quarter,
        "is_running": quarter == running,
        "kept": kept,
        "sentences": funders.sentences(kept.found, quarter) if kept else [],
        "before": quarter.before if quarter > Quarter(FIRST_YEAR, 1) else None,
        "next": None if quarter == running else quarter.next,
        "fewest": FEWEST,
    }
    return render(request, "insights/admin/quarter.html", {**context, **_head(quarter.label)})


def _head(title=None):
    trail = [{"url": reverse("wagtailadmin_home"), "label": gettext("Home")}]
    trail += [{"url": reverse("insights_staff:figures"), "label": TITLE}] if title else []
    title = title or TITLE
    return {
        "header_title": title,
        "header_icon": "table",
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
    }
