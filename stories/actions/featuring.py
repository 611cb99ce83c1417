"""Staff put a story first for a while."""

from django.db import transaction
from wagtail.log_actions import log

from stories import featured
from stories.actions.ground import lock
from stories.models import Feature


@transaction.atomic
def feature(story, *, until, by, now):
    """Put the story first up to and with this day; asked again, the day is moved."""
    row = lock(story)
    Feature.objects.update_or_create(story=row, defaults={"until": until, "featured_by": by, "featured_at": now})
    log(instance=row, action="stories.feature", user=by, timestamp=now)
    featured.forget()
    return row


@transaction.atomic
def end_feature(story, *, by, now):
    row = lock(story)
    ended, _ = Feature.objects.filter(story=row).delete()
    if ended:
        log(instance=row, action="stories.end_feature", user=by, timestamp=now)
        featured.forget()
    return row
