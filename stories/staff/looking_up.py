"""Who told an unnamed story: asked for with a reason, logged, shown once; and the log, for administrators."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from wagtail.admin.widgets import AdminAutoHeightTextInput

from stories import actions
from stories.models import LookUp
from stories.models.lookup import new_lookup_key
from stories.permissions import on_the_desk
from stories.staff.guard import for_moderators, header

A_PAGE = 50


class LookUpForm(forms.Form):
    reason = forms.CharField(
        label="Why do you need to know who told it?",
        help_text="Kept for ever with your name and the hour. Write no name here.",
        max_length=1000,
        widget=AdminAutoHeightTextInput({"rows": 3}),
        error_messages={
            "required": "Write why you need to know.",
            "max_length": "Keep the reason under %(limit_value)d characters; it has %(show_value)d.",
        },
    )
    key = forms.SlugField(min_length=20, max_length=40, widget=forms.HiddenInput)


@never_cache
@for_moderators
def look_up(request, slug):
    story = get_object_or_404(on_the_desk(request.user), slug=slug)
    if not story.is_unnamed:
        raise Http404
    form = LookUpForm(request.POST if request.method == "POST" else None, initial={"key": new_lookup_key()})
    context = {"story": story, "form": form, **header("Who told it")}
    if form.is_valid():
        try:
            context["tellers"] = actions.look_up(story, **form.cleaned_data, by=request.user, now=timezone.now())
            context["shown"] = True
        except actions.ShownAlready:
            context["shown_already"] = True
            context["form"] = LookUpForm(initial={"key": new_lookup_key()})
    return render(request, "stories/admin/look_up.html", context)


@never_cache
@for_moderators
def look_ups(request):
    """For administrators: who looked up what, when and why, and never what they were shown."""
    if not request.user.is_superuser:
        raise Http404
    page = Paginator(LookUp.objects.select_related("asked_by"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "stories/admin/look_ups.html", {"page": page, **header("Look-ups")})
