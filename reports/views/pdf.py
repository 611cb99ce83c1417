"""A report as a PDF, handed out only while it says what the page says."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports import pdf
from reports.models import ReportPage

SOON = 60  # seconds: how often `reports.tasks.renew_pdfs` runs


@require_safe
def report_pdf(request, slug):
    """What everybody reads is asked anew each time: words that may no longer be shown leave with the next request, not
    with the next file."""
    report = get_object_or_404(ReportPage.objects.live().select_related("pdf"), slug=slug)
    made = getattr(report, "pdf", None)
    if made is None or made.digest != pdf.digest(pdf.contents(report)):
        response = render(request, "reports/pdf_soon.html", {"report": report}, status=503)
        response.headers["Retry-After"] = SOON
        return response
    headers = {
        "Content-Disposition": f'inline; filename="{report.slug}.pdf"',
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(made.read(), content_type="application/pdf", headers=headers)
