"""What members do with the letter: want it, read the last one again, leave."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from digests import actions, emails
from digests.forms import PreferenceForm
from digests.models import Delivery
from stories.models import Story

ANSWERS = {
    True: "You get the weekly letter on Thursdays, when there is something new.",
    False: "You do not get the weekly letter.",
}


@login_required
def letter(request):
    form = PreferenceForm(request.POST if request.method == "POST" else None, profile=request.user.profile)
    if form.is_valid():
        wants = form.cleaned_data["weekly_letter"] == "yes"
        actions.choose(request.user, wants=wants)
        messages.success(request, ANSWERS[wants])
        return redirect("digests:letter")
    return render(request, "digests/letter.html", {"form": form, "last": last_letter(request.user)})


@login_required
def last(request):
    """The stories of the member's last letter, as far as they may still read them."""
    delivery = last_letter(request.user)
    if delivery is None:
        raise Http404
    stories = Story.objects.readable_by(request.user).filter(pk__in=delivery.story_ids).newest_first().for_listing()
    return render(request, "digests/last_letter.html", {"issue": delivery.issue, "stories": stories})


def last_letter(member):
    sent = member.deliveries.filter(state=Delivery.State.SENT).select_related("issue")
    return sent.order_by("-issue__week").first()


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, token):
    """The way out in each letter. GET shows one button, since scanners open every link; POST acts, whoever sends it.

    It is the mail program that posts, without a cookie: the signed token is the proof, and it opens nothing else.
    """
    public_id = emails.read_leave_token(token)
    if public_id is None:
        raise Http404
    if request.method == "POST":
        actions.leave(public_id)
    return render(request, "digests/leave.html", {"left": request.method == "POST"})
