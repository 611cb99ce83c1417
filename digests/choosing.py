"""What goes into whose letter."""

from typing import NamedTuple

from digests.models import Delivery
from members.models import Notice, User
from stories.models import Story

MOST = 8


class Chosen(NamedTuple):
    """`items` in order, ready for JSON; without any, why there is no letter."""

    items: list
    reason: str = ""


def choose(members, issue, *, now) -> dict[int, Chosen]:
    """By member key: stories they have not had, the newest first, and whether something waits for them."""
    return {member.pk: _chosen(User.objects.get(pk=member.pk)) for member in members}


def _chosen(member):
    had = Delivery.objects.filter(member=member).arrived().values_list("story_ids", flat=True)
    stories = Story.objects.readable_by(member).beyond_one_group().exclude(readings__member=member)
    stories = stories.exclude(pk__in=Story.objects.told_by(member).values("pk"))
    stories = stories.exclude(pk__in={key for keys in had for key in keys}).newest_first()
    items = [{"kind": "story", "id": key, "why": ""} for key in stories.values_list("pk", flat=True)[:MOST]]
    if Notice.objects.for_letter(member).exists():
        items.append({"kind": "waiting", "id": member.pk, "why": ""})
    return Chosen(items) if items else Chosen([], Delivery.NOTHING_NEW)
