"""How often the demo's public pages were opened in the last weeks, and all figures counted once."""

from datetime import datetime

from django.utils import timezone

from insights.models import PageTotal
from insights.page_totals import A_WEEK, week_of
from insights.staff import keeping
from practices.models import Practice
from stories.models import Story

WEEKS = 13
LISTS = {"reports:home": 61, "stories:list": 44, "crossings:list": 12, "practices:list": 17, "insights:boundaries": 9}


def add_figures(*, now: datetime):
    this_week, stories = week_of(timezone.localdate(now)), Story.objects.public().order_by("pk")
    opened = [("stories:story", story.slug, story.first_published_at) for story in stories]
    opened += [("practices:practice", slug, None) for slug in Practice.objects.values_list("slug", flat=True)]
    rows = []
    for ago in range(1, WEEKS + 1):
        week = this_week - A_WEEK * ago
        rows += [PageTotal(week=week, kind=kind, number=most - ago * most // 20) for kind, most in LISTS.items()]
        # As if by chance, and each time the same.
        rows += [
            PageTotal(week=week, kind=kind, key=key, number=1 + (7 * place + 5 * ago) % 19)
            for place, (kind, key, since) in enumerate(opened)
            if since is None or since.date() <= week
        ]
    PageTotal.objects.bulk_create(rows)
    keeping.refresh(now=now)
