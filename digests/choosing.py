"""What is in each member's letter."""

from dataclasses import dataclass, field

from digests.models import Delivery
from stories.models import Story


@dataclass(frozen=True)
class Chosen:
    items: list = field(default_factory=list)
    reason: str = ""


def choose(members, issue, *, now):
    found = {}
    for member in members:
        stories = Story.objects.readable_by(member).beyond_one_group().newest_first()[:8]
        items = [{"kind": "story", "id": story.pk, "why": ""} for story in stories]
        found[member.pk] = Chosen(items, "" if items else Delivery.NOTHING_NEW)
    return found
