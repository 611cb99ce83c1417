"""What a member's next letter would be, as far as whoever looks may read it."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from digests import handling
from digests.models import Delivery, Glimpse, Issue
from digests.views.framed import framed
from digests.views.staff.finding import found_by
from digests.views.staff.guard import for_staff, header, member_by

WHY_NONE = {
    Delivery.NOTHING_NEW: _("There is nothing new for them now: no mail would go."),
    Delivery.TOO_FEW: _("There is too little new for them now: it would wait for the week after."),
}


@for_staff
def find(request):
    """Whose letter? Nothing is shown before somebody is chosen."""
    context = {**found_by(request), "leads_to": "letters_staff:preview", **header(gettext("Preview as a member"))}
    return render(request, "digests/admin/find.html", context)


@for_staff
def preview(request, public_id):
    member, now = member_by(public_id), timezone.now()
    handling.note_glimpse(member, by=request.user, of=Glimpse.Of.NEXT, now=now)
    shown = previewed(member, by=request.user, now=now)
    context = {
        "member": member,
        "preview": shown,
        "why_none": WHY_NONE.get(shown.reason, ""),
        **header(gettext("Preview as a member")),
    }
    return render(request, "digests/admin/preview.html", context)


@for_staff
def mail(request, public_id):
    """The mail itself, for the frame on that page."""
    return framed(request, previewed(member_by(public_id), by=request.user, now=timezone.now()).html)


def previewed(member, *, by, now):
    from digests import previewing  # late, for numpy is behind it

    return previewing.of_member(member, Issue.objects.next_draft(now), by=by, now=now)
