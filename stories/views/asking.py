"""Questions between a teller and the moderator who reads their story."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from stories import actions, keeping
from stories.forms import AnswerForm
from stories.views.own import tellers_only


@tellers_only(keeps_text=True)
def questions(request, story):
    """The thread on a page of its own; the draft's page shows it too."""
    typed = request.POST if request.method == "POST" else keeping.kept_answers(request)
    form = AnswerForm(typed)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(story, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
        except actions.NotWaiting:
            return render(request, "stories/questions.html", {"story": story, "answer_form": form, "too_late": True})
        messages.success(request, gettext("Your words are with the moderator."))
        return keeping.forget(request, redirect("stories:draft", story.slug))
    return render(request, "stories/questions.html", {"story": story, "answer_form": form})
