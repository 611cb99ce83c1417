"""What waits for a moderator just now, of every kind: how much, and since when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext

from confidentiality.rounding import FEWEST, rounded
from members.models import Concern, User
from networks.staff import rules
from stories import added
from stories.staff.waiting import waiting_for


@dataclass(frozen=True)
class Waiting:
    label: str
    count: str
    since: datetime | None
    address: str


def waiting(moderator) -> list:
    stories = waiting_for(moderator)
    concerns = Concern.objects.open().aggregate(count=Count("pk"), oldest=Min("raised_at"))
    asked = [one for found in rules.waiting() for one in found.values_list("created_at", flat=True)]
    contributions = [at for _, _, at in added.waiting()]
    return [
        _line(
            gettext("Stories"),
            stories.count(),
            stories.values_list("sent_at", flat=True).first(),
            "stories_staff:queue",
        ),
        _line(gettext("Concerns"), concerns["count"], concerns["oldest"], "stories_staff:concerns"),
        _several(gettext("What was added to stories"), contributions, "stories_staff:contributions"),
        _several(gettext("Rule or habit?"), asked, "rules_staff:queue"),
        _people(),
    ]


def _line(label, count, since, name):
    return Waiting(label, str(count), since, reverse(name))


def _several(label, moments, name):
    return _line(label, len(moments), min(moments, default=None), name)


def _people():
    """Counted as people are; the list itself says who and since when."""
    number = rounded(User.objects.in_queue().count())
    return Waiting(
        gettext("People"),
        gettext("%(number)s or more") % {"number": number}
        if number
        else gettext("Fewer than %(fewest)s") % {"fewest": FEWEST},
        None,
        reverse("members_staff:people_waiting"),
    )
