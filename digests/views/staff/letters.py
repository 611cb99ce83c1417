"""The next letter (its note, its question, what the team picks, when it goes), and those that have gone."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from design.paging import Keyset
from digests import handling, planning, when
from digests.forms import LetterForm, PickForm
from digests.models import Delivery, Issue
from digests.models.handling import unhandled
from digests.views.staff.guard import for_staff, header
from members import outbox

NEWEST_FIRST = Keyset("-week", "-pk", size=20)
GONE_MEANWHILE = _("That letter has gone, or has begun to go. Nothing was changed.")


@for_staff
def letters(request):
    """GET shows all of it; POST keeps the note and the question of the next one."""
    draft = Issue.objects.next_draft(timezone.now())
    form = LetterForm(request.POST if request.method == "POST" else None, instance=draft)
    if form.is_valid():
        form.save()
        messages.success(request, gettext("Kept for the next letter."))
        return redirect("letters_staff:letters")
    return show(request, draft, form=form)


def show(request, draft, *, form=None, pick_form=None):
    context = {
        "form": form or LetterForm(instance=draft),
        "pick_form": pick_form or PickForm(picker=request.user),
        "draft": draft,
        "last_day": draft.week + when.WEEK - when.DAY,
        "picks": handling.pickable(request.user).filter(pk__in=draft.picks.values("pk")).for_listing(),
        "has_room": draft.picks.count() < handling.MOST_PICKS,
        "under_way": Issue.objects.filter(state__in=[Issue.State.SENDING, Issue.State.PAUSED]).order_by("week"),
        "page": NEWEST_FIRST.page(Issue.objects.gone().with_counts(), request.GET),
        "reader_count": planning.readers().count(),
        "trouble_count": unhandled(Delivery.objects).count(),
        **header(gettext("Weekly letter")),
    }
    return render(request, "digests/admin/letters.html", context)


@require_POST
@for_staff
def pick(request):
    draft = Issue.objects.next_draft(timezone.now())
    form = PickForm(request.POST, picker=request.user)
    if not form.is_valid():
        return show(request, draft, pick_form=form)
    if handling.pick(draft, form.story):
        messages.success(request, gettext("It stands first in the next letter."))
    else:
        messages.warning(
            request, gettext("%(most_picks)s are enough. Take one out first.") % {"most_picks": handling.MOST_PICKS}
        )
    return redirect("letters_staff:letters")


@require_POST
@for_staff
def unpick(request, slug):
    handling.unpick(Issue.objects.next_draft(timezone.now()), slug)
    messages.success(request, gettext("It is no longer picked."))
    return redirect("letters_staff:letters")


@require_POST
@for_staff
def send_test(request):
    """The next letter to oneself, through the same outbox as every other mail: no request waits for a mail server."""
    now, staff = timezone.now(), request.user
    from digests import previewing  # late, for numpy is behind it

    test = previewing.for_test(staff, Issue.objects.next_draft(now), now=now)
    outbox.post(
        kind="digests.test",
        subject=f"Test: {test.subject}",
        text=test.text,
        html=test.html,
        member=staff,
        now=now,
    )
    messages.success(
        request, gettext("A test is on its way to you: your own next letter, or else what the team picked.")
    )
    return redirect("letters_staff:letters")
