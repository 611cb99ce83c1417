"""Where moderators read worries about a person, which belong to no story, and note what they did: that is the log."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from members.models import Concern
from stories import actions
from stories.staff.concerns import MOST
from stories.staff.forms import REASON_LENGTH
from stories.staff.guard import for_moderators, header


class ReadForm(forms.Form):
    reason = forms.CharField(
        label=_("What did you do, and whom did you tell?"),
        help_text=_("It stays in the log. Write no more about the person than the log needs."),
        max_length=REASON_LENGTH,
        widget=AdminAutoHeightTextInput,
        error_messages={"required": _("Write what you did.")},
    )


@for_moderators
def worries(request):
    """The log: what was raised when, who read it, and what they did. What was raised stands on its own page only."""
    read = Concern.objects.worries().exclude(state=Concern.State.OPEN).select_related("decided_by")
    context = {"read": read.order_by("-decided_at", "-pk")[:MOST], **header(gettext("Worries that were read"))}
    return render(request, "stories/admin/worries.html", context)


@for_moderators
def worry(request, key):
    raised = get_object_or_404(Concern.objects.worries().select_related("decided_by"), pk=key)
    form = ReadForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.answer_worry(key, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"])
        except actions.CannotDecide as told:
            messages.warning(request, str(told))
        else:
            messages.success(request, gettext("Noted. Whoever left an address has been told that it was read."))
        return redirect("stories_staff:concerns")
    context = {"raised": raised, "concerns": [raised], "form": form, **header(gettext("A worry"))}
    return render(request, "stories/admin/worry.html", context)
