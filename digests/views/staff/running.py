"""A letter on its way: sent now, paused, resumed, cancelled, and how far it has come."""

from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from digests import planning, running
from digests.models import Delivery, Issue
from digests.models.handling import unhandled
from digests.views.staff.guard import for_staff, header, letter_of
from digests.views.staff.letters import GONE_MEANWHILE

STATES = (
    (Delivery.State.SENT, "Sent", "The mail server took it."),
    (Delivery.State.SKIPPED, "Not sent", "Nothing new, too little yet, or the member left, is away or came too late."),
    (Delivery.State.FAILED, "Failed", "The mail server refused it."),
    (Delivery.State.UNKNOWN, "In doubt", "It may have arrived, so it is never sent again by itself."),
    ("still to come", "Still to come", "Planned or being sent."),
)
BY_STAFF = "Staff paused it"


@for_staff
def send(request):
    """GET asks whether it is meant; POST lets go the letter that the page showed, and a second press none."""
    now = timezone.now()
    draft = Issue.objects.next_draft(now)
    if request.method != "POST":
        context = {"draft": draft, "reader_count": planning.readers().count(), **header("Send now")}
        return render(request, "digests/admin/send.html", context)
    prepared = request.POST.get("prepared", "")
    prepared = int(prepared) if prepared.isdecimal() and len(prepared) < 12 else 0
    if not planning.hurry(draft, prepared=prepared, now=now):
        messages.warning(request, f"Nothing was sent. {GONE_MEANWHILE}")
        return redirect("letters_staff:letters")
    transaction.on_commit(running.wake)
    messages.success(request, "The letter is on its way.")
    return redirect("letters_staff:letter", draft.week)


@for_staff
def letter(request, week):
    issue = letter_of(week)
    context = {
        "issue": issue,
        **progress_of(issue),
        "trouble_count": unhandled(issue.deliveries).count(),
        **header(f"Letter of {week.day} {week:%B %Y}"),
    }
    return render(request, "digests/admin/letter.html", context)


@for_staff
def progress(request, week):
    """The same figures for the page's script."""
    issue = letter_of(week)
    told = progress_of(issue)
    figures = {key: count for key, _, _, count in told["figures"]}
    words = {"state": issue.get_state_display(), "is_over": told["is_over"]}
    return JsonResponse({"figures": figures, "ended": told["ended_count"], "all": told["all_count"], **words})


def progress_of(issue):
    told = running.counts(issue)
    figures = [(str(key), name, means, told[str(key)]) for key, name, means in STATES]
    everybody = sum(count for *_, count in figures)
    return {
        "figures": figures,
        "all_count": everybody,
        "ended_count": everybody - told["still to come"],
        "gone_count": told["gone"],
        "is_over": issue.state in {Issue.State.DONE, Issue.State.CANCELLED},
    }


@require_POST
@for_staff
def pause(request, week):
    done = running.pause(letter_of(week), because=BY_STAFF, now=timezone.now())
    return answered(request, week, done, "It is paused. Nothing more of it goes until you resume it.")


@require_POST
@for_staff
def resume(request, week):
    issue = letter_of(week)
    done = running.resume(issue, now=timezone.now())
    return answered(request, week, done, "It goes on.")


@for_staff
def cancel(request, week):
    """Nobody can undo it: GET asks whether it is meant."""
    issue = letter_of(week)
    if request.method != "POST":
        context = {"issue": issue, **progress_of(issue), **header("Cancel a letter")}
        return render(request, "digests/admin/cancel.html", context)
    done = running.cancel(issue, now=timezone.now())
    return answered(request, week, done, "It is cancelled. Nobody else gets it.")


def answered(request, week, done, words):
    if done:
        messages.success(request, words)
    else:
        messages.warning(request, "Nothing was changed: it is in another state by now.")
    return redirect("letters_staff:letter", week)
