"""Which stories stand first today, kept for a minute: the list asks on every visit, and staff change it once a week."""

from django.utils import timezone

from design import near
from stories.models import Feature

KEY, SECONDS, MOST = "stories:featured", 60, 3


def featured_keys():
    """Keys of the newest few; whether a reader may read them is asked where they are fetched."""
    today = timezone.localdate()
    return near.get_or_set(f"{KEY}:{today}", lambda: _newest_of(today), SECONDS)


def _newest_of(day):
    return list(Feature.objects.on(day).order_by("-featured_at").values_list("story", flat=True)[:MOST])


def forget():
    """What staff have just changed is seen at once; at worst a minute later."""
    near.delete(f"{KEY}:{timezone.localdate()}")
