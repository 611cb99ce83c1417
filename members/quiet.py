"""Nothing at night: when a mail may arrive at somebody's phone."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

HOME = "Europe/London"
# Where people live who may be members here. A clock of its own matters, not a city.
ZONES = {
    HOME: _("The UK and Ireland"),
    "Atlantic/Azores": _("The Azores"),
    "Europe/Paris": _("Central Europe"),
    "Europe/Athens": _("Eastern Europe"),
    "America/New_York": _("North America, east"),
    "America/Los_Angeles": _("North America, west"),
    "Asia/Kolkata": _("India"),
    "Australia/Sydney": _("Australia, east"),
    "Pacific/Auckland": _("New Zealand"),
}


def zone_of(member):
    return ZoneInfo(member.time_zone if member else HOME)


def morning(day, member):
    """The moment at which mail may come again on this day."""
    hours = settings.QUIET_HOURS
    return datetime.combine(day, time(hours[1] if hours else 0), zone_of(member))


def awake_at(now, member=None):
    """The next moment at which a mail may reach this member, or anybody here: now by day, else in the morning."""
    if not settings.QUIET_HOURS:
        return now
    evening, begins = settings.QUIET_HOURS
    local = now.astimezone(zone_of(member))
    if begins <= local.hour < evening:
        return now
    return morning(local.date() + timedelta(days=local.hour >= evening), member)
