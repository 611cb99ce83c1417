"""Asked again: whether a story may stay, and once whether everybody may read it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from stories import actions
from stories.forms.agreeing import AgreeAgainForm
from stories.views.own import authors_only, tellers_only


@tellers_only
def agree_again(request, story):
    """Its author answers; who has a say in it besides can take it away from here."""
    if story.author_id != request.user.pk:
        return of_coauthor(request, story)
    if not story.live:
        return redirect("stories:draft", story.slug)
    form = AgreeAgainForm(request.POST if request.method == "POST" else None, initial={"how_long": "year"})
    if form.is_valid():
        until = form.cleaned_data["until"]
        actions.agree_again(story, until=until, by=request.user, now=timezone.now())
        messages.success(request, gettext("It stays. We ask you again on %(until)s.") % {"until": f"{until:%-d %B %Y}"})
        return redirect("stories:draft", story.slug)
    return render(request, "stories/agree_again.html", {"story": story, "form": form})


def of_coauthor(request, story):
    if request.method == "POST" or not story.coauthors.of(request.user).asked().exists():
        raise Http404
    if not story.live:
        return redirect("stories:draft", story.slug)
    return render(request, "stories/agree_again.html", {"story": story})


@authors_only
def make_public(request, story):
    """The question stands until it is answered once."""
    if not story.is_asked_to_be_public:
        return redirect("stories:draft", story.slug)
    answer = request.POST.get("answer")
    if answer not in {"yes", "no"}:
        return render(request, "stories/make_public.html", {"story": story, "preview": True})
    try:
        actions.answer_public(story, yes=answer == "yes", by=request.user, now=timezone.now())
    except actions.InModeration:
        messages.warning(request, gettext("A moderator is reading your edit. Answer once they have decided."))
    else:
        no = gettext("It stays as it is: %(lower)s read it. We do not ask again.") % {
            "lower": story.get_audience_display().lower()
        }
        yes = gettext("A moderator looks at it first. Until then everything stays as it was.")
        messages.success(request, yes if answer == "yes" else no)
    return redirect("stories:draft", story.slug)
