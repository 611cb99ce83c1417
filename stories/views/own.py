"""The teller's own story: who may open these pages, and what can be done with it at any time."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from design.errors import typed_text
from stories import actions, keeping
from stories.forms import AnswerForm, ReachForm
from stories.models import Story
from stories.views.answers import tasks


def tellers_only(view=None, *, keeps_text=False):
    """Gives the view its author's own story; for everybody else there is no such page.

    With `keeps_text` what was typed in a session that has ended waits until its writer has signed in again.
    """
    if view is None:
        return lambda view: tellers_only(view, keeps_text=keeps_text)

    @never_cache
    @wraps(view)
    def guarded(request, slug, **kwargs):
        if request.user.is_authenticated:
            return view(request, own_story(request.user, slug), **kwargs)
        if request.method == "POST" and keeps_text:
            return keep_and_sign_in(request)
        return redirect_to_login(request.path if request.method == "GET" else reverse("stories:draft", args=[slug]))

    return guarded


def own_story(user, slug):
    stories = Story.objects.editable_by(user).with_moderation().with_waiting_photos().for_listing()
    return get_object_or_404(stories.select_related("latest_revision"), slug=slug)


def keep_and_sign_in(request):
    if not keeping.can_keep(request):
        return render(request, "stories/signed_out.html", {"typed": typed_text(request)})
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    return keeping.keep(request, redirect_to_login(request.path), typed=typed, now=timezone.now())


@tellers_only
def draft(request, story):
    newest = story.get_latest_revision_as_object()
    context = {"story": story, "newest": newest, "tasks": tasks(newest), "answer_form": AnswerForm()}
    context["can_delete"] = story.can_be_deleted_by(request.user)
    if story.is_being_written:
        context["reminder"] = story.reminders.filter(member=request.user).first()
    return render(request, "stories/draft.html", context)


@tellers_only
def withdraw(request, story):
    if request.method != "POST":
        return render(request, "stories/withdraw.html", {"story": story})
    actions.withdraw(story, by=request.user, now=timezone.now())
    messages.success(request, "Your story is withdrawn. It is gone from every page, list and report.")
    return redirect("stories:draft", story.slug)


@require_POST
@tellers_only
def hide(request, story):
    actions.hide(story, by=request.user, now=timezone.now())
    messages.success(request, "Your story is hidden. Only you can see it, until you show it again.")
    return redirect("stories:draft", story.slug)


@require_POST
@tellers_only
def show(request, story):
    actions.show(story, by=request.user, now=timezone.now())
    messages.success(request, "Your story is shown again.")
    return redirect("stories:draft", story.slug)


@require_POST
@tellers_only
def take_back(request, story):
    actions.take_back(story, by=request.user, now=timezone.now())
    messages.success(request, "You have your story back. No moderator reads it until you send it again.")
    return redirect("stories:draft", story.slug)


@tellers_only
def reach(request, story):
    form = ReachForm(request.POST if request.method == "POST" else None, story=story)
    if form.is_valid():
        try:
            story = actions.set_reach(story, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.InModeration:
            form.add_error(None, "A moderator is reading your story. Take it back before you open it to more people.")
        else:
            messages.success(request, what_happens_to_reach(story))
            return redirect("stories:draft", story.slug)
    return render(request, "stories/reach.html", {"story": story, "form": form})


def what_happens_to_reach(story):
    if not story.waits_for_wider_reach:
        return "Your choice counts from now on."
    if story.is_in_moderation:
        return "A moderator looks at it first. Until then everything stays as it was."
    return "A moderator looks at it first, together with your edit: send that when you are ready."
