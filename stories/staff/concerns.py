"""Where moderators read the concerns that were raised about stories, and decide."""

from itertools import groupby

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import AdminAutoHeightTextInput

from members.models import Concern
from stories import actions
from stories.models import Story
from stories.permissions import on_the_desk
from stories.staff.forms import REASON_LENGTH
from stories.staff.guard import for_moderators, header
from stories.staff.review import snippet_url

MOST = 200  # on one page; what is older comes up once some have been decided about


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("uphold", "Take the story down"), ("release", "Leave the story as it is, and show it again")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide."},
    )
    reason = forms.CharField(
        label="Why? The teller reads this. Write nothing that tells who raised it.",
        max_length=REASON_LENGTH,
        widget=AdminAutoHeightTextInput,
        error_messages={"required": "Write why."},
    )


def concerned(user):
    """The stories about which a concern is open, their own left out: others decide about those."""
    own = Story.objects.told_by(user).filter(source_url="")
    return on_the_desk(user).filter(pk__in=Story.objects.reported().values("pk")).exclude(pk__in=own.values("pk"))


class ConcernsOpen(Component):
    """On the admin's first page, above all else: about how many stories a concern waits to be read."""

    name = "concerns_open"
    template_name = "stories/admin/concerns_panel.html"
    order = 30

    def get_context_data(self, parent_context):
        stories = concerned(parent_context["request"].user)
        return {"count": stories.count(), "hidden": stories.exclude(held_at=None).count()}


@for_moderators
def concerns(request):
    about = Concern.objects.open().about_any(Story).filter(object_id__in=concerned(request.user).values("pk"))
    found = about.order_by("object_id", "raised_at")[:MOST]
    stories = concerned(request.user).for_listing().in_bulk({concern.object_id for concern in found})
    lines = [(stories[key], list(group)) for key, group in groupby(found, key=lambda concern: concern.object_id)]
    lines.sort(key=lambda line: line[1][0].raised_at)
    return render(request, "stories/admin/concerns.html", {"lines": lines, **header("Concerns")})


@for_moderators
def concern(request, slug):
    story = get_object_or_404(concerned(request.user).for_listing(), slug=slug)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        decide = {"uphold": actions.uphold_concerns, "release": actions.release_story}[form.cleaned_data["decision"]]
        try:
            decide(story, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"])
        except actions.CannotDecide as told:
            messages.warning(request, str(told))
        else:
            messages.success(
                request, "Decided. The teller has been told why, and whoever left an address that it was read."
            )
        return redirect("stories_staff:concerns")
    context = {
        "story": story,
        "form": form,
        "concerns": Concern.objects.about(story).open().order_by("raised_at"),
        "preview_url": snippet_url("revisions_view", story, story.live_revision_id),
        **header("A concern"),
    }
    return render(request, "stories/admin/concern.html", context)
