"""Files that take a while: asked for, made by a worker, there for a day, and gone."""

import logging
from datetime import timedelta

from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from members.models.photo import files_in, private_files

log = logging.getLogger(__name__)
LASTS = timedelta(hours=24)
# Making one takes minutes at most: a worker that has been at it for longer is gone.
LOST_AFTER = timedelta(hours=1)


class MadeFileQuerySet(models.QuerySet):
    @transaction.atomic
    def claim(self, *, now):
        """The next one that was asked for, marked as being made; None when there is none."""
        state = self.model.State
        lost = models.Q(state=state.BEING_MADE, started_at__lt=now - LOST_AFTER)
        asked = self.filter(models.Q(state=state.ASKED) | lost).order_by("asked_at", "pk")
        one = asked.select_for_update(skip_locked=True).first()
        if one:
            one.state, one.started_at, one.done_count = state.BEING_MADE, now, 0
            one.save(update_fields=["state", "started_at", "done_count"])
        return one

    def make_each(self, make, *, clock):
        """Make what was asked for, one after the other. Any number of workers may do so at once."""
        while asked := self.claim(now=clock()):
            try:
                make(asked)
            except Exception as error:
                # Somebody's own words may stand in the message: the log gets its kind alone.
                log.error("A %s cannot be made: %s", self.model._meta.verbose_name, error.__class__.__name__)
                asked.fail()

    def clear(self, *, now):
        """Delete files that have been there for a day, and those that no row knows."""
        for one in self.filter(made_at__lt=now - LASTS).exclude(file=""):
            one.expire()
        known = set(self.exclude(file="").values_list("file", flat=True))
        for path in files_in(self.model.FOLDER):
            if path not in known and private_files().get_modified_time(path) < now - LASTS:
                private_files().delete(path)


class MadeFile(models.Model):
    """What becomes of such a file. Whoever builds on it names its FOLDER, and the `file` in it."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        BEING_MADE = "being_made", _("Being made")
        READY = "ready", _("Ready")
        TAKEN = "taken", _("Taken")
        EXPIRED = "expired", _("Not taken in time")
        FAILED = "failed", _("Could not be made")

    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    part_count = models.PositiveSmallIntegerField(default=0)
    done_count = models.PositiveSmallIntegerField(default=0)

    objects = MadeFileQuerySet.as_manager()

    class Meta:
        abstract = True

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
        self.file.save(name, File(content), save=False)
        self.state, self.made_at = self.State.READY, now
        self.save(update_fields=["file", "state", "made_at"])

    def fail(self):
        self.state = self.State.FAILED
        self.save(update_fields=["state"])

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
