"""The front page, the list of reports and the search across all.

Plain views: Wagtail's own routing would cost more than their budget (docs/decisions/0005)."""

from django.shortcuts import get_object_or_404, render

from design.compiled import compiled, one_or_404
from reports.finding import SearchForm, find
from reports.front import for_member
from reports.models import HomePage, ReportIndexPage


def home(request):
    if request.user.is_authenticated:
        return render(request, "reports/home_member.html", for_member(request.user))
    return one_or_404(_front_page()).serve(request)


@compiled
def _front_page():
    return HomePage.objects.live()


def search(request):
    """Across stories, practices, people and reports, as far as whoever asks may read them."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    return render(request, "reports/search.html", {"form": form, "asked": text, "groups": find(text, request.user)})


def report_list(request):
    return get_object_or_404(ReportIndexPage.objects.live()).serve(request)
