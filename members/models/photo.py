"""A photo that a member gave: kept where no address leads, shown only by a view that asks who is looking."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils.translation import gettext

# Between writing a file and the end of its request lies far less than this.
SURELY_OVER = timedelta(days=1)
FOLDER = "photos"


def private_files():
    return storages["private"]


class PhotoQuerySet(models.QuerySet):
    def before(self, moment):
        return self.filter(added_at__lt=moment)

    def unused(self):
        """Photos that nothing shows any more, whatever room had shown them."""
        return self.filter(**{relation.name: None for relation in self.model._meta.related_objects})

    @transaction.atomic
    def delete(self):
        """The rows, and their files once the rows are gone for good."""
        _delete_files(list(self.values_list("file", flat=True)))
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def clear(self, *, now):
        """Delete what nothing shows, and files that a broken-off request left without a row."""
        self.unused().before(now - SURELY_OVER).delete()
        known = set(self.model.objects.values_list("file", flat=True))
        for path in files_in(FOLDER):
            if path not in known and private_files().get_modified_time(path) < now - SURELY_OVER:
                private_files().delete(path)


class Photo(models.Model):
    """A picture made anew from pixels (`confidentiality.pictures`), in private storage under a random name.

    It knows neither who gave it nor what the file was called: what shows it knows whose it is.
    """

    name = models.CharField(max_length=16, unique=True, editable=False)
    file = models.FileField(upload_to=FOLDER, storage=private_files, max_length=60, editable=False)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()

    objects = PhotoQuerySet.as_manager()

    def __str__(self):
        return gettext("A photo")

    @classmethod
    def keep(cls, picture, *, now):
        """The picture's file and its row."""
        photo = cls(name=picture.name, width=picture.width, height=picture.height, added_at=now)
        photo.file.save(f"{picture.name}.jpg", ContentFile(picture.data), save=False)
        photo.save()
        return photo

    def read(self):
        """The file's bytes. Raises FileNotFoundError where the storage has lost it."""
        with self.file.open() as file:
            return file.read()

    def shows(self, picture):
        """Whether this is the same picture, pixel for pixel."""
        same_size = (self.width, self.height) == (picture.width, picture.height)
        return same_size and self.read() == picture.data

    @transaction.atomic
    def delete(self, *args, **kwargs):
        _delete_files([self.file.name])
        return super().delete(*args, **kwargs)


def _delete_files(paths):
    def delete():
        for path in paths:
            private_files().delete(path)

    transaction.on_commit(delete)


def files_in(folder):
    """The paths of a folder's files; none where nothing was ever written."""
    try:
        _, names = private_files().listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names]
