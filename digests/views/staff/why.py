"""Why did this person get it, or not? Their rows in plain words, and what comes next."""

from zoneinfo import ZoneInfo

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from digests import claims, handling, planning, said, wishing
from digests.models import Delivery, Glimpse
from digests.views.staff.finding import found_by
from digests.views.staff.guard import for_staff, header, member_by
from members.models import Suppression

State = Delivery.State
MOST = 26
STATES = {
    State.PLANNED: _("Waits to be sent"),
    State.SENDING: _("Is being sent"),
    State.SENT: _("The mail server took it"),
    State.FAILED: _("It could not be sent"),
    State.UNKNOWN: _("It may have arrived: nobody can know, so it was not sent again"),
    State.SKIPPED: _("Not sent"),
}
REASONS = {
    Delivery.NOTHING_NEW: _("there was nothing new for them"),
    Delivery.TOO_FEW: _("there were fewer than three things in it, so it waited a week"),
    claims.NO_MEMBER: _("they were not a member at that moment"),
    claims.SAID_NO: _("they had left the letter"),
    claims.ON_BREAK: _("they were on a break from all mail"),
    claims.SUPPRESSED: _("no mail may go to their address"),
    planning.TOO_LATE: _("more than three days had passed since their hour"),
}


@for_staff
def find(request):
    context = {**found_by(request), "leads_to": "letters_staff:why", **header(gettext("Who got it, and why"))}
    return render(request, "digests/admin/find.html", context)


@for_staff
def why(request, public_id):
    member, now = member_by(public_id), timezone.now()
    handling.note_glimpse(member, by=request.user, of=Glimpse.Of.HISTORY, now=now)
    wishes = wishing.wishes_of(member)
    rows = member.deliveries.select_related("issue").order_by("-issue__week")[:MOST]
    context = {
        "member": member,
        "against": against(member, now=now),
        "wishes": wishes,
        "next": next_said(member, now=now),
        "rows": [(row, in_words(row)) for row in rows],
        **header(gettext("Who got it, and why")),
    }
    return render(request, "digests/admin/why.html", context)


def against(member, *, now):
    """What stands between this member and the next letter, a sentence each."""
    answer = member.profile.weekly_letter
    asked = [
        (not member.is_member, gettext("They are not a member, or not at the moment.")),
        (answer is None, gettext("They have not said whether they want it.")),
        (answer is False, gettext("They have said no, or have left.")),
        (member.is_on_break(now), gettext("They are on a break from all mail.")),
        (Suppression.objects.of(member.email).exists(), gettext("No mail may go to their address: see the problems.")),
    ]
    return [sentence for holds, sentence in asked if holds]


def next_said(member, *, now):
    moment = planning.next_moment(member, now=now)
    return said.comes(moment.astimezone(ZoneInfo(planning.known(member.time_zone)))) if moment else ""


def in_words(row):
    """ "Not sent: there was nothing new for them" """
    reason = REASONS.get(row.reason, row.reason)
    return f"{STATES[row.state]}: {reason}" if reason else STATES[row.state]
