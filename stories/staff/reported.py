"""Where moderators read what was reported between members: with a reason, logged, and nothing else of it."""

from itertools import groupby
from operator import attrgetter

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
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
    "message": _("A message between members"),
    "introduction": _("An introduction"),
    "notice": _("A notice in a group"),
    "group": _("A group"),
}
MOST = 200


class OpenForm(LookUpForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("Why do you need to read it?")


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("uphold", _("Take it away")), ("release", _("Leave it as it is"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    reason = forms.CharField(
        label=_("Why? It stays in the log: nobody is told, because that would tell who reported it."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write why.")},
    )


def reported(user):
    """(kind, what was reported, its concerns, how it is called), never what this moderator is part of; oldest first."""
    raised = Concern.objects.open().about_any(*KINDS.values()).order_by("content_type", "object_id", "raised_at")[:MOST]
    # One question for all kinds, and one more for each of which something was reported.
    concerns_of = {key: list(same) for key, same in groupby(raised, key=attrgetter("content_type_id", "object_id"))}
    lines = []
    for kind, model in KINDS.items():
        type_pk = ContentType.objects.get_for_model(model).pk
        keys = [pk for type_, pk in concerns_of if type_ == type_pk]
        found = others_than(user, model).filter(pk__in=keys) if keys else []
        lines += [(kind, one, concerns_of[type_pk, one.pk], NAMES[kind]) for one in found]
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
    context |= {"form": DecisionForm(), **header(gettext("Reported"))}
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
        messages.success(request, gettext("Decided. Whoever left an address has been told that it was read."))
    return redirect("stories_staff:concerns")
