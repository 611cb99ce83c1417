"""The word of a person whose story it is too."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from stories import actions
from stories.forms.together import AgreementForm, WordForm
from stories.models import Answer
from stories.views.own import authors_only, tellers_only
from stories.views.together import own, show

CHANGED = _("Somebody changed the words while you read. Read them once more: here they are as they stand now.")
THANKS = {
    Answer.YES: _("Your yes is kept. If a word changes before it is sent, you are asked again."),
    Answer.NOT_YET: _("It waits. Those who write with you have been told what should be different."),
    Answer.NO: _("Your no counts from now on. The story is on no page, list or report."),
}


@tellers_only
def their_word(request, story):
    """The story as others will see it, and below it the question."""
    person = own(request, story)
    if not person.lived_experience:
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = WordForm(typed, initial={"version": story.version_key})
    if form.is_valid():
        try:
            actions.give_word(person, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.OtherWords:
            messages.warning(request, CHANGED)
            return redirect("stories:their_word", story.slug)
        messages.success(request, THANKS[form.cleaned_data["answer"]])
        return redirect("stories:draft", story.slug)
    newest = story.get_latest_revision_as_object()
    newest.audience = newest.wanted_audience or newest.audience
    changed = person.answer and person.answered_version != story.version_key
    context = {"story": newest, "photos": newest.photos_as_sent(), "preview": True}
    context |= {"form": form, "mine": person, "changed": changed}
    return render(request, "stories/their_word.html", context)


@require_POST
@authors_only
def ask_for_word(request, story):
    asked = actions.ask_for_word(story, by=request.user, now=timezone.now())
    messages.success(
        request,
        gettext("They have been asked.") if asked else gettext("They have been asked about these words already."),
    )
    return redirect("stories:together", story.slug)


@require_POST
@authors_only
def agreed(request, story):
    form = AgreementForm(request.POST)
    if not form.is_valid():
        return show(request, story, agreeing=form)
    actions.record_agreement(story, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, gettext("It is written down for these words. If they change, ask once more."))
    return redirect("stories:together", story.slug)
