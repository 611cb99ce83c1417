"""Where moderators read what was reported between members: with a reason, logged, and nothing else of it."""

from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from members.models import Concern
from networks.models import BoardNotice, Coalition, Introduction, Membership, Message
from stories import actions
from stories.actions import reporting
from stories.models.lookup import new_lookup_key
from stories.staff.forms import REASON_LENGTH
from stories.staff.guard import for_moderators, header
from stories.staff.looking_up import LookUpForm

KINDS = {"message": Message, "introduction": Introduction, "notice": BoardNotice, "group": Coalition}
NAMES = {
    "message": "A message between members",
    "introduction": "An introduction",
    "notice": "A notice in a group",
    "group": "A group",
}
MOST = 200


class OpenForm(LookUpForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why do you need to read it?"


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("uphold", "Take it away"), ("release", "Leave it as it is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide."},
    )
    reason = forms.CharField(
        label="Why? It stays in the log: nobody is told, because that would tell who reported it.",
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write why."},
    )


def reported(user):
    """(kind, what was reported, its concerns, how it is called), never what this moderator is part of; oldest first."""
    lines = []
    for kind, model in KINDS.items():
        concerns = Concern.objects.open().about_any(model).order_by("object_id", "raised_at")[:MOST]
        raised = {pk: list(same) for pk, same in groupby(concerns, key=lambda concern: concern.object_id)}
        for one in others_than(user, model).filter(pk__in=raised):
            lines.append((kind, one, raised[one.pk], NAMES[kind]))
    return sorted(lines, key=lambda line: line[2][0].raised_at)


def others_than(user, model):
    if model is Message:
        return model.objects.exclude(conversation__seats__member=user)
    if model in (BoardNotice, Coalition):
        own = Membership.objects.filter(member=user).values("coalition")
        return model.objects.exclude(**{"coalition__in" if model is BoardNotice else "pk__in": own})
    return model.objects.exclude(made_by=user).exclude(sides__member=user)


@never_cache
@for_moderators
def read_reported(request, kind, key):
    lines = [line for line in reported(request.user) if (line[0], line[1].key) == (kind, key)]
    if not lines:
        raise Http404
    _, one, raised, name = lines[0]
    context = {"kind": kind, "name": name, "concerns": raised, "open_form": OpenForm(initial={"key": new_lookup_key()})}
    context |= {"form": DecisionForm(), **header("Reported")}
    if request.method != "POST":
        return render(request, "stories/admin/reported.html", context)
    if "decide" in request.POST:
        return decide(request, one, context)
    return show(request, one, context)


def show(request, one, context):
    form = OpenForm(request.POST)
    context["open_form"] = form
    if form.is_valid():
        try:
            shown = reporting.read_reported(one, **form.cleaned_data, by=request.user, now=timezone.now())
        except (actions.ShownAlready, actions.CannotDecide):
            context |= {"shown_already": True, "open_form": OpenForm(initial={"key": new_lookup_key()})}
        else:
            context |= {"shown": shown, "one": one}
    return render(request, "stories/admin/reported.html", context)


def decide(request, one, context):
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return render(request, "stories/admin/reported.html", {**context, "form": form})
    verb = {"uphold": reporting.uphold_reported, "release": reporting.release_reported}[form.cleaned_data["decision"]]
    try:
        verb(one, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"])
    except actions.CannotDecide as told:
        messages.warning(request, str(told))
    else:
        messages.success(request, "Decided. Whoever left an address has been told that it was read.")
    return redirect("stories_staff:concerns")
