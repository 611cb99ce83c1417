"""A copy of everything that is a member's, made when they ask for it and taken once."""

import shutil
import tempfile
from datetime import timedelta

from django.core.files import File
from django.db import models, transaction

from members.models.photo import files_in, private_files
from members.models.user import User

LASTS = timedelta(hours=24)
# Making one takes minutes at most: a worker that has been at it for longer is gone.
LOST_AFTER = timedelta(hours=1)
FOLDER = "copies"


class DataCopyQuerySet(models.QuerySet):
    @transaction.atomic
    def claim(self, *, now):
        """The next one that was asked for, marked as being made; None when there is none."""
        lost = models.Q(state=DataCopy.State.BEING_MADE, started_at__lt=now - LOST_AFTER)
        asked = self.filter(models.Q(state=DataCopy.State.ASKED) | lost).order_by("asked_at", "pk")
        copy = asked.select_for_update(skip_locked=True).first()
        if copy:
            copy.state, copy.started_at, copy.done_count = DataCopy.State.BEING_MADE, now, 0
            copy.save(update_fields=["state", "started_at", "done_count"])
        return copy

    def clear(self, *, now):
        """Delete copies that nobody took in time, and files that no row knows."""
        for copy in self.filter(made_at__lt=now - LASTS).exclude(file=""):
            copy.expire()
        known = set(self.exclude(file="").values_list("file", flat=True))
        for path in files_in(FOLDER):
            if path not in known and private_files().get_modified_time(path) < now - LASTS:
                private_files().delete(path)


class DataCopy(models.Model):
    """One a member: asked for, being made, ready for a day, and gone once it is taken."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        BEING_MADE = "being_made", "Being made"
        READY = "ready", "Ready"
        TAKEN = "taken", "Taken"
        EXPIRED = "expired", "Not taken in time"
        FAILED = "failed", "Could not be made"

    member = models.OneToOneField(User, on_delete=models.CASCADE, related_name="data_copy")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    part_count = models.PositiveSmallIntegerField(default=0)
    done_count = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(upload_to=FOLDER, storage=private_files, max_length=80, editable=False)

    objects = DataCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "data copies"
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(state__in=["asked", "being_made"]), name="copies_to_be_made"
            )
        ]

    def __str__(self):
        return f"A copy ({self.state})"

    @property
    def is_being_made(self):
        return self.state in {self.State.ASKED, self.State.BEING_MADE}

    @property
    def lasts_until(self):
        return self.made_at + LASTS

    def is_ready(self, now):
        return self.state == self.State.READY and now < self.lasts_until

    def note_progress(self, done, total):
        self.done_count, self.part_count = done, total
        self.save(update_fields=["done_count", "part_count"])

    def finish(self, content, *, name, now):
        """The file is there; from now on it waits a day to be taken."""
        self.file.save(f"{name}.zip", File(content), save=False)
        self.state, self.made_at = self.State.READY, now
        self.save(update_fields=["file", "state", "made_at"])

    def fail(self):
        self.state = self.State.FAILED
        self.save(update_fields=["state"])

    def take(self, *, now):
        """What is in the file, open to be read, once: the next one who asks finds nothing."""
        content = tempfile.TemporaryFile()  # noqa: SIM115 (the answer that sends it closes it)
        with self.file.open() as file:
            shutil.copyfileobj(file, content)
        content.seek(0)
        self._end(self.State.TAKEN, taken_at=now)
        return content

    def expire(self):
        self._end(self.State.EXPIRED)

    def drop_file(self):
        """The file goes once the row's change, or its end, is certain."""
        if self.file:
            path = self.file.name
            transaction.on_commit(lambda: private_files().delete(path))

    def _end(self, state, **fields):
        self.drop_file()
        self.state, self.file = state, ""
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "file", *fields])
