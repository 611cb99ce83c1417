"""Letters that failed or are in doubt, and addresses to which no mail goes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from design.paging import Keyset
from digests import handling
from digests.forms import AgainForm
from digests.models import Delivery
from digests.models.handling import unhandled
from digests.views.staff.guard import for_staff, header
from members.models import Suppression, User

NEWEST_FIRST = Keyset("-pk", size=50)
MOST_ADDRESSES = 100


@for_staff
def problems(request):
    rows = unhandled(Delivery.objects).select_related("issue", "member__profile")
    context = {
        "page": NEWEST_FIRST.page(rows, request.GET),
        "suppressed": suppressed(),
        **header(gettext("Problems")),
    }
    return render(request, "digests/admin/problems.html", context)


def suppressed():
    """The newest addresses to which no mail goes, each with whose it is now."""
    rows = list(Suppression.objects.order_by("-since", "-pk")[:MOST_ADDRESSES])
    found = User.objects.people().filter(email__in=[row.address.lower() for row in rows])
    owners = {user.email.lower(): user for user in found}
    return [(row, owners.get(row.address.lower())) for row in rows]


def trouble(pk):
    return get_object_or_404(Delivery.objects.in_trouble().select_related("issue", "member__profile"), pk=pk)


@require_POST
@for_staff
def seen(request, pk):
    handling.mark_seen(trouble(pk), by=request.user, now=timezone.now())
    messages.success(request, gettext("Marked as seen."))
    return redirect("letters_staff:problems")


@for_staff
def again(request, pk):
    """GET asks whether it is meant; one that is in doubt wants a reason, since it may come twice."""
    delivery = trouble(pk)
    in_doubt = delivery.state == Delivery.State.UNKNOWN
    form = AgainForm(request.POST if request.method == "POST" else None, in_doubt=in_doubt)
    if not form.is_valid():
        context = {"delivery": delivery, "in_doubt": in_doubt, "form": form, **header(gettext("Send again"))}
        return render(request, "digests/admin/again.html", context)
    reason = form.cleaned_data.get("reason", "")
    if handling.send_again(delivery, by=request.user, now=timezone.now(), reason=reason):
        messages.success(request, gettext("It goes again within a minute or two."))
    else:
        messages.warning(
            request, gettext("Nothing was sent: it has ended otherwise by now, or its letter was cancelled.")
        )
    return redirect("letters_staff:problems")


@for_staff
def lift(request, pk):
    """GET asks whether it is meant."""
    suppression = get_object_or_404(Suppression.objects.exclude(reason=Suppression.Reason.COMPLAINED), pk=pk)
    if request.method != "POST":
        return render(request, "digests/admin/lift.html", {"suppression": suppression, **header("Lift it")})
    handling.lift(suppression)
    messages.success(request, gettext("Mail goes to that address again."))
    return redirect("letters_staff:problems")
