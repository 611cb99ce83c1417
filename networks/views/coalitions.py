"""Coalitions: the list, one's page and board, gathering, joining, leaving, and who is in it."""

import secrets

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from design.paging import Keyset
from networks.actions import coalitions as actions
from networks.forms.coalitions import ChangeForm, GatherForm, JoinForm, NoticeForm
from networks.models import (
    BoardNotice,
    Coalition,
    CoalitionInvitation,
    Gathering,
    JoinRequest,
    Membership,
    Seat,
)
from networks.models.coalition import Joining
from networks.views.guard import for_members

NEWEST_FIRST = Keyset("-gathered_at", "-pk", size=20)
LATEST_NOTICE_FIRST = Keyset("-said_at", "-pk", size=20)
IN_ORDER = Keyset("joined_at", "pk", size=50)
GATHERINGS_SHOWN = STORIES_SHOWN = 3
NO_LONGER = _("That is not open to you just now. Nothing has changed.")


def seen_or_404(user, key):
    return get_object_or_404(Coalition.objects.visible_to(user).for_listing(), key=key)


def joined_or_404(user, key):
    return get_object_or_404(Coalition.objects.joined_by(user).select_related("conversation"), key=key)


@for_members
def coalitions(request):
    page = NEWEST_FIRST.page(
        Coalition.objects.visible_to(request.user).listed(timezone.now()).for_listing(), request.GET
    )
    return render(request, "networks/coalitions.html", {"page": page})


@for_members
def gather(request):
    form = GatherForm(request.POST or None)
    if form.is_valid():
        about = {"boundaries": form.cleaned_data["boundaries"], "places": form.where()}
        return redirect(actions.gather(form.coalition(), **about, by=request.user, now=timezone.now()))
    return render(request, "networks/coalition_new.html", {"form": form})


@for_members
def coalition(request, key):
    coalition = seen_or_404(request.user, key)
    own = Membership.objects.now().filter(coalition=coalition, member=request.user).first()
    context = {"coalition": coalition, "own": own, "is_open": coalition.joining == Joining.OPEN}
    if not own:
        invitations = CoalitionInvitation.objects.standing_for(request.user)
        context["invitation"] = invitations.filter(coalition=coalition).first()
        context["asked"] = JoinRequest.objects.filter(coalition=coalition, member=request.user).first()
        context["now"] = timezone.now()
    if own:
        # One can get up from its conversation and stay in the coalition.
        seat = Seat.objects.open_to(request.user).filter(conversation=coalition.conversation_id)
        context["conversation"] = seat.select_related("conversation").first()
        if own.convenes:
            context["waiting"] = JoinRequest.objects.shown_to(request.user).filter(coalition=coalition).count()
        elif coalition.goes_on:
            context["orphaned"] = not Membership.objects.convenors().filter(coalition=coalition).exists()
        context["stories"] = coalition.stories.readable_by(request.user).newest_first().for_listing()[:STORIES_SHOWN]
        to_come = Gathering.objects.visible_to(request.user).filter(coalition=coalition).to_come(timezone.now())
        context["gatherings"] = to_come.select_related("coalition").order_by("begins_at", "pk")[:GATHERINGS_SHOWN]
    return render(request, "networks/coalition.html", context)


@for_members
def join(request, key):
    """What one agrees to is shown first, and ticked."""
    seen = Coalition.objects.visible_to(request.user).going_on()
    coalition = get_object_or_404(seen, key=key, joining=Joining.OPEN)
    form = JoinForm(request.POST or None)
    if form.is_valid():
        try:
            actions.join(coalition, by=request.user, now=timezone.now())
        except actions.NotOpen:
            messages.warning(request, NO_LONGER)
        return redirect(coalition)
    return render(request, "networks/coalition_join.html", {"coalition": coalition, "form": form})


@for_members
def leave(request, key):
    coalition = joined_or_404(request.user, key)
    if request.method != "POST":
        return render(request, "networks/coalition_leave.html", {"coalition": coalition})
    try:
        actions.leave(coalition, by=request.user, now=timezone.now())
    except actions.NotOpen:
        raise Http404 from None
    messages.success(request, gettext("You have left. You read nothing inside it any more."))
    return redirect("coalitions:list")


