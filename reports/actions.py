"""What happens around a report that is published: its PDF, what it shows of stories, and who is told."""

import secrets

from django.core.files.base import ContentFile
from django.db import transaction

from reports import pdf
from reports.models import ReportPage, ReportPDF


def renew_pdfs(*, now):
    """Makes the PDF of every live report whose page says something else by now; returns how many it made.

    Safe to run at any time and twice at once: the later one finds nothing to do, or does the same again.
    """
    return sum(renew_pdf(report, now=now) for report in ReportPage.objects.live())


def renew_pdf(report, *, now):
    """One report's; False where it says already what the page says."""
    contents = pdf.contents(report)
    digest = pdf.digest(contents)
    known = ReportPDF.objects.filter(report=report).first()
    if known and known.digest == digest:
        return False
    data = pdf.make(contents, pdf.pictures(report))
    _keep(report, known, data, digest, now)
    return True


@transaction.atomic
def _keep(report, known, data, digest, now):
    """The old file goes once the new row is there for good: it may hold words that are nobody's to read any more."""
    row = known or ReportPDF(report=report)
    old = row.file.name
    row.file = ContentFile(data, name=f"{secrets.token_urlsafe(12)}.pdf")
    row.digest, row.made_at = digest, now
    row.save()
    if old:
        transaction.on_commit(lambda: row.file.storage.delete(old))
