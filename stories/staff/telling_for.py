"""A moderator types a story for somebody who told it to them; its teller takes it over, or it is deleted."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from stories import actions
from stories.forms.telling_for import TellForForm
from stories.models import Asking
from stories.staff.guard import for_moderators, header

TOO_MANY = _("You have asked ten people today. Come back tomorrow.")


@for_moderators
def tell_for(request):
    form = TellForForm(request.POST if request.method == "POST" else None, own_address=request.user.email)
    if form.is_valid():
        email, answers = form.cleaned_data["email"], form.answers
        try:
            actions.tell_for(email=email, answers=answers, by=request.user, now=timezone.now(), key=form.key)
        except actions.TooManyAskings:
            form.add_error(None, TOO_MANY)
        else:
            messages.success(
                request, gettext("A mail with a link is on its way to its teller. Nobody else can read the story.")
            )
            return redirect("stories_staff:tell_for")
    context = {"form": form, "waiting": typed_by(request.user), **header(gettext("Tell a story for somebody"))}
    return render(request, "stories/admin/tell_for.html", context)


def typed_by(moderator):
    """What they typed and nobody has taken yet; once it is taken they find it here no more."""
    typed = Asking.objects.filter(what=Asking.What.TELL, asked_by=moderator, ended_at=None)
    return typed.select_related("story").order_by("-created_at", "-pk")


@require_POST
@for_moderators
def drop_told_for(request, slug):
    asking = get_object_or_404(typed_by(request.user), story__slug=slug)
    actions.drop_told_for(asking, by=request.user, now=timezone.now())
    messages.success(request, gettext("Deleted. The link opens nothing any more."))
    return redirect("stories_staff:tell_for")