@for_members
def change(request, key):
    """By a convenor: what it says of itself. Who can join stays as it was."""
    coalition = joined_or_404(request.user, key)
    own = Membership.objects.convenors().filter(coalition=coalition, member=request.user)
    if not coalition.goes_on or not own.exists():
        raise Http404
    form = ChangeForm.of(coalition, request.POST or None)
    if form.is_valid():
        about = {"boundaries": form.between(), "places": form.where()}
        try:
            actions.change(coalition, form.told, **about, by=request.user, now=timezone.now())
        except actions.NotOpen:
            messages.warning(request, NO_LONGER)
        return redirect(coalition)
    return render(request, "networks/coalition_change.html", {"coalition": coalition, "form": form})


@for_members
def close(request, key):
    """By a convenor, who is asked first: it cannot be undone."""
    coalition = joined_or_404(request.user, key)
    own = Membership.objects.convenors().filter(coalition=coalition, member=request.user)
    if not coalition.goes_on or not own.exists():
        raise Http404
    if request.method != "POST":
        return render(request, "networks/coalition_close.html", {"coalition": coalition})
    try:
        actions.close(coalition, by=request.user, now=timezone.now())
    except actions.NotOpen:
        messages.warning(request, NO_LONGER)
    return redirect(coalition)


@for_members
@require_POST
def sit_down_again(request, key):
    """Back to its conversation, which one has left."""
    coalition = joined_or_404(request.user, key)
    try:
        actions.sit_down_again(coalition, by=request.user, now=timezone.now())
    except actions.NotOpen:
        raise Http404 from None
    return redirect(coalition.conversation)


@for_members
@require_POST
def convene(request, key):
    coalition = joined_or_404(request.user, key)
    try:
        actions.convene(coalition, by=request.user, now=timezone.now())
    except actions.NotOpen:
        messages.warning(request, NO_LONGER)
    return redirect(coalition)


@for_members
def notices(request, key):
    coalition = joined_or_404(request.user, key)
    form = NoticeForm(request.POST or None, initial={"form_key": secrets.token_urlsafe(12)})
    if coalition.goes_on and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("text", "may_stay")}
        said["form_key"] = form.cleaned_data["form_key"] or secrets.token_urlsafe(12)
        try:
            actions.put_up(coalition, **said, by=request.user, now=timezone.now())
        except actions.NotOpen:
            raise Http404 from None
        return redirect("coalitions:notices", key=key)
    shown = BoardNotice.objects.visible_to(request.user).filter(coalition=coalition).select_related("author")
    page = LATEST_NOTICE_FIRST.page(shown, request.GET)
    return render(request, "networks/coalition_notices.html", {"coalition": coalition, "form": form, "page": page})


@for_members
def members(request, key):
    """Its members see each other by name; a convenor can make another one convenor, or remove somebody."""
    coalition = joined_or_404(request.user, key)
    shown = Membership.objects.shown_to(request.user).filter(coalition=coalition).select_related("member")
    own = Membership.objects.now().filter(coalition=coalition, member=request.user).first()
    convenes = bool(own and own.convenes)
    if request.method == "POST":
        return _change(request, coalition, shown, convenes=convenes)
    page = IN_ORDER.page(shown, request.GET)
    others = Membership.objects.convenors().filter(coalition=coalition).exclude(member=request.user)
    context = {"coalition": coalition, "page": page, "convenes": convenes, "others_convene": others.exists()}
    return render(request, "networks/coalition_members.html", context)


def _change(request, coalition, shown, *, convenes):
    """Nobody is removed before the one who does it was asked whether they are sure."""
    chosen = get_object_or_404(shown, pk=number(request.POST.get("membership", "")))
    do, now = request.POST.get("do"), timezone.now()
    if do == "ask" and convenes and not chosen.convenes:
        return render(request, "networks/coalition_remove.html", {"coalition": coalition, "one": chosen})
    try:
        if do == "remove":
            actions.remove(coalition, chosen.member, by=request.user, now=now)
        elif do == "convenor":
            actions.ask_to_convene(coalition, chosen.member, by=request.user, now=now)
        elif do == "step_down":
            actions.step_down(coalition, by=request.user, now=now)
    except actions.NotOpen:
        messages.warning(request, NO_LONGER)
    return redirect("coalitions:members", key=coalition.key)


def number(typed):
    return int(typed) if typed.isdecimal() and len(typed) < 18 else 0
