"""The practice library as readers meet it, with the stories that used each practice."""

from itertools import groupby

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from networks import cards
from practices import words
from practices.models import Practice, Stage
from stories import in_reports
from stories.models import Experiment, Story
from stories.models.family import Family
from stories.overview import Overview
from stories.views.reading import NEWEST_FIRST

MOST_QUESTIONS = 3  # of "Rule or habit?", on the page of the practice with which they were asked


def practice_list(request):
    stages = groupby(words.practices(), key=lambda practice: Stage(practice.stage))
    told = [(stage.label, stage.said, list(group)) for stage, group in stages]
    return render(request, "stories/practice_list.html", {"stages": told})


def practice(request, slug):
    practice = get_object_or_404(Practice, slug=slug)
    used_it = Story.objects.readable_by(request.user).that_used(practice)
    page = NEWEST_FIRST.page(used_it.for_listing(), request.GET)
    tried = Family.counted(Experiment.objects.readable_by(request.user).filter(practice=practice))
    asked = practice.rule_questions.readable_by(request.user).newest_first().for_listing()
    context = {"practice": practice, "page": page, "overview": Overview(used_it), "family": tried}
    context["people"] = cards.with_practice(practice, request.user, day=timezone.localdate())
    context["reports"] = in_reports.about_practice(practice)
    context["asked"] = asked[:MOST_QUESTIONS]
    return render(request, "stories/practice.html", context)
