"""Blocking somebody whose name stands beside a story; `members` keeps the list of whom one blocked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from members import actions
from stories.blocking import named_on, named_with
from stories.forms.blocking import BlockForm
from stories.models import Story
from stories.views.adding import model_of


@never_cache
@login_required
def block(request, slug):
    """A teller, or somebody who said thanks; where nobody is named the page says that there is nobody to block."""
    story = get_object_or_404(Story.objects.readable_by(request.user).for_listing(), slug=slug)
    return ask(request, named_on(story, request.user), way_back=story.get_absolute_url())


@never_cache
@login_required
def block_added(request, kind, slug):
    """Whoever signed one thing that was added."""
    one = get_object_or_404(model_of(kind).objects.readable_by(request.user).for_listing(), slug=slug)
    return ask(request, named_with(one, request.user), way_back=one.get_absolute_url())


def ask(request, people, *, way_back):
    if not request.user.is_member:
        raise Http404
    form = BlockForm(request.POST if request.method == "POST" else None, people=people)
    if len(people) == 1:
        form.fields["who"].initial = people[0].key
    if form.is_valid():
        chosen = form.chosen
        actions.block(chosen.member, known_as=chosen.name, by=request.user, now=timezone.now())
        messages.success(request, gettext("You will not meet them here any more. They are not told."))
        return redirect("members:blocked")
    return render(request, "stories/block.html", {"form": form, "way_back": way_back})
