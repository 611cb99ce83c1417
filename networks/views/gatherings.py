"""Gatherings of a coalition: the next ones and the past, one's page, and one's own calendar file of it."""

import secrets

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.paging import Keyset
from networks import calendars
from networks.actions import gatherings as actions
from networks.forms.gatherings import AttendanceForm, GatheringForm
from networks.models import Attendance, Gathering, Membership
from networks.views.coalitions import NO_LONGER, joined_or_404
from networks.views.guard import for_members

SOONEST_FIRST = Keyset("begins_at", "pk", size=20)
LATEST_FIRST = Keyset("-begins_at", "-pk", size=20)
NAMES_SHOWN = 60
TOO_MANY = _("There are fifty gatherings before you already. Wait until some of them have been.")


def gathering_or_404(request, key, gathering_key):
    seen = Gathering.objects.visible_to(request.user).filter(coalition__key=key)
    return get_object_or_404(seen.select_related("coalition"), key=gathering_key)


def convened_or_404(request, key):
    coalition = joined_or_404(request.user, key)
    if not convenes(request.user, coalition):
        raise Http404
    return coalition


def convenes(user, coalition):
    return Membership.objects.now().filter(coalition=coalition, member=user, convenes=True).exists()


@for_members
def own(request):
    """Those to come in all coalitions of theirs, with what they have answered."""
    now = timezone.now()
    seen = Gathering.objects.visible_to(request.user).to_come(now).select_related("coalition")
    page = SOONEST_FIRST.page(seen, request.GET)
    return render(request, "networks/gatherings_own.html", {"page": page, "lines": lines_of(request.user, page.items)})


@for_members
def to_come(request, key):
    return _list(request, key, past=False)


@for_members
def past(request, key):
    return _list(request, key, past=True)


def _list(request, key, *, past):
    coalition, now = joined_or_404(request.user, key), timezone.now()
    found = Gathering.objects.visible_to(request.user).filter(coalition=coalition).select_related("coalition")
    order, found = (LATEST_FIRST, found.past(now)) if past else (SOONEST_FIRST, found.to_come(now))
    page = order.page(found, request.GET)
    context = {"coalition": coalition, "page": page, "past": past}
    context["convenes"] = coalition.goes_on and convenes(request.user, coalition)
    return render(request, "networks/gatherings.html", {**context, "lines": lines_of(request.user, page.items)})


def lines_of(user, gatherings):
    """Each with what this member has answered."""
    own = Attendance.objects.filter(member=user, gathering__in=[one.pk for one in gatherings])
    answers = {one.gathering_id: one.get_answer_display() for one in own}
    return [(one, answers.get(one.pk, "")) for one in gatherings]


@for_members
def gathering(request, key, gathering_key):
    """What it is, who comes, and one's own answer."""
    one, now = gathering_or_404(request, key, gathering_key), timezone.now()
    own = Attendance.objects.filter(gathering=one, member=request.user).first()
    is_open = not one.is_off and one.ends_at > now and one.coalition.goes_on
    form = AttendanceForm(
        request.POST if request.method == "POST" and is_open else None,
        initial={"answer": own.answer} if own else None,
    )
    if form.is_valid():
        try:
            actions.say(one, answer=form.cleaned_data["answer"], by=request.user, now=now)
            messages.success(request, gettext("Your answer stands. You can change it until the gathering is over."))
        except actions.NotOpen:
            messages.warning(request, NO_LONGER)
        return redirect(one)
    context = {"gathering": one, "coalition": one.coalition, "form": form, "own": own, "is_open": is_open}
    context |= {"convenes": convenes(request.user, one.coalition), "groups": who_comes(one, request.user)}
    context["when_for_them"] = one.when_for(request.user)
    return render(request, "networks/gathering.html", context)


def who_comes(gathering, user):
    """Each answer with its number and its first names, as this member may know them."""
    shown = Attendance.objects.filter(gathering=gathering).shown_to(user).select_related("member")
    found = list(shown.order_by("answered_at", "pk"))
    groups = []
    for answer in Attendance.Answer:
        members = [one.member for one in found if one.answer == answer]
        groups.append((GROUPS[answer], len(members), members[:NAMES_SHOWN]))
    return groups


GROUPS = {
    Attendance.Answer.COMING: _("Coming"),
    Attendance.Answer.PERHAPS: _("Perhaps"),
    Attendance.Answer.NO: _("Not coming"),
}


@for_members
def new(request, key):
    coalition, now = convened_or_404(request, key), timezone.now()
    if not coalition.goes_on:
        raise Http404
    first = {"form_key": secrets.token_urlsafe(12), "time_zone": request.user.time_zone}
    form = GatheringForm(request.POST or None, initial=first, now=now)
    if form.is_valid():
        said = {"form_key": form.cleaned_data["form_key"], "by": request.user, "now": now}
        try:
            return redirect(actions.put_up(form.gathering(coalition), **said))
        except actions.NotOpen:
            raise Http404 from None
        except actions.TooMany:
            form.add_error(None, TOO_MANY)
    return render(request, "networks/gathering_form.html", {"coalition": coalition, "form": form})


@for_members
def change(request, key, gathering_key):
    coalition, now = convened_or_404(request, key), timezone.now()
    one = gathering_or_404(request, key, gathering_key)
    form = GatheringForm.of(one, request.POST or None, now=now)
    if form.is_valid():
        try:
            actions.change(one, **form.said, by=request.user, now=now)
            messages.success(request, gettext("It is changed. Those who come are told where they have to know."))
        except actions.NotOpen:
            messages.warning(request, NO_LONGER)
        return redirect(one)
    context = {"coalition": coalition, "form": form, "gathering": one}
    return render(request, "networks/gathering_form.html", context)


@for_members
def call_off(request, key, gathering_key):
    convened_or_404(request, key)
    one = gathering_or_404(request, key, gathering_key)
    if request.method != "POST":
        return render(request, "networks/gathering_off.html", {"gathering": one})
    try:
        actions.call_off(one, by=request.user, now=timezone.now())
        messages.success(request, gettext("It is called off. Those who said that they come are told."))
    except actions.NotOpen:
        messages.warning(request, NO_LONGER)
    return redirect(one)


@for_members
def calendar(request, key, gathering_key):
    """A file for their own calendar. There is no address that a calendar could ask without signing in."""
    one = gathering_or_404(request, key, gathering_key)
    response = HttpResponse(calendars.calendar_file(one), content_type=calendars.CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="gathering.ics"'
    return response
