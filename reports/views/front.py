"""The two pages that must be quick.

Plain views: Wagtail's own routing would cost more than their budget (docs/decisions/0005)."""

from django.shortcuts import get_object_or_404, render

from reports.front import for_member
from reports.models import HomePage, ReportIndexPage


def home(request):
    if request.user.is_authenticated:
        return render(request, "reports/home_member.html", for_member(request.user))
    return get_object_or_404(HomePage.objects.live()).serve(request)


def report_list(request):
    return get_object_or_404(ReportIndexPage.objects.live()).serve(request)
