"""What a published report shows of which story: the way from a story to its reports, and copies that stand still."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from reports.models.report import ReportPage
from stories.models import Quotation, Story


class EvidenceQuerySet(models.QuerySet):
    def in_live_reports(self):
        return self.filter(report__live=True)

    def shown(self):
        """Of stories that anybody may find there: words only with their teller's yes."""
        allowed = Quotation.objects.allowed()
        return self.in_live_reports().filter(Q(quotation=None) | Q(quotation__in=allowed))

    def frozen(self):
        return self.exclude(frozen_at=None)


class Evidence(models.Model):
    """One story in one block of a report. Where the report is frozen: since when, and the words of its card that day.

    Never who told it: a name that goes, goes everywhere. It falls with its story, and words that are taken out of the
    story are taken out here too (`stories/scrubbing.py` finds it by its key).
    """

    report = models.ForeignKey(ReportPage, on_delete=models.CASCADE, related_name="evidence")
    block_key = models.CharField(max_length=36)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="report_evidence")
    quotation = models.ForeignKey(Quotation, null=True, on_delete=models.CASCADE, related_name="uses")
    # In a list of the newest: there because it fits, not because somebody chose it.
    listed = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    frozen_at = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=100, blank=True)
    summary = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "block_key", "story"], name="a_story_once_a_block_of_a_report")
        ]

    def __str__(self):
        return gettext("A story in report %(report_id)s") % {"report_id": self.report_id}
