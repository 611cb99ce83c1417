"""Evidence packs, for whoever writes reports."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from insights import packing
from insights.forms import PackForm
from insights.models import EvidencePack
from reports.drafting import draft_report_from
from reports.staff.picking import for_writers, header

SHOWN = 50


@for_writers
def packs(request):
    """Choose what is counted, and the packs that there are."""
    form = PackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        title = form.cleaned_data["title"]
        packing.freeze(form.asked, query=form.query, title=title, by=request.user, now=timezone.now())
        messages.success(request, "The pack is made. Whoever has its link can read it.")
        return redirect("evidence_packs")
    context = {"form": form, "packs": EvidencePack.objects.all()[:SHOWN], **header("Evidence packs")}
    return render(request, "reports/admin/packs.html", context)


@require_POST
@for_writers
def draft_report(request, key):
    report = draft_report_from(get_object_or_404(EvidencePack, key=key), by=request.user)
    messages.success(request, "This is a draft: nobody else reads it before it is published.")
    return redirect("wagtailadmin_pages:edit", report.pk)
