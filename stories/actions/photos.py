"""What the teller does with photos: add one, change it, take it out; and what an approval does with them."""

from django.db import transaction

from members.models import Photo
from stories.actions.ground import InModeration, lock
from stories.actions.saving import make_version
from stories.models.photos import MOST, StoryPhoto


class NoPhotosHere(Exception):
    """A boundary of the story is sensitive: somebody could be found by a photo."""


class EnoughPhotos(Exception):
    """The story has as many photos as one can have."""


@transaction.atomic
def add_photo(story, *, picture, alt, by, now):
    """Add a clean picture to the draft; readers see it once a moderator has approved it.

    The same picture again is the same photo, with these words. Raises InModeration, NoPhotosHere or EnoughPhotos.
    """
    row = _lock_for_photos(story)
    there = list(row.photos.select_related("photo"))
    for shown in there:
        if shown.photo.shows(picture):
            return _with_words(row, shown, alt, now)
    free = sorted(set(range(1, MOST + 1)) - {shown.position for shown in there})
    if not free:
        raise EnoughPhotos
    return _add(row, picture, alt, free[0], now)


@transaction.atomic
def change_photo(shown, *, picture=None, alt, by, now):
    """Other words, or another picture in its place. The old picture goes at once; what is new waits for a moderator.

    Raises InModeration or NoPhotosHere; StoryPhoto.DoesNotExist when it was taken out meanwhile.
    """
    row = _lock_for_photos(shown.story)
    shown = row.photos.select_related("photo").get(pk=shown.pk)
    if picture is None or shown.photo.shows(picture):
        return _with_words(row, shown, alt, now)
    Photo.objects.filter(pk=shown.photo_id).delete()
    return _add(row, picture, alt, shown.position, now)


@transaction.atomic
def remove_photo(shown, *, by, now):
    """Take a photo out: gone from every page at once, its file too, whatever a moderator is reading."""
    row = lock(shown.story)
    Photo.objects.filter(pk=shown.photo_id).delete()
    return row


def _lock_for_photos(story):
    row = lock(story)
    if row.is_in_moderation:
        raise InModeration
    if row.is_sensitive or row.get_latest_revision_as_object().is_sensitive:
        raise NoPhotosHere
    return row


def _add(row, picture, alt, position, now):
    photo = Photo.keep(picture, now=now)
    make_version(row, now=now)
    return StoryPhoto.objects.create(story=row, photo=photo, alt=alt, position=position)


def _with_words(row, shown, alt, now):
    if shown.newest_alt == alt:
        return shown
    if row.live and shown.approved_at:
        shown.wanted_alt = "" if alt == shown.alt else alt
    else:
        shown.alt, shown.wanted_alt = alt, ""
    shown.save(update_fields=["alt", "wanted_alt"])
    make_version(row, now=now)
    return shown
