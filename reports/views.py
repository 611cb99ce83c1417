"""The two pages that must be quick, and the pictures of reports.

Plain views: Wagtail's own routing would cost more than their budget (docs/decisions/0005)."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from confidentiality import serving
from reports.finding import SearchForm, find
from reports.front import for_member
from reports.models import HomePage, ReportIndexPage, ReportRendition


def home(request):
    if request.user.is_authenticated:
        return render(request, "reports/home_member.html", for_member(request.user))
    return get_object_or_404(HomePage.objects.live()).serve(request)


def search(request):
    """Across stories, practices, people and reports, as far as whoever asks may read them."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    return render(request, "reports/search.html", {"form": form, "asked": text, "groups": find(text, request.user)})


def report_list(request):
    return get_object_or_404(ReportIndexPage.objects.live()).serve(request)


@require_safe
def picture(request, name):
    """A report's picture in one size, asked for anew each time: what is in no live report is not there."""
    sizes = ReportRendition.objects.visible_to(request.user).filter(file=f"images/{name}")
    shown = get_object_or_404(sizes)
    try:
        if not ReportRendition.objects.public().filter(pk=shown.pk).exists():
            return serving.private(read(shown))
        return serving.public(request, lambda: read(shown), name=name)
    except FileNotFoundError as gone:
        raise Http404 from gone


def read(shown):
    with shown.file.open() as file:
        return file.read()
