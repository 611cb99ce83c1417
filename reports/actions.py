"""What happens around a report that is published: its PDF, and what readers write back."""

import logging
import secrets

import typst
from django.core.files.base import ContentFile
from django.db import transaction

from reports import emails, pdf, renewing
from reports.models import Letter, ReportPDF

log = logging.getLogger(__name__)


@transaction.atomic
def write_back(report, *, wish, text, contact, now):
    """Keeps what a reader says, and tells those who write reports that it waits."""
    letter = Letter.objects.create(report=report, wish=wish, text=text, contact=contact, written_at=now)
    emails.letter_waits(letter, now=now)


def renew_pdfs(*, now):
    """Makes the PDF of every live report whose page says something else by now; returns how many it made.

    Safe to run at any time and twice at once: the later one finds nothing to do, or does the same again. A report that
    cannot be set stands in nobody else's way.
    """
    return sum(_renewed(report, mark, now) for report, mark in renewing.due())


def _renewed(report, mark, now):
    try:
        return renew_pdf(report, mark=mark, now=now)
    except typst.TypstError:
        log.exception("The PDF of report %s cannot be made.", report.pk)
        return False


def renew_pdf(report, *, now, mark=None):
    """One report's; False where it says already what the page says.

    The mark is taken before the page is read: what changes in between is looked at once more.
    """
    mark = mark or renewing.marks([report])[report.pk]
    contents = pdf.contents(report)
    digest = pdf.digest(contents)
    known = ReportPDF.objects.filter(report=report).first()
    if known and known.digest == digest:
        ReportPDF.objects.filter(pk=known.pk).update(mark=mark, looked_at=now)
        return False
    row = known or ReportPDF(report=report)
    row.digest, row.mark, row.made_at, row.looked_at = digest, mark, now, now
    _keep(row, pdf.make(contents, pdf.pictures(report)))
    return True


@transaction.atomic
def _keep(row, data):
    """The old file goes once the new row is there for good: it may hold words that are nobody's to read any more."""
    old = row.file.name
    row.file = ContentFile(data, name=f"{secrets.token_urlsafe(12)}.pdf")
    row.save()
    if old:
        transaction.on_commit(lambda: row.file.storage.delete(old))
