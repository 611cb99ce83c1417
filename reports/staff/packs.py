"""Evidence packs, for whoever writes reports."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from insights import packing
from insights.forms import PackForm
from insights.models import EvidencePack
from reports.drafting import draft_report_from
from reports.staff.picking import for_writers, header

SHOWN = 50


@for_writers
def packs(request):
    """Choose what is counted, and the packs that there are. What a group's convenors made is theirs."""
    form = PackForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.freeze(by=request.user, now=timezone.now()):
        messages.success(request, gettext("The pack is made. Whoever has its link can read it."))
        return redirect("evidence_packs")
    made = EvidencePack.objects.of_public_stories().select_related("made_by")
    context = {"form": form, "packs": made[:SHOWN], **header(gettext("Evidence packs"))}
    return render(request, "reports/admin/packs.html", context)


@require_POST
@for_writers
def draft_report(request, key):
    report = draft_report_from(_pack(key), by=request.user)
    messages.success(request, gettext("This is a draft: nobody else reads it before it is published."))
    return redirect("wagtailadmin_pages:edit", report.pk)


@require_POST
@for_writers
def take_back(request, key):
    packing.take_back(_pack(key))
    messages.success(request, gettext("The pack is gone, and its link leads nowhere."))
    return redirect("evidence_packs")


def _pack(key):
    return get_object_or_404(EvidencePack.objects.of_public_stories(), key=key)
