"""The weekly letter in the Wagtail admin: its note, "Send now", and what became of each."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from digests import planning, running
from digests.forms import NoteForm
from digests.models import Issue

staff_only = permission_required("digests.change_issue")


@staff_only
def letters(request):
    """GET shows the letters; POST keeps the note for the next one."""
    draft = Issue.objects.next_draft(timezone.now())
    form = NoteForm(request.POST if request.method == "POST" else None, instance=draft)
    if form.is_valid():
        form.save()
        messages.success(request, "The note is kept for the next letter.")
        return redirect("letters")
    gone = Issue.objects.with_counts().gone()[:20]
    context = {"form": form, "draft": draft, "gone": gone, "readers_count": planning.readers().count()}
    return render(request, "digests/admin/letters.html", context)


@require_POST
@staff_only
def send_now(request):
    """Begin the letter that the page showed; a second press finds it gone and begins nothing."""
    moment = timezone.now()
    prepared = request.POST.get("prepared", "")
    draft = Issue.objects.next_draft(moment)
    if planning.hurry(draft, prepared=int(prepared) if prepared.isdecimal() else 0, now=moment):
        transaction.on_commit(running.wake)
        messages.success(request, "The letter is on its way.")
    else:
        messages.warning(request, "Nothing was sent: that letter has gone, or another one is still being sent.")
    return redirect("letters")
