"""Where moderators read the concerns that were raised about stories and what was added to them, and decide."""

from itertools import groupby

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import AdminAutoHeightTextInput

from members.models import Concern
from stories import actions
from stories.added import KINDS
from stories.models import FollowUp, Story, Thanks
from stories.permissions import on_the_desk
from stories.staff.concerns_rules import concerned_rules
from stories.staff.forms import REASON_LENGTH
from stories.staff.guard import for_moderators, header
from stories.staff.reported import reported
from stories.staff.review import snippet_url

MOST = 200  # on one page; what is older comes up once some have been decided about


WHAT_WAS_ADDED = [("uphold", _("Take it down")), ("release", _("Leave it as it is, and show it again"))]


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("uphold", _("Take the story down")), ("release", _("Leave the story as it is, and show it again"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    reason = forms.CharField(
        label=_("Why? The teller reads this. Write nothing that tells who raised it."),
        max_length=REASON_LENGTH,
        widget=AdminAutoHeightTextInput,
        error_messages={"required": _("Write why.")},
    )


def concerned(user):
    """The stories about which a concern is open, their own left out: others decide about those."""
    own = Story.objects.told_by(user).filter(source_url="").values("pk")
    return on_the_desk(user).filter(pk__in=Story.objects.reported().values("pk")).exclude(pk__in=own)


class ConcernsOpen(Component):
    """On the admin's first page, above all else: about how much a concern waits to be read."""

    name = "concerns_open"
    template_name = "stories/admin/concerns_panel.html"
    order = 30

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        stories = concerned(user)
        return {
            "count": stories.count(),
            "hidden": stories.exclude(held_at=None).count(),
            "added": len(concerned_added(user)),
            "rules": len(concerned_rules(user)),
            "worries": Concern.objects.worries().open().count(),
            "between": len(reported(user)),
        }


def concerned_added(user):
    """(kind, what was added, its open concerns): never this moderator's own, the longest waiting first."""
    types = added_types()
    about = Concern.objects.open().order_by("content_type", "object_id", "raised_at")
    found = about.filter(content_type__in=types)[:MOST]
    lines = []
    for key, group in groupby(found, key=lambda concern: concern.content_type_id):
        kind, model = types[key]
        raised = {pk: list(same) for pk, same in groupby(group, key=lambda concern: concern.object_id)}
        lines += [(kind, one, raised[one.pk]) for one in of_others(model, user).filter(pk__in=raised)]
    return sorted(lines, key=lambda line: line[2][0].raised_at)


def added_types():
    kinds = {**KINDS, "thanks": Thanks}
    return {ContentType.objects.get_for_model(model).pk: (kind, model) for kind, model in kinds.items()}


def of_others(model, user):
    """What this moderator may decide about; a follow-up belongs to all who tell its story."""
    if model is Thanks:
        return Thanks.objects.select_related("story", "member", "role").exclude(member=user)
    others = model.objects.for_listing().exclude(author=user)
    return others.exclude(story__in=Story.objects.told_by(user).values("pk")) if model is FollowUp else others


@for_moderators
def concerns(request):
    about = Concern.objects.open().about_any(Story).filter(object_id__in=concerned(request.user).values("pk"))
    found = about.order_by("object_id", "raised_at")[:MOST]
    stories = concerned(request.user).for_listing().in_bulk({concern.object_id for concern in found})
    lines = [(stories[key], list(group)) for key, group in groupby(found, key=lambda concern: concern.object_id)]
    lines.sort(key=lambda line: line[1][0].raised_at)
    context = {"lines": lines, "added": concerned_added(request.user), **header(gettext("Concerns"))}
    context["between"] = reported(request.user)
    context["rules"] = concerned_rules(request.user)
    context["worries"] = Concern.objects.worries().open().order_by("raised_at")[:MOST]
    return render(request, "stories/admin/concerns.html", context)


@for_moderators
def concern(request, slug):
    story = get_object_or_404(concerned(request.user).for_listing(), slug=slug)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return decide(request, story, form, uphold=actions.uphold_concerns, release=actions.release_story)
    context = {
        "story": story,
        "form": form,
        "concerns": Concern.objects.about(story).open().order_by("raised_at"),
        "preview_url": snippet_url("revisions_view", story, story.live_revision_id),
        **header(gettext("A concern")),
    }
    return render(request, "stories/admin/concern.html", context)


@for_moderators
def concern_added(request, kind, key):
    lines = [line for line in concerned_added(request.user) if (line[0], str(line[1].pk)) == (kind, key)]
    if not lines:
        raise Http404
    _, one, raised = lines[0]
    form = DecisionForm(request.POST if request.method == "POST" else None)
    form.fields["decision"].choices = WHAT_WAS_ADDED
    form.fields["reason"].label = gettext("Why? Its writer reads this. Write nothing that tells who raised it.")
    if form.is_valid():
        return decide(request, one, form, uphold=actions.uphold_added, release=actions.release_added)
    readable = on_the_desk(request.user).filter(pk=one.story_id).first()
    context = {"one": one, "story": readable, "form": form, "concerns": raised, **header(gettext("A concern"))}
    return render(request, "stories/admin/concern_added.html", context)


def decide(request, target, form, *, uphold, release):
    verb = {"uphold": uphold, "release": release}[form.cleaned_data["decision"]]
    try:
        verb(target, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"])
    except actions.CannotDecide as told:
        messages.warning(request, str(told))
    else:
        told = gettext("Decided. Whoever wrote it has been told why, and whoever left an address that it was read.")
        messages.success(request, told)
    return redirect("stories_staff:concerns")
