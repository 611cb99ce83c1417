"""Days and hours of the letter as people say them."""

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

HOURS = (
    *(_("twelve"), _("one"), _("two"), _("three"), _("four"), _("five")),
    *(_("six"), _("seven"), _("eight"), _("nine"), _("ten"), _("eleven")),
)


def about(moment):
    """ "about half past seven", "about three in the afternoon": to the nearest half hour before."""
    hour = HOURS[moment.hour % 12]
    said = gettext("half past %(hour)s") % {"hour": hour} if moment.minute >= 30 else hour
    return gettext("about %(said)s%(part_of_day)s") % {"said": said, "part_of_day": part_of_day(moment.hour)}


def part_of_day(hour):
    """Letters come in the morning unless it is said."""
    if hour < 12:
        return ""
    return gettext(" in the afternoon") if hour < 18 else gettext(" in the evening")


def day_of(moment):
    return date_format(moment, "l j F")


def comes(moment):
    """ "Thursday 3 December, about half past seven" """
    return f"{day_of(moment)}, {about(moment)}"


def clock(at):
    """An hour to choose: "7:30 am"."""
    return f"{at.hour % 12 or 12}:{at.minute:02} {gettext('am') if at.hour < 12 else gettext('pm')}"
