"""The board of what tellers want help with, the newest first."""

from dataclasses import replace

from django.shortcuts import render

from practices.finding import Finding
from stories.search import codes
from stories.search.asked import MATCHES_NEWEST_FIRST
from stories.search.results import matches
from stories.search.together import wishes


def wants_help(request):
    finding = Finding(request.GET)
    wanted = [codes.WANTS_HELP]
    if finding.boundaries:
        wanted += codes.of_boundaries(finding.boundaries)
    if finding.place:
        wanted.append(codes.of_word(finding.place))

    def ask(order, start):
        return matches(request.user, wanted, [], start, order=order)

    page = MATCHES_NEWEST_FIRST.page_of(ask, request.GET)
    page = replace(page, items=wishes([row.story_id for row in page.items], request.user))
    return render(request, "stories/wants_help.html", {"finding": finding, "page": page})
