"""The teller's own story: who may open these pages, and what can be done with it at any time."""

from functools import partial, wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from design.errors import typed_text, worth_keeping
from stories import actions, keeping
from stories.forms import AnswerForm, ReachForm
from stories.models import Story
from stories.views.answers import ENOUGH, left_open, tasks

NOT_YOURS = _("You are no longer in that group, or it is closed. Choose again who can read it")
NOT_DONE = _("You were signed out, so nothing has changed yet. Sign in, and press it once more.")


def tellers_only(view=None, *, keeps_text=False, stories=Story.objects.editable_by):
    """Gives the view the story of who tells it, alone or with others; for everybody else there is no such page.

    With `keeps_text` what was typed in a session that has ended waits until its writer has signed in again.
    """
    if view is None:
        return lambda view: tellers_only(view, keeps_text=keeps_text, stories=stories)

    @never_cache
    @wraps(view)
    def guarded(request, slug, **kwargs):
        if request.user.is_authenticated:
            try:
                story = own_story(stories(request.user), slug)
            except Http404:
                return missing(request, worth_keeping(request.POST) if keeps_text else ())
            return view(request, story, **kwargs)
        if request.method == "POST" and keeps_text:
            return keep_and_sign_in(request)
        if request.method == "GET":
            return redirect_to_login(request.path)
        messages.warning(request, NOT_DONE)
        return redirect_to_login(reverse("stories:draft", args=[slug]))

    return guarded


# What the author decides alone, whoever writes along.
authors_only = partial(tellers_only, stories=Story.objects.authored_by)


def missing(request, typed):
    """The same as for any other address; whoever signed in as somebody else in another window still gets the words."""
    return render(request, "404.html", {"error_page": True, "typed": typed}, status=404)


def own_story(stories, slug):
    stories = stories.with_moderation().with_group().with_their_word().with_waiting_photos().for_listing()
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
    todo = tasks(newest, asked=request.user)
    context = {"story": story, "newest": newest, "tasks": todo, "answer_form": AnswerForm()}
    context["can_delete"] = story.can_be_deleted_by(request.user)
    context |= {"enough": not newest.missing_to_send(), "left_open": left_open(newest)}
    context |= {"done_count": sum(task["done"] for task in context["tasks"][:ENOUGH]), "page_count": ENOUGH}
    if story.is_being_written:
        context["reminder"] = story.reminders.filter(member=request.user).first()
    return render(request, "stories/draft.html", context)


@authors_only
def withdraw(request, story):
    if request.method != "POST":
        return render(request, "stories/withdraw.html", {"story": story})
    actions.withdraw(story, by=request.user, now=timezone.now())
    messages.success(request, gettext("Your story is withdrawn. It is gone from every page, list and report."))
    return redirect("stories:draft", story.slug)


@require_POST
@authors_only
def hide(request, story):
    actions.hide(story, by=request.user, now=timezone.now())
    messages.success(request, gettext("Your story is hidden. Only you can see it, until you show it again."))
    return redirect("stories:draft", story.slug)


@require_POST
@authors_only
def show(request, story):
    if story.hidden_for_review:
        return redirect("stories:agree_again", story.slug)
    actions.show(story, by=request.user, now=timezone.now())
    messages.success(request, gettext("Your story is shown again."))
    return redirect("stories:draft", story.slug)


@require_POST
@authors_only
def take_back(request, story):
    actions.take_back(story, by=request.user, now=timezone.now())
    messages.success(request, gettext("You have your story back. No moderator reads it until you send it again."))
    return redirect("stories:draft", story.slug)


@require_POST
@authors_only
def take_answer_back(request, story):
    try:
        word = request.POST.get("word", "").replace("\0", "")
        actions.take_answer_back(story, key=word, by=request.user, now=timezone.now())
    except actions.InModeration:
        messages.warning(request, gettext("A moderator is reading your answer. Take the story back to change it."))
    else:
        messages.success(request, gettext("Your answer is taken back. We ask again before the story is sent."))
    return redirect(f"{reverse('stories:check', args=[story.slug])}#recognised")


@authors_only
def reach(request, story):
    form = ReachForm(request.POST if request.method == "POST" else None, story=story, by=request.user)
    if form.is_valid():
        try:
            story = actions.set_reach(story, **form.reach, by=request.user, now=timezone.now())
        except actions.InModeration:
            form.add_error(
                None, gettext("A moderator is reading your story. Take it back before you open it to more people.")
            )
        except actions.OtherReaders:
            form.add_error("audience", NOT_YOURS)
        else:
            messages.success(request, what_happens_to_reach(story))
            return redirect("stories:draft", story.slug)
    return render(request, "stories/reach.html", {"story": story, "form": form})


def what_happens_to_reach(story):
    if not story.waits_for_wider_reach:
        return gettext("Your choice counts from now on.")
    if story.is_in_moderation:
        return gettext("A moderator looks at it first. Until then everything stays as it was.")
    return gettext("A moderator looks at it first, together with your edit: send that when you are ready.")
