"""Reports and evidence packs as PDFs, handed out only while they say what their pages say."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from insights.pack_views import by_link
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
    response = as_pdf(made.read(), report.slug)
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@by_link
def evidence_pdf(request, pack):
    """Set anew for each reader, which takes a twentieth of a second: so there is no file that could say too much."""
    return as_pdf(pdf.make(pdf.of_pack(pack, request.user)), "evidence")


def as_pdf(data, name):
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
