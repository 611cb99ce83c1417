"""Suggesting other words to a teller: one text, the words, and why."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Revision

from stories import actions
from stories.forms.answers import LONGEST, Words
from stories.models import SUGGESTIBLE, Story
from stories.permissions import on_the_desk
from stories.staff import waiting
from stories.staff.guard import for_moderators, header


class SuggestForm(forms.Form):
    field_order = ["after", "reason"]

    reason = Words(
        label="Why?",
        help_text=_("The teller reads this beside your words."),
        max_length=1000,
        widget=AdminAutoHeightTextInput({"rows": 2}),
        error_messages={"required": _("Write why you suggest it.")},
    )

    def __init__(self, data=None, *, field, before):
        super().__init__(data, initial={"after": before})
        longest = Story._meta.get_field(field).max_length or LONGEST
        self.fields["after"] = Words(
            label=Story._meta.get_field(field).verbose_name,
            max_length=longest,
            widget=AdminAutoHeightTextInput({"rows": 6}),
            error_messages={"required": gettext("Write the words that you suggest.")},
        )
        self.order_fields(self.field_order)


def version_on_the_desk(request, story):
    """What a moderator reads of it: the version that waits, else the live one."""
    waits = waiting.waiting_for(request.user).filter(pk=story.pk).first()
    return Revision.objects.get(pk=waits.sent_id).as_object() if waits else story


@for_moderators
def suggest(request, slug):
    story = get_object_or_404(on_the_desk(request.user), slug=slug)
    version = version_on_the_desk(request, story)
    answered = [(name, Story._meta.get_field(name).verbose_name) for name in SUGGESTIBLE if getattr(version, name)]
    field = request.GET.get("text", "")
    context = {"story": story, "texts": answered, **header(gettext("Suggest other words"))}
    if field not in dict(answered):
        return render(request, "stories/admin/suggest.html", context)
    typed = request.POST if request.method == "POST" else None
    form = SuggestForm(typed, field=field, before=getattr(version, field))
    if form.is_valid():
        try:
            actions.suggest(story, field=field, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.CannotDecide as told:
            messages.warning(request, str(told))
        else:
            messages.success(request, gettext("The teller has been asked. Nothing changes until they say yes."))
            return redirect("stories_staff:review", story.slug)
    return render(request, "stories/admin/suggest.html", {**context, "form": form, "field": field})
