"""A photo's file lies where no address leads, and goes when its row goes."""

import os
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.utils import timezone

from confidentiality.pictures import clean
from confidentiality.tests.pictures import photo, upload
from members.models import Photo
from members.tasks import clear_photos

pytestmark = pytest.mark.django_db


def keep(**when):
    return Photo.keep(clean(upload(photo(), "Sam at the Harbour clinic.jpg")), now=timezone.now() - timedelta(**when))


def kept(photo):
    return storages["private"].exists(photo.file.name)


def test_a_photo_keeps_its_pixels_and_not_what_its_file_was_called():
    kept_photo = keep()
    assert kept_photo.file.name == f"photos/{kept_photo.name}.jpg"
    assert (kept_photo.width, kept_photo.height) == (64, 48)
    assert "harbour" not in str(Photo.objects.values().get()).lower()


def test_only_the_sites_own_account_can_read_the_file():
    path = storages["private"].path(keep().file.name)
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert os.stat(os.path.dirname(path)).st_mode & 0o777 == 0o700


def test_no_address_leads_to_the_file():
    with pytest.raises(ValueError, match="has no address"):
        keep().file.url  # noqa: B018


@pytest.mark.parametrize("address", ["/media/", "/private/", "/.local/", "/static/"])
def test_neither_private_files_nor_media_are_served(client, address):
    default_storage.save("canary.txt", ContentFile(b"canary"))
    for name in ("canary.txt", "media/canary.txt", keep().file.name, f"private/{keep().file.name}"):
        assert client.get(address + name).status_code == 404


def test_the_file_goes_with_the_row(django_capture_on_commit_callbacks):
    for delete in (Photo.delete, lambda photo: Photo.objects.filter(pk=photo.pk).delete()):
        gone = keep()
        with django_capture_on_commit_callbacks(execute=True):
            delete(gone)
        assert not kept(gone)
        assert not Photo.objects.exists()


def test_the_file_stays_when_the_row_comes_back(transactional_db):
    photo = keep()
    with transaction.atomic():
        photo.delete()
        transaction.set_rollback(True)
    assert kept(Photo.objects.get())


def test_each_day_what_nothing_shows_is_deleted(django_capture_on_commit_callbacks):
    fresh, forgotten = keep(), keep(days=2)
    with django_capture_on_commit_callbacks(execute=True):
        clear_photos()
    assert (kept(fresh), kept(forgotten)) == (True, False)
    assert list(Photo.objects.all()) == [fresh]


def test_each_day_files_without_a_row_are_deleted():
    lost = keep()
    Photo.objects.filter(pk=lost.pk)._raw_delete("default")
    clear_photos()
    assert kept(lost)
    yesterday = time.time() - 2 * 86_400
    os.utime(storages["private"].path(lost.file.name), (yesterday, yesterday))
    clear_photos()
    assert not kept(lost)


def test_before_the_first_photo_there_is_nothing_to_clear(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}},
    }
    clear_photos()
    assert not Photo.objects.exists()
