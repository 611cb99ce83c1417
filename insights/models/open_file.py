"""Open data as one file, where there is too much of it to be written while somebody waits."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import MadeFile
from members.models.photo import private_files


class OpenFile(MadeFile):
    """One for each way to write it, the same for everybody: however many ask, the disk holds no more than these.

    Handed out only while it says what the open stories say: `sign` is theirs from before it was written.
    """

    FOLDER = "open-data"

    class Ending(models.TextChoices):
        CSV = "csv", "CSV"
        JSON = "json", "JSON"

    ending = models.CharField(max_length=4, choices=Ending, unique=True)
    sign = models.CharField(max_length=32, blank=True)
    file = models.FileField(upload_to=FOLDER, storage=private_files, max_length=80, editable=False)

    class Meta:
        verbose_name = _("file of open data")

    def __str__(self):
        return gettext("Stories as %(ending)s") % {"ending": self.ending}
