"""What a moderator asks the teller of a story that waits."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from stories import actions
from stories.permissions import on_the_desk
from stories.staff import review
from stories.staff.forms import AskForm
from stories.staff.guard import for_moderators


@require_POST
@for_moderators
def ask(request, slug):
    story = get_object_or_404(on_the_desk(request.user), slug=slug)
    form = AskForm(request.POST)
    if not form.is_valid():
        return review.show(request, story, ask_form=form)
    try:
        actions.ask(story, text=form.cleaned_data["question"], by=request.user, now=timezone.now())
    except actions.CannotDecide as told:
        messages.warning(request, str(told))
        return review.show(request, story, ask_form=form)
    messages.success(request, gettext("The teller has been asked. The story stays in the queue."))
    return redirect("stories_staff:review", story.slug)
