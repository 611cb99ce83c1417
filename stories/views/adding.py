"""What a member added, and the follow-ups that a teller adds to their own story."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from stories import actions, attaching, keeping
from stories.added import KINDS
from stories.forms.contributing import FollowUpForm
from stories.models import FollowUp, Story
from stories.views.own import tellers_only
from stories.views.responding import write

MOST_A_KIND = 50


def model_of(kind):
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


@tellers_only(keeps_text=True)
def follow_up(request, story):
    """What happened since; only a story that readers can see has a since."""
    if not Story.objects.published().filter(pk=story.pk).exists():
        return render(request, "stories/follow_up_not_yet.html", {"story": story})
    return write(request, FollowUp(story=story), FollowUpForm, "stories/follow_up.html", story=story)


@never_cache
@login_required
def added(request):
    """Everything that somebody added anywhere, in every state, newest first."""
    attaching.attach_experiments(request, now=timezone.now())
    found = [
        contribution
        for model in KINDS.values()
        for contribution in model.objects.added_by(request.user).for_listing().newest_first()[:MOST_A_KIND]
    ]
    found.sort(key=lambda contribution: contribution.created_at, reverse=True)
    readable = set(
        Story.objects.visible_to(request.user)
        .filter(pk__in={one.story_id for one in found})
        .values_list("pk", flat=True)
    )
    context = {"added": [(one, one.story if one.story_id in readable else None) for one in found]}
    return keeping.go_on(request, render(request, "stories/added.html", context))


@never_cache
@login_required
def withdraw(request, kind, slug):
    """One's own, wherever its story is by now."""
    contribution = get_object_or_404(model_of(kind).objects.added_by(request.user).for_listing(), slug=slug)
    if request.method != "POST":
        return render(request, "stories/withdraw_added.html", {"contribution": contribution})
    actions.withdraw_contribution(contribution, by=request.user, now=timezone.now())
    messages.success(request, gettext("It is taken away, from every page."))
    return redirect("stories:added")
