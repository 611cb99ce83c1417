"""Which stories stand first, and until when. For editors and moderators: they see what they may read as readers."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from stories import actions
from stories.models import Story
from stories.staff.exporting import for_staff
from stories.staff.guard import header

USUALLY, LONGEST = timedelta(days=14), timedelta(days=92)


class FeatureForm(forms.Form):
    address = forms.CharField(
        label=_("The story’s address"),
        help_text=_("Copy it from the browser, on the story’s own page."),
        max_length=300,
        error_messages={"required": _("Enter the story’s address.")},
    )
    until = forms.DateField(
        label=_("Until, and with, this day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter a day."), "invalid": _("Enter a day, such as 27 3 2026.")},
    )

    def __init__(self, data=None, *, reader, today, slug=""):
        super().__init__(data, initial={"address": slug, "until": today + USUALLY})
        self.reader, self.today = reader, today

    def clean_address(self):
        slug = self.cleaned_data["address"].split("?")[0].rstrip("/").rpartition("/")[2]
        self.story = Story.objects.readable_by(self.reader).beyond_one_group().filter(slug=slug).first()
        if self.story is None:
            raise forms.ValidationError(gettext("There is no published story at this address."))
        return slug

    def clean_until(self):
        until = self.cleaned_data["until"]
        if not self.today <= until <= self.today + LONGEST:
            raise forms.ValidationError(gettext("Choose a day between today and three months from now."))
        return until


@for_staff
def featured(request):
    today = timezone.localdate()
    typed = request.POST if request.method == "POST" else None
    form = FeatureForm(typed, reader=request.user, today=today, slug=request.GET.get("story", "")[:16])
    if form.is_valid():
        actions.feature(form.story, until=form.cleaned_data["until"], by=request.user, now=timezone.now())
        messages.success(request, gettext("It stands first now."))
        return redirect("stories_staff:featured")
    stories = Story.objects.readable_by(request.user).featured(today).newest_first().select_related("feature")
    return render(request, "stories/admin/featured.html", {"form": form, "stories": stories, **header("Featured")})


@require_POST
@for_staff
def end_feature(request, slug):
    story = get_object_or_404(Story.objects.readable_by(request.user), slug=slug)
    actions.end_feature(story, by=request.user, now=timezone.now())
    messages.success(request, gettext("It stands in its usual place again."))
    return redirect("stories_staff:featured")
