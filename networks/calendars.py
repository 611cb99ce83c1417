"""A gathering as a calendar file (RFC 5545), for any calendar program. Made when it is asked for, kept nowhere."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from networks.models.gatherings import NEUTRAL

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_file(gathering):
    """In UTC, which every program turns into its reader's own clock, whatever clocks do between now and then."""
    event = Event()
    event.add("uid", f"{gathering.key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", gathering.sequence)
    event.add("dtstamp", gathering.changed_at.astimezone(UTC))
    event.add("dtstart", gathering.begins_at.astimezone(UTC))
    event.add("dtend", gathering.ends_at.astimezone(UTC))
    event.add("status", "CANCELLED" if gathering.is_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", settings.SITE_URL + gathering.get_absolute_url())
    if gathering.is_discreet():
        event.add("summary", NEUTRAL)
    else:
        event.add("summary", plain(gathering.title, breaks=" "))
        _add(event, "description", "\n\n".join(part for part in (gathering.what_for, gathering.link) if part))
        _add(event, "location", plain(gathering.where, breaks=" "))
    calendar = Calendar()
    calendar.add("prodid", "-//systemschange//gatherings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()


def _add(event, name, text):
    if text:
        event.add(name, plain(text))


def plain(text, breaks="\n"):
    """Without signs that end a line of the file or turn the reading direction; letters of any script stay, and what
    joins the parts of an emoji."""
    lines = str(text).splitlines()
    return breaks.join("".join(sign for sign in line if sign.isprintable() or sign in JOINING) for line in lines)


# Zero-width joiner and non-joiner: without them an emoji falls apart, and so do words of Persian or Hindi.
JOINING = "\u200c\u200d"
