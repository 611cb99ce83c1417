"""Which pages were opened in whole weeks, in fives; by their names, since who is read most is nobody's rank."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Sum
from django.urls import reverse

from confidentiality.rounding import FEWEST, rounded
from insights.models import PageTotal
from insights.page_totals import A_WEEK, COUNTED
from networks.models import RuleQuestion
from stories.models import Story

WEEKS = 13
MOST = 300  # lines of one week


@dataclass(frozen=True)
class Page:
    part: str
    label: str
    address: str
    count: int


def by_week(this_week: date) -> list:
    """The last whole weeks, the oldest first: the Monday, and how many pages were opened."""
    mondays = [this_week - A_WEEK * ago for ago in range(WEEKS, 0, -1)]
    sums = PageTotal.objects.filter(week__gte=mondays[0], week__lt=this_week).order_by()
    found = dict(sums.values_list("week").annotate(Sum("number")))
    return [[monday, (rounded(found.get(monday, 0)) or 0)] for monday in mondays]


def pages(monday: date) -> list:
    """What was opened five times or more in that week and is everybody's still, part by part."""
    rows = PageTotal.objects.of_week(monday).filter(number__gte=FEWEST).order_by("kind", "key")[:MOST]
    rows = [row for row in rows if row.kind in COUNTED]
    names = _names(rows)
    found = [
        Page(COUNTED[row.kind], names.get((row.kind, row.key), ""), address(row.kind, row.key), rounded(row.number))
        for row in rows
        if row.kind not in NAMED or (row.kind, row.key) in names
    ]
    return sorted(found, key=lambda page: (page.part, page.label or page.address))


NAMED = {"stories:story", "rules:question"}  # their addresses say nothing


def _names(rows):
    """By kind and key what everybody may read as the name of a page."""
    everybody = AnonymousUser()
    keys = {kind: [row.key for row in rows if row.kind == kind] for kind in NAMED}
    stories = Story.objects.public().filter(slug__in=keys["stories:story"]).values_list("slug", "title")
    rules = RuleQuestion.objects.visible_to(everybody).filter(key__in=keys["rules:question"])
    return {("stories:story", slug): title for slug, title in stories} | {
        ("rules:question", key): told for key, told in rules.values_list("key", "told")
    }


def address(kind, key):
    if kind == "wagtail_serve":
        return f"/{key}/"
    if kind == "crossings:crossing":
        return reverse(kind, args=key.split("--"))
    return reverse(kind, args=[key] if key else [])
