"""The queue, the published stories, and what a moderator decides about one of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.models import TaskState

from practices.models import Boundary
from stories import actions
from stories.models import Story
from stories.permissions import on_the_desk
from stories.staff import review, trusting, waiting
from stories.staff.forms import ApproveForm, QueueForm, ReasonForm, TakeDownForm, VersionForm
from stories.staff.guard import for_moderators, header

A_PAGE = 20
LIVE = _("Approved. The story is live, and its teller has been told.")
ANOTHER_READS = _("Your yes is kept. Another moderator reads it too before it goes live.")


@for_moderators
def queue(request):
    form = QueueForm(request.GET)
    chosen = form.cleaned_data["boundary"] if form.is_valid() else ""
    stories = waiting.waiting_for(request.user)
    if chosen:
        stories = waiting.touching(stories, Boundary.objects.get(slug=chosen))
    page = Paginator(stories, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": waiting.lines(page, request.user),
        "form": form,
        "chosen": chosen,
        **header(gettext("Moderation")),
    }
    context["to_be_read"] = [] if chosen else trusting.to_be_read(request.user)[:A_PAGE]
    return render(request, "stories/admin/queue.html", context)


@for_moderators
def published(request):
    stories = on_the_desk(request.user).published().newest_first().for_listing()
    page = Paginator(stories, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "stories/admin/published.html", {"page": page, **header("Published stories")})


@for_moderators
def read(request, slug):
    return review.show(request, get_object_or_404(on_the_desk(request.user), slug=slug))


@require_POST
@for_moderators
def approve(request, slug):
    story, revision = _story_and_version(request, slug)
    form = ApproveForm(request.POST)
    if "nobody_found" in form.errors:
        return _again(request, story, approve_form=form)
    try:
        approved = actions.approve(story, by=request.user, now=timezone.now(), revision=revision)
    except actions.CannotDecide as told:
        return _too_late(request, story, str(told))
    messages.success(request, ANOTHER_READS if approved.is_in_moderation else LIVE)
    return redirect("stories_staff:queue")


@require_POST
@for_moderators
def ask_for_changes(request, slug):
    story, revision = _story_and_version(request, slug)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, story, reason_form=form)
    reason = form.cleaned_data["reason"]
    try:
        actions.ask_for_changes(story, by=request.user, now=timezone.now(), comment=reason, revision=revision)
    except actions.CannotDecide as told:
        return _too_late(request, story, str(told), reason_form=form)
    messages.success(request, gettext("The teller has been told what to change."))
    return redirect("stories_staff:queue")


@require_POST
@for_moderators
def take_down(request, slug):
    story = get_object_or_404(on_the_desk(request.user), slug=slug)
    form = TakeDownForm(request.POST)
    if not form.is_valid():
        return _again(request, story, take_down_form=form)
    try:
        actions.take_down(story, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"])
    except actions.CannotDecide as told:
        return _too_late(request, story, str(told))
    messages.success(request, gettext("Taken down. The teller has been told why."))
    return redirect("stories_staff:published")


def _story_and_version(request, slug):
    """The story that was read and the key of its version; still found when somebody decided meanwhile."""
    form = VersionForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else 0
    read = TaskState.objects.filter(revision_id=revision).values_list(
        Cast("revision__object_id", models.BigIntegerField())
    )
    once = Story.objects.filter(pk__in=read) | on_the_desk(request.user)
    return get_object_or_404(once, slug=slug), revision


def _again(request, story, **forms):
    return review.show(request, get_object_or_404(on_the_desk(request.user), pk=story.pk), **forms)


def _too_late(request, story, told, reason_form=None):
    """Says why the decision cannot stand, and gives back what was typed."""
    if on_the_desk(request.user).filter(pk=story.pk).exists():
        messages.warning(request, told)
        return _again(request, story, reason_form=reason_form)
    context = {"told": told, "form": reason_form, **header(gettext("Already decided"))}
    return render(request, "stories/admin/too_late.html", context)
