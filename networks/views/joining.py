"""Coming into a coalition that is not open: asking its convenors, and being asked by one."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from design.paging import Keyset
from members.models import User, people_connected_to, people_parted_from
from networks.actions import joining as actions
from networks.actions.coalitions import NotOpen
from networks.forms.coalitions import AskToJoinForm, InviteForm, JoinForm
from networks.models import Coalition, CoalitionInvitation, JoinRequest, Membership
from networks.models.coalition import Joining
from networks.views.coalitions import NO_LONGER, joined_or_404, number
from networks.views.guard import for_members

LONGEST_WAITING = Keyset("asked_at", "pk", size=20)
MOST_KNOWN = 200


@for_members
def ask(request, key):
    seen = Coalition.objects.visible_to(request.user).going_on()
    coalition = get_object_or_404(seen, key=key, joining=Joining.REQUEST)
    form = AskToJoinForm(request.POST or None, questions=coalition.questions)
    if form.is_valid():
        said = {"answers": form.answers, "may_stay": form.cleaned_data["may_stay"]}
        try:
            actions.ask(coalition, **said, by=request.user, now=timezone.now())
        except NotOpen:
            messages.warning(request, NO_LONGER)
        return redirect(coalition)
    return render(request, "networks/coalition_ask.html", {"coalition": coalition, "form": form})


@for_members
@require_POST
def take_back(request, key):
    """One's own request. Where none waits nothing changes."""
    coalition = get_object_or_404(Coalition.objects.visible_to(request.user), key=key)
    actions.take_request_back(coalition, by=request.user, now=timezone.now())
    messages.success(request, gettext("It is taken back. What you wrote is deleted."))
    return redirect(coalition)


@for_members
def requests(request, key):
    """Convenors read who would like to join, and answer."""
    coalition = convened_or_404(request.user, key)
    waiting = JoinRequest.objects.shown_to(request.user).filter(coalition=coalition).select_related("member")
    if request.method == "POST":
        found = get_object_or_404(waiting.select_related("coalition"), pk=number(request.POST.get("request", "")))
        said = request.POST.get("answer")
        if said not in JoinRequest.Answer.values:
            raise Http404
        try:
            actions.answer(found, said, by=request.user, now=timezone.now())
        except NotOpen:
            messages.warning(request, NO_LONGER)
        return redirect("coalitions:requests", key=key)
    page = LONGEST_WAITING.page(waiting, request.GET)
    return render(request, "networks/coalition_requests.html", {"coalition": coalition, "page": page})


@for_members
def invite(request, key):
    """Convenors ask somebody in, and see whom they have asked."""
    coalition = convened_or_404(request.user, key)
    invitations = CoalitionInvitation.objects.standing().filter(coalition=coalition).select_related("member")
    if request.POST.get("take_back"):
        one = get_object_or_404(invitations, pk=number(request.POST["take_back"]))
        actions.take_back(one, by=request.user, now=timezone.now())
        return redirect("coalitions:invite", key=key)
    form = InviteForm(request.POST or None, known=known_to(request.user, coalition))
    if form.is_valid():
        try:
            actions.invite(coalition, **form.to, by=request.user, now=timezone.now())
        except actions.TooMany:
            messages.warning(request, gettext("You have invited many people today. Go on tomorrow."))
        except NotOpen:
            messages.warning(request, NO_LONGER)
        else:
            messages.success(request, gettext("A mail is on its way, unless one was already or they are in it."))
        return redirect("coalitions:invite", key=key)
    context = {"coalition": coalition, "form": form, "invitations": invitations.order_by("-pk")[:MOST_KNOWN]}
    return render(request, "networks/coalition_invite.html", context)


@for_members
def invited(request, token):
    """By the link. For anybody else there is no such page."""
    standing = CoalitionInvitation.objects.standing_for(request.user).select_related("coalition")
    invitation = get_object_or_404(standing, token=token)
    form = JoinForm(request.POST or None)
    if form.is_valid():
        try:
            actions.accept(invitation, by=request.user, now=timezone.now())
        except NotOpen:
            raise Http404 from None
        return redirect(invitation.coalition)
    context = {"coalition": invitation.coalition, "form": form, "invited": True}
    return render(request, "networks/coalition_join.html", context)


def convened_or_404(user, key):
    coalition = joined_or_404(user, key)
    if not coalition.goes_on or not Membership.objects.convenors().filter(coalition=coalition, member=user).exists():
        raise Http404
    return coalition


def known_to(user, coalition):
    """Whom the convenor is connected to, and whom one removed: they come in again only like this."""
    removed = coalition.memberships.filter(removed_at__isnull=False).values("member")
    known = User.objects.current().filter(Q(pk__in=people_connected_to(user)) | Q(pk__in=removed))
    inside = Membership.objects.now().filter(coalition=coalition).values("member")
    parted = people_parted_from(user)
    known = known if parted is None else known.exclude(pk__in=parted)
    return known.exclude(pk__in=inside).exclude(pk=user.pk).select_related("profile").order_by("pk")[:MOST_KNOWN]
