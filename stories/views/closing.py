"""Closing one's account: what becomes of what one told, and then the end of it."""

from django.shortcuts import redirect, render
from django.utils import timezone

from members import actions as accounts
from members.privacy.proof import proved
from stories.actions.closing import ADDED, can_stay, of_leaver
from stories.forms.closing import ClosingForm


@proved("close")
def close(request):
    if request.user.is_staff:
        return render(request, "stories/close_staff.html")
    stories = list(of_leaver(request.user).with_their_word().for_listing())
    chosen = [story for story in stories if story.is_shared or can_stay(story)]
    added = [one for model in ADDED for one in model.objects.filter(author=request.user).live()]
    form = ClosingForm(request.POST if request.method == "POST" else None, stories=chosen, added=added)
    if form.is_valid():
        accounts.close(request.user, kept=form.kept_slugs, now=timezone.now())
        # The row of this session is gone already; the browser forgets it too.
        request.session.flush()
        return redirect("members:closed")
    going = [story for story in stories if story not in chosen]
    return render(request, "stories/close_account.html", {"form": form, "going": going, "chosen": chosen})
