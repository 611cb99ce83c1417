"""Experiments typed signed out find their writer again: each once, as soon as they have signed in."""

from django.db import transaction
from django.urls import resolve

from practices.models import Practice
from stories import actions, keeping
from stories.forms.contributing import ExperimentForm
from stories.models import Experiment, Story


def attach_experiments(request, *, now):
    """Add those that wait for this browser; returns the newest one, or None."""
    waiting = keeping.kept_texts(request, now=now).filter(address__endswith="/tried/new/")
    return _add_each(waiting, request.user, now=now)


@transaction.atomic
def _add_each(waiting, member, *, now):
    added = None
    for kept in reversed(waiting.select_for_update()):
        experiment = _experiment_of(kept, member)
        if experiment:
            added = actions.add(experiment, by=member, now=now)
            kept.delete()
    return added


def _experiment_of(kept, member):
    """What was typed, not saved. None where it does not fit any more: then it waits in its form until it expires."""
    experiment = _begin(resolve(kept.address), member)
    if experiment is None:
        return None
    family = Experiment.objects.readable_by(member).filter(story=experiment.story, practice=experiment.practice)
    form = ExperimentForm(kept.answers, instance=experiment, member=member, form_token="", family=family)
    return form.fill(form_key=kept.key) if form.is_valid() else None


def _begin(asked, member):
    if asked.view_name == "stories:try":
        story = Story.objects.readable_by(member).for_listing().filter(slug=asked.kwargs["slug"]).first()
        return Experiment(story=story) if story else None
    practice = Practice.objects.filter(slug=asked.kwargs["slug"]).first()
    return Experiment(practice=practice) if practice else None
