"""What goes on: stories that were sent and published, and what was tried after them, week by week and month by month.

Stories are counted exactly, for staff: each of them reads what is published, except what is for one group, which is
not counted. Retold cases are nobody's activity.
"""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone
from wagtail.models import WorkflowState

from insights.counting import between, key_of
from insights.page_totals import A_WEEK, week_of
from insights.staff import sources
from stories.models import Audience, Experiment, Listing, Story
from stories.models.contribution import State
from stories.search.codes import KEY_BITS, Kind

WEEKS, MONTHS = 13, 12
SOON = timedelta(days=30)
# What a published story is found by, never more than what its readers are shown.
CARRIED = """
    WITH told AS ({told})
    SELECT code, count(*) FROM told, unnest(codes) AS code
    WHERE code >= %s AND code < %s OR code >= %s AND code < %s GROUP BY 1
"""


def count(now: datetime) -> dict:
    today = timezone.localdate(now)
    first = month_before(today, MONTHS - 1)
    days = [_by_day(told, first) for told in (_sent(), _published(), _tried())]
    weeks = [week_of(today) - A_WEEK * ago for ago in reversed(range(WEEKS))]
    months = [month_before(today, ago) for ago in reversed(range(MONTHS))]
    return {
        "weeks": _rows(weeks, days, week_of),
        "months": _rows(months, days, lambda day: day.replace(day=1)),
        "reach": _reach(),
        "reviews": _reviews(today),
        "tables": [_table(source, now) for source in sources.registered()],
    }


def _table(source, now):
    return {"title": source.title, "note": source.note, "head": source.head, "rows": source.rows(now)}


def month_before(day, ago):
    """The first of the month that was so many months ago."""
    month = 12 * day.year + day.month - 1 - ago
    return day.replace(year=month // 12, month=month % 12 + 1, day=1)


def _told():
    return Story.objects.beyond_one_group().filter(source_url="").order_by()


def _sent():
    """First sent to a moderator; what went live by another way counts from then."""
    asked = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Story),
        object_id=Cast(OuterRef("pk"), models.CharField()),
    )
    first = asked.order_by().values("object_id").annotate(at=Min("created_at")).values("at")
    return _told().annotate(at=Coalesce(Subquery(first), "first_published_at"))


def _published():
    return _told().published().annotate(at=models.F("first_published_at"))


def _tried():
    tried = Experiment.objects.filter(state=State.LIVE).exclude(audience=Audience.COALITION).order_by()
    return tried.annotate(at=models.F("created_at"))


def _by_day(told, first):
    found = told.filter(at__date__gte=min(first, week_of(first))).annotate(day=TruncDate("at"))
    return dict(found.values_list("day").annotate(Count("pk")))


def _rows(begins, series, begin_of):
    """Each beginning as text, with a number a series."""
    summed = [dict.fromkeys(begins, 0) for _ in series]
    for sums, days in zip(summed, series, strict=True):
        for day, number in days.items():
            if begin_of(day) in sums:
                sums[begin_of(day)] += number
    return [[begin.isoformat(), *(sums[begin] for sums in summed)] for begin in begins]


def _reviews(today):
    """Published stories whose tellers chose a day on which they are asked again."""
    soon = Q(live=True, review_date__gt=today, review_date__lte=today + SOON)
    due = Q(live=True, review_date__lte=today, hidden_for_review=False)
    counts = {"soon": soon, "due": due, "hidden": Q(hidden_for_review=True)}
    return _told().aggregate(**{name: Count("pk", filter=which) for name, which in counts.items()})


def _reach():
    """Stories by the key of the boundary and of the place, and how many there are."""
    listed = Listing.objects.exclude(audience=Audience.COALITION)
    told, params = listed.values("codes").query.sql_with_params()
    kinds = [*between(Kind.BOUNDARY, Kind.BOUNDARY), *between(Kind.PLACE, Kind.PLACE)]
    with connection.cursor() as cursor:
        cursor.execute(CARRIED.format(told=told), [*params, *kinds])
        rows = cursor.fetchall()
    boundaries = {str(key_of(code)): number for code, number in rows if code >> KEY_BITS == Kind.BOUNDARY}
    places = {str(key_of(code)): number for code, number in rows if code >> KEY_BITS == Kind.PLACE}
    return {"boundaries": boundaries, "places": places, "stories": listed.count()}
