""" "I tried this too": writing it, signed in or not, and the family of what was tried."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from design.paging import Keyset
from practices.models import Practice
from stories import attaching, keeping
from stories.forms.contributing import ExperimentForm
from stories.models import Experiment
from stories.models.family import Family
from stories.views.responding import SHOWN, WAITS, published_story, write

NEWEST_FIRST = Keyset("-created_at", "-pk", size=20)
TO_BUILD_ON = 20
CROWDED = _(
    "Very many texts came from your network in the last hour. Copy your words, sign in and put them in again, "
    "or try once more in a while"
)


@never_cache
def try_story(request, slug):
    story = published_story(request.user, slug)
    return try_it(request, Experiment(story=story), Experiment.objects.filter(story=story))


@never_cache
def try_practice(request, slug):
    practice = get_object_or_404(Practice, slug=slug)
    return try_it(request, Experiment(practice=practice), Experiment.objects.filter(practice=practice))


def try_it(request, experiment, siblings):
    """An experiment of whoever is signed in; for anybody else a text that waits."""
    readable = Experiment.objects.readable_by(request.user).filter(pk__in=siblings.values("pk"))
    family = list(readable.for_listing().newest_first()[:TO_BUILD_ON])
    if request.method == "POST" and not request.user.is_authenticated:
        return keep(request, experiment, family)
    page = "stories/try.html"
    return write(
        request, experiment, ExperimentForm, page, story=experiment.story or experiment.practice, family=family
    )


def keep(request, experiment, family):
    form = ExperimentForm(request.POST, instance=experiment, member=request.user, form_token="", family=family)
    context = {"story": experiment.story or experiment.practice, "form": form}
    if not form.is_valid():
        return render(request, "stories/try.html", context)
    if not keeping.can_keep(request):
        form.add_error(None, CROWDED)
        return render(request, "stories/try.html", context, status=429)
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    key = keeping.form_key_of(form.cleaned_data["form_key"])
    return keeping.keep(request, redirect("stories:tried_kept"), typed=typed, now=timezone.now(), key=key)


@never_cache
def kept(request):
    """It is kept: sign up or sign in. Whoever is signed in already finds it at once."""
    if request.user.is_authenticated:
        return redirect("stories:tried_attach")
    if not keeping.kept_texts(request).exists():
        return redirect("stories:list")
    return render(request, "stories/try_kept.html")


@never_cache
@login_required
def attach(request):
    experiment = attaching.attach_experiments(request, now=timezone.now())
    if experiment is None:
        return keeping.go_on(request, redirect("stories:added"))
    messages.success(request, SHOWN if experiment.is_live else WAITS)
    return keeping.go_on(request, redirect("stories:added"))


def tried(request, slug):
    """The whole family of a story."""
    story = published_story(request.user, slug)
    return family(request, story, {"story": story}, reverse("stories:try", args=[slug]))


def practice_tried(request, slug):
    practice = get_object_or_404(Practice, slug=slug)
    return family(request, practice, {"practice": practice}, reverse("stories:try_practice", args=[slug]))


def family(request, about, which, try_here):
    experiments = Experiment.objects.readable_by(request.user).filter(**which)
    context = {
        "story": about,
        "on_practice": "practice" in which,
        "page": NEWEST_FIRST.page(experiments.for_listing(), request.GET),
        "family": Family.of(experiments),
        "try_here": try_here,
    }
    return render(request, "stories/tried.html", context)
