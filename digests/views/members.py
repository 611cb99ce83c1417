"""What members do with the letter: want it, in their own way, and see when the next one comes."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from digests import planning, said, wishing
from digests.forms import PreferenceForm

NOT_WANTED = _("You do not get the weekly letter.")


@never_cache
@login_required
def letter(request):
    member, now = request.user, timezone.now()
    wishes = wishing.wishes_of(member)
    form = PreferenceForm(request.POST if request.method == "POST" else None, profile=member.profile, wishes=wishes)
    if form.is_valid():
        wishing.choose(member, now=now, **form.answers)
        messages.success(request, answer_to(member, wants=form.cleaned_data["weekly_letter"], now=now))
        return redirect("digests:letter")
    context = {
        "form": form,
        "next": next_said(member, now=now) if member.profile.weekly_letter else "",
        "resting": member.is_on_break(now),
        "last": member.deliveries.arrived().select_related("issue").order_by("-issue__week").first(),
        "follow_count": member.follows.count(),
    }
    return render(request, "digests/letter.html", context)


def answer_to(member, *, wants, now):
    if not wants:
        return NOT_WANTED
    day = next_said(member, now=now)
    return (
        gettext("Your next letter comes on %(day)s.") % {"day": day}
        if day
        else gettext("Your next letter comes later this year.")
    )


def next_said(member, *, now):
    """The day and hour of the next letter, on the member's own clock; empty where none is planned for weeks."""
    moment = planning.next_moment(member, now=now)
    return said.comes(moment.astimezone(ZoneInfo(planning.known(member.time_zone)))) if moment else ""
