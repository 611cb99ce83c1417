"""Concerns about questions and answers of "Rule or habit?", in the one list of concerns."""

from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext

from members.models import Concern
from networks.staff.rules import MODELS
from stories.actions import concerns_rules as verbs
from stories.staff.guard import for_moderators, header

MOST = 200


def concerned_rules(user):
    """(what was said, its open concerns): never this moderator's own, the longest waiting first."""
    types = {ContentType.objects.get_for_model(model).pk: model for model in MODELS.values()}
    about = Concern.objects.open().filter(content_type__in=types).order_by("content_type", "object_id", "raised_at")
    lines = []
    for key, group in groupby(about[:MOST], key=lambda concern: concern.content_type_id):
        raised = {pk: list(same) for pk, same in groupby(group, key=lambda concern: concern.object_id)}
        others = types[key].objects.exclude(author=user).defer("author").select_related("role", "place")
        lines += [(one, raised[one.pk]) for one in others.filter(pk__in=raised)]
    return sorted(lines, key=lambda line: line[1][0].raised_at)


@for_moderators
def concern_rule(request, what, key):
    # Here, since the list of concerns needs the function above.
    from stories.staff.concerns import WHAT_WAS_ADDED, DecisionForm, decide

    line = next((line for line in concerned_rules(request.user) if (line[0].what, line[0].key) == (what, key)), None)
    if line is None:
        raise Http404
    one, raised = line
    form = DecisionForm(request.POST if request.method == "POST" else None)
    form.fields["decision"].choices = WHAT_WAS_ADDED
    form.fields["reason"].label = gettext("Why? Its writer reads this. Write nothing that tells who raised it.")
    if form.is_valid():
        return decide(request, one, form, uphold=verbs.uphold_rule, release=verbs.release_rule)
    return render(
        request,
        "stories/admin/concern_rule.html",
        {"one": one, "form": form, "concerns": raised, **header("A concern")},
    )
