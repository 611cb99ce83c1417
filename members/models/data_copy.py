"""A copy of everything that is a member's, made when they ask for it and taken once."""

import shutil
import tempfile

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models.made_file import MadeFile
from members.models.photo import private_files
from members.models.user import User


class DataCopy(MadeFile):
    """One a member: asked for, being made, ready for a day, and gone once it is taken."""

    FOLDER = "copies"

    member = models.OneToOneField(User, on_delete=models.CASCADE, related_name="data_copy")
    taken_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=FOLDER, storage=private_files, max_length=80, editable=False)

    class Meta:
        verbose_name_plural = _("data copies")
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(state__in=["asked", "being_made"]), name="copies_to_be_made"
            )
        ]

    def __str__(self):
        return gettext("A copy (%(state)s)") % {"state": self.state}

    def take(self, *, now):
        """What is in the file, open to be read, once: the next one who asks finds nothing. Raises FileNotFoundError."""
        with self.file.open() as file:
            content = tempfile.TemporaryFile()  # noqa: SIM115 (the answer that sends it closes it)
            shutil.copyfileobj(file, content)
        content.seek(0)
        self._end(self.State.TAKEN, taken_at=now)
        return content
