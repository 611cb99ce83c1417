"""The bylines of unnamed tellers after the directory has changed: coarser at once, finer only past a moderator."""

import hashlib

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db import transaction
from django.db.models import OuterRef

from stories import search
from stories.actions.ground import lock
from stories.crowd import Crowd, practices_of, read_directory
from stories.models import Byline, Experiment, Response, Story, StoryBoundary

SEEN = "stories.blurring.seen"


def blur(*, always=True):
    """Blur each unnamed byline that too few in the directory could stand behind by now. Returns how many those were.

    Nothing is sharpened here: whoever lists invented people must not see a byline answer. `always=False`: only if
    something is listed otherwise than at the last time; a lost cache costs one look.
    """
    if not settings.LISTED_ALIKE:
        return 0
    directory = read_directory()
    print_of_it = hashlib.sha256(repr(directory).encode()).hexdigest()
    if not always and cache.get(SEEN) == print_of_it:
        return 0
    crowd = Crowd(directory)
    found = [story for story in _sharp_stories() if not _hidden(crowd, story)]
    for story in found:
        _blur_story(story)
    count = len(found) + sum(_blur_added(crowd, model) for model in (Experiment, Response))
    cache.set(SEEN, print_of_it, None)
    return count


def _sharp_stories():
    tags = StoryBoundary.objects.filter(content_object=OuterRef("pk")).values("tag_id")
    used = Story.practices.through.objects.filter(story=OuterRef("pk")).values("practice_id")
    unnamed = Story.objects.exclude(byline=Byline.NAME).filter(live=True, blurred=False, demo=False, source_url="")
    told = unnamed.annotate(tags=ArraySubquery(tags), used=ArraySubquery(used))
    return told.only("pk", "byline", "byline_role", "place")


def _hidden(crowd, told):
    said = {"role": told.byline_role_id, "place": told.place_id, "boundaries": told.tags, "practices": told.used}
    return crowd.hides(byline=told.byline, **said)


@transaction.atomic
def _blur_story(story):
    row = lock(story)
    row.blurred = row.is_unnamed and not row.demo
    row.save(update_fields=["blurred"])
    search.refresh(row)


def _blur_added(crowd, model):
    sharp = model.objects.live().exclude(byline=Byline.NAME).filter(blurred=False).exclude(author__demo=True)
    found = [one.pk for one in sharp if not _hidden_added(crowd, one)]
    return model.objects.filter(pk__in=found).update(blurred=True)


def _hidden_added(crowd, one):
    place = getattr(one, "place_id", None)
    said = {"role": one.byline_role_id, "place": place, "boundaries": (), "practices": practices_of(one)}
    return crowd.hides(byline=one.byline, **said)
