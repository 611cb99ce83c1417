"""What readers wrote back, for whoever writes reports."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from reports.models import Letter
from reports.staff.picking import for_writers, header

SHOWN = 100


@for_writers
def letters(request):
    waiting = Letter.objects.waiting().select_related("report")[:SHOWN]
    return render(request, "reports/admin/letters.html", {"letters": waiting, **header("Letters to reports")})


@require_POST
@for_writers
def answered(request, key):
    get_object_or_404(Letter.objects.waiting(), pk=key).answer(by=request.user, now=timezone.now())
    messages.success(request, gettext("It is put away, and the address is deleted."))
    return redirect("report_letters")
