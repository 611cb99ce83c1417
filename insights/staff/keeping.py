"""When numbers for staff are counted. No page counts any: it shows what was kept, and how old it is.

What goes on: once an hour. People: once a month. A quarter: once a month while it lasts, and a last time when
it is over; after that its numbers stand, whatever is withdrawn and whoever leaves.
"""

from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from insights.frozen import frozen
from insights.models import Figures
from insights.staff import activity, funders, people
from insights.staff.quarters import FIRST_YEAR, Quarter
from members.models import User
from stories.models import Story

# Beat asks each five minutes, and is not always on time.
AN_HOUR = timedelta(minutes=58)


def refresh(*, now: datetime) -> None:
    kept = dict(Figures.objects.values_list("name", "counted_at"))
    if "activity" not in kept or kept["activity"] <= now - AN_HOUR:
        _keep("activity", activity.count(now), now)
    if _is_of_an_earlier_month(kept.get("people"), now):
        _keep("people", people.count(now), now)
    for quarter in quarters(now):
        if _is_due(kept.get(str(quarter)), quarter, now):
            _keep(str(quarter), funders.count(quarter), now)


def quarters(now):
    """From that of the first member or story on."""
    begun = [
        User.objects.people().aggregate(at=Min("approved_at"))["at"],
        Story.objects.filter(source_url="").aggregate(at=Min("first_published_at"))["at"],
    ]
    first = Quarter.of(min((at for at in begun if at), default=now))
    return max(first, Quarter(FIRST_YEAR, 1)).until(Quarter.of(now))


def _is_due(counted_at, quarter, now):
    if counted_at is not None and counted_at >= quarter.ends:
        return False
    return _is_of_an_earlier_month(counted_at, now)


def _is_of_an_earlier_month(counted_at, now):
    if counted_at is None:
        return True
    before, today = timezone.localdate(counted_at), timezone.localdate(now)
    return (before.year, before.month) < (today.year, today.month)


def _keep(name, found, now):
    Figures.objects.update_or_create(name=name, defaults={"counted_at": now, "found": frozen(found)})


def found(*names) -> dict:
    """What is kept by these names, in one query; what was never counted is not among it."""
    return Figures.objects.in_bulk(names, field_name="name")
