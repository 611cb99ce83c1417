"""The PDF of a published report."""

from django.db import models
from django.utils.translation import gettext

from members.models.photo import private_files
from reports.models.report import ReportPage


class ReportPDF(models.Model):
    """Made of what everybody could read at that moment; handed out only while that is still what everybody reads."""

    report = models.OneToOneField(ReportPage, on_delete=models.CASCADE, related_name="pdf")
    file = models.FileField(upload_to="reports", storage=private_files, max_length=200)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    # By these `reports/renewing.py` finds those that are due.
    mark = models.CharField(max_length=64, blank=True)
    looked_at = models.DateTimeField()

    def __str__(self):
        return gettext("The PDF of %(report_id)s") % {"report_id": self.report_id}

    def read(self):
        with self.file.open() as file:
            return file.read()
