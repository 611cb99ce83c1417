"""Leaving a draft: a reminder by mail, or the end of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from stories import actions
from stories.forms import ReminderForm
from stories.views.own import authors_only, tellers_only


@require_POST
@tellers_only
def remind(request, story):
    form = ReminderForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Choose when we should remind you, or that we should not."))
        return redirect("stories:draft", story.slug)
    reminder = actions.remind(story, days=form.cleaned_data["days"], by=request.user, now=timezone.now())
    if reminder:
        day = date_format(timezone.localtime(reminder.due_at), "l j F")
        messages.success(request, gettext("We write to you on %(day)s, once.") % {"day": day})
    else:
        messages.success(request, gettext("We do not remind you."))
    return redirect("stories:draft", story.slug)


@authors_only
def delete(request, story):
    if not story.can_be_deleted_by(request.user):
        raise Http404
    if request.method != "POST":
        return render(request, "stories/delete.html", {"story": story})
    try:
        actions.delete(story, by=request.user, now=timezone.now())
    except actions.CannotDelete as too_late:
        raise Http404 from too_late
    messages.success(request, gettext("Your draft is deleted."))
    return redirect("stories:mine")
