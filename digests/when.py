"""When a letter comes: weeks, rhythms and local mornings. Pure functions of dates: no clock, no database.

A week of the letter runs from Thursday to Wednesday. Whoever chose another day than Thursday gets the same letter on
the first such day of that week, at their own hour, in their own zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

THURSDAY = 3
AT = time(7, 30)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
# Thursday begins first at UTC+14, and Wednesday ends last at UTC-12.
EASTERNMOST, WESTERNMOST = timedelta(hours=14), timedelta(hours=12)
# Any Thursday: fortnights are counted from it.
EPOCH = date(1970, 1, 1)


def week_of(day: date) -> date:
    """The Thursday on which the letter's week began that holds this day."""
    return day - timedelta(days=(day.weekday() - THURSDAY) % 7)


def begins_at(week: date) -> datetime:
    """The first moment at which it is that Thursday anywhere."""
    return datetime.combine(week, time(0), UTC) - EASTERNMOST


def ends_at(week: date) -> datetime:
    """The moment from which that week is over everywhere."""
    return datetime.combine(week + WEEK, time(0), UTC) + WESTERNMOST


def day_in(week: date, weekday: int) -> date:
    """The day of that week on which readers of this weekday (0 is Monday) get it."""
    return week + timedelta(days=(weekday - THURSDAY) % 7)


def moment(week: date, *, weekday: int, at: time, zone: str) -> datetime:
    """When it is that day and hour there. An hour that clocks skip is taken as if they had not."""
    local = datetime.combine(day_in(week, weekday), at, ZoneInfo(zone))
    return local.astimezone(UTC)


def fortnight_of(week: date) -> int:
    """0 or 1, in turn; no year ends it."""
    return (week - EPOCH).days // 7 % 2


def is_first_of_month(week: date, weekday: int) -> bool:
    """Whether the day on which these readers would get it is the first such weekday of its month."""
    return day_in(week, weekday).day <= 7
