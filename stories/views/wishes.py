"""The board of what tellers want help with, the newest first."""

from django.shortcuts import render

from practices.finding import Finding
from stories.models import Story
from stories.views.reading import NEWEST_FIRST


def wants_help(request):
    finding = Finding(request.GET)
    wishes = Story.objects.readable_by(request.user).wanting_help().touching(*finding.boundaries)
    if finding.place:
        wishes = wishes.set_in(finding.place)
    page = NEWEST_FIRST.page(wishes.for_listing(), request.GET)
    return render(request, "stories/wants_help.html", {"finding": finding, "page": page})
