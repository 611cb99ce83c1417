"""A cohort's link, and what somebody who came by it sees: their own first steps, and nobody else's."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from members.adapter import open_sign_up
from networks import first_steps
from networks.actions import cohorts as actions
from networks.models import Coalition, Cohort
from networks.views.guard import for_members

# Where each step is taken.
WAYS = {"profile": "members:profile", "jot": "stories:new", "introduction": "networks:people"}
FULL = _("Every place in this cohort is taken. If you were meant to have one, ask whoever sent you the link.")
CLOSED = _("This link is not open any more. Ask whoever sent it to you for another one.")


@never_cache
def join(request, token):
    """Opening it does nothing: programs that look at links open it, too. A place is taken by the button."""
    cohort, now = get_object_or_404(Cohort, token=token), timezone.now()
    user = request.user
    if user.is_authenticated and cohort.places.filter(member=user).exists() and user.is_member:
        return redirect(cohort)
    why_not = "" if cohort.link_is_open(now) else CLOSED
    if not why_not and cohort.taken() >= cohort.place_count:
        why_not = FULL
    if request.method == "POST" and user.is_authenticated and not why_not:
        try:
            actions.take_place(token, by=user, now=now)
            messages.success(request, gettext("You are in. These are your first steps."))
            return redirect(cohort)
        except actions.Full:
            why_not = FULL
        except actions.Closed:
            why_not = CLOSED
    if not user.is_authenticated and not why_not:
        open_sign_up(request, now=now)
    back = urlencode({"next": request.path})
    ways = {name: f"{reverse(f'account_{name}')}?{back}" for name in ("signup", "login")}
    context = {"cohort": cohort, "why_not": why_not, "ways": ways, "site": settings.SITE_NAME}
    return render(request, "networks/cohort_join.html", context)


@for_members
def cohort(request, key):
    """One's own steps."""
    one = get_object_or_404(Cohort.objects.joined_by(request.user).select_related("coalition"), key=key)
    own = first_steps.of(request.user)
    steps = [(words, done, reverse(WAYS[slug]) if slug in WAYS else "") for slug, words, done in own]
    inside = Coalition.objects.joined_by(request.user).filter(pk=one.coalition_id).exists()
    return render(request, "networks/cohort.html", {"cohort": one, "steps": steps, "inside": inside})
