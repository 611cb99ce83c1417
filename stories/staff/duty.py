"""Who takes a turn as first reader, who gets the mail at eight; and handing a first reading on."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from stories import actions
from stories.models import Duty
from stories.moderators import first_readers, moderators, wanting_the_daily_mail
from stories.permissions import on_the_desk
from stories.staff.guard import for_moderators, header


class DutyForm(forms.Form):
    readers = forms.ModelMultipleChoiceField(
        queryset=None,
        required=False,
        label=_("Who takes a turn as first reader?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each story that is sent goes to the next of them. Take out whoever is away."),
    )
    daily_mail = forms.BooleanField(
        required=False, label=_("Mail me at eight in the morning when something waits: how much, and not a word of it.")
    )

    def __init__(self, data=None, *, moderator):
        self.moderator = moderator
        now = {
            "readers": list(first_readers().values_list("pk", flat=True)),
            "daily_mail": wanting_the_daily_mail().filter(pk=moderator.pk).exists(),
        }
        super().__init__(data, initial=now)
        self.fields["readers"].queryset = moderators().order_by("first_name", "pk")

    def save(self):
        readers, before = set(self.cleaned_data["readers"]), set(self.initial["readers"])
        for moderator in self.fields["readers"].queryset:
            if (moderator in readers) != (moderator.pk in before):
                Duty.objects.update_or_create(moderator=moderator, defaults={"reads_first": moderator in readers})
        if self.cleaned_data["daily_mail"] != self.initial["daily_mail"]:
            self._change_mail(self.cleaned_data["daily_mail"], reads_first=self.moderator in readers)

    def _change_mail(self, wish, *, reads_first):
        Duty.objects.update_or_create(
            moderator=self.moderator,
            defaults={"daily_mail": wish},
            create_defaults={"daily_mail": wish, "reads_first": reads_first},
        )


@for_moderators
def duty(request):
    form = DutyForm(request.POST if request.method == "POST" else None, moderator=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("stories_staff:duty")
    return render(request, "stories/admin/duty.html", {"form": form, **header("Who reads first")})


@require_POST
@for_moderators
def read_first(request, slug):
    return _change_reader(request, slug, actions.read_first, gettext("You read it first now."))


@require_POST
@for_moderators
def hand_on(request, slug):
    return _change_reader(request, slug, actions.hand_on, gettext("The next moderator in turn reads it first."))


def _change_reader(request, slug, change, done):
    story = get_object_or_404(on_the_desk(request.user), slug=slug)
    try:
        change(story, by=request.user, now=timezone.now())
        messages.success(request, done)
    except actions.CannotDecide as told:
        messages.warning(request, str(told))
    return redirect("stories_staff:review", story.slug)
