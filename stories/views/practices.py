"""The practice library as readers meet it, with the stories that used each practice."""

from itertools import groupby

from django.shortcuts import render
from django.utils import timezone

from design.compiled import compiled, one_or_404
from networks import cards
from practices import words
from practices.models import Practice, Stage
from stories import in_reports
from stories.models import Experiment
from stories.models.family import Family
from stories.search import codes
from stories.search.together import Together

MOST_QUESTIONS = 3  # of "Rule or habit?", on the page of the practice with which they were asked


@compiled
def _results(reader, practice):
    return Family.counts(Experiment.objects.readable_by(reader).filter(practice=practice))


@compiled
def _asked(reader, practice):
    return practice.rule_questions.readable_by(reader).newest_first().for_listing()[:MOST_QUESTIONS]


@compiled
def _named(slug):
    return Practice.objects.filter(slug=slug)


def practice_list(request):
    stages = groupby(words.practices(), key=lambda practice: Stage(practice.stage))
    told = [(stage.label, stage.said, list(group)) for stage, group in stages]
    return render(request, "stories/practice_list.html", {"stages": told})


def practice(request, slug):
    practice = one_or_404(_named(slug))
    reader = request.user
    told = Together.of(reader, [codes.of_word(practice)], request.GET)
    context = {
        "practice": practice,
        "page": told.page,
        "overview": told.overview,
        "family": Family([], dict(_results(reader, practice))),
        "asked": _asked(reader, practice),
    }
    context["people"] = cards.with_practice(practice, request.user, day=timezone.localdate())
    context["reports"] = in_reports.about_practice(practice)
    return render(request, "stories/practice.html", context)
