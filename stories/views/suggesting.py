"""The teller's yes or no to other words that a moderator suggests."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from stories import actions
from stories.forms.suggesting import SuggestionAnswer
from stories.views.own import tellers_only

TOLD = {
    True: _("The words stand in your story now, and its page says that you agreed."),
    False: _("Everything stays as you wrote it."),
}


@require_POST
@tellers_only
def answer_suggestion(request, story):
    form = SuggestionAnswer(request.POST)
    if form.is_valid():
        answer(request, story, **form.cleaned_data)
    return redirect("stories:draft", story.slug)


def answer(request, story, *, suggestion, agreed):
    now = timezone.now()
    try:
        actions.answer_suggestion(story, suggestion=suggestion, agreed=agreed, by=request.user, now=now)
        messages.success(request, TOLD[agreed])
    except actions.ChangedSince:
        actions.end_suggestion(story, suggestion=suggestion, now=now)
        messages.warning(
            request, gettext("You have changed that text since, so yours stays and the suggestion is closed.")
        )
