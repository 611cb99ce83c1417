"""What a member tries: their own list, and what others let their groups read of theirs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from design.paging import Keyset
from networks import typed
from networks.views.guard import for_members
from practices import words
from stories import keeping
from stories.actions import attempts as actions
from stories.actions.ground import OtherReaders
from stories.forms.attempts import AttemptForm, BeginForm
from stories.models import Attempt
from stories.views.own import NOT_YOURS

NEWEST_FIRST = Keyset("-begun_at", "-pk", size=20)
MOST_SHARED = 20


@for_members
def attempt_list(request):
    own = Attempt.objects.editable_by(request.user).for_listing()
    shared = Attempt.objects.shared_with(request.user).for_listing().order_by("-begun_at", "-pk")
    context = {"page": NEWEST_FIRST.page(own, request.GET), "shared": shared[:MOST_SHARED]}
    return render(request, "stories/attempts.html", context)


@for_members
def new(request):
    slug = request.GET.get("practice", "")
    practice = next((one for one in words.practices() if one.slug == slug), None)
    form = BeginForm(posted(request), initial={"form_key": keeping.new_form_token()})
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("step", "expects")}
        key = keeping.form_key_of(form.cleaned_data["form_key"])
        begun = actions.begin(**said, practice=practice, by=request.user, now=timezone.now(), form_key=key)
        typed.forget(request)
        messages.success(request, gettext("Kept. Only you can see it."))
        return redirect(begun)
    return render(request, "stories/attempt_new.html", {"form": form, "practice": practice})


def posted(request):
    return request.POST if request.method == "POST" else typed.kept_answers(request)


@for_members
def attempt(request, key):
    seen = Attempt.objects.visible_to(request.user).select_related("member__profile", "practice", "coalition", "story")
    found = get_object_or_404(seen, key=key)
    return render(request, "stories/attempt.html", {"attempt": found, "own": found.member_id == request.user.pk})


def own_or_404(request, key):
    own = Attempt.objects.editable_by(request.user).select_related("member", "coalition", "story")
    return get_object_or_404(own, key=key)


@for_members
def change(request, key):
    found = own_or_404(request, key)
    form = AttemptForm(found, posted(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(found, said=form.said, by=request.user, now=timezone.now())
        except OtherReaders:
            form.add_error("coalition", NOT_YOURS)
        else:
            typed.forget(request)
            return redirect(found)
    return render(request, "stories/attempt_form.html", {"form": form, "attempt": found})


@require_POST
@for_members
def make_story(request, key):
    story = actions.make_story(own_or_404(request, key), by=request.user, now=timezone.now())
    messages.success(request, gettext("Here is your draft, with what you wrote down. Only you can see it."))
    return redirect("stories:draft", story.slug)


@for_members
def delete(request, key):
    found = own_or_404(request, key)
    if request.method != "POST":
        return render(request, "stories/attempt_delete.html", {"attempt": found})
    try:
        actions.delete(found, by=request.user)
    except Attempt.DoesNotExist as gone:
        raise Http404 from gone
    messages.success(request, gettext("It is deleted."))
    return redirect("attempts:list")
