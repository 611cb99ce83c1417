"""A member's next letter, as it would be now."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from digests.models import Delivery, Issue
from digests.views.framed import framed

WHY_NONE = {
    Delivery.NOTHING_NEW: _("There is nothing new for you now. If that stays so, no letter comes."),
    Delivery.TOO_FEW: _("There is too little new for you now. If that stays so, it waits for the week after."),
}


def for_members(view):
    """Whoever waits to be let in gets no letter."""

    @never_cache
    @login_required
    def guarded(request):
        if not request.user.is_member:
            raise Http404
        return view(request)

    return guarded


@csp_update({"frame-src": [SELF]})
@for_members
def preview(request):
    shown = own(request)
    return render(request, "digests/preview.html", {"preview": shown, "why_none": WHY_NONE.get(shown.reason, "")})


@for_members
def mail(request):
    """The mail itself, for the frame on that page."""
    return framed(request, own(request).html)


def own(request):
    now = timezone.now()
    from digests import previewing  # numpy is behind it: only what shows or sends letters holds it in memory

    return previewing.own(request.user, Issue.objects.next_draft(now), now=now)
