"""Anybody may raise a concern about a published story; a moderator reads it."""

import ipaddress
import secrets

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache

from stories import actions, keeping
from stories.forms.concern import ConcernForm
from stories.models import Story

CROWDED = (
    "Very many concerns came from your network in the last hour. Your words are still here: try again in a while, or "
    "write to us"
)


@never_cache
def concern(request, slug):
    story = get_object_or_404(Story.objects.readable_by(request.user).for_listing(), slug=slug)
    if request.method != "POST":
        form = ConcernForm(initial={"form_key": keeping.new_form_token()})
        return render(request, "stories/concern.html", {"story": story, "form": form})
    form = ConcernForm(request.POST)
    if not form.is_valid():
        return render(request, "stories/concern.html", {"story": story, "form": form})
    if not ratelimit.consume(request, action="concern"):
        form.add_error(None, CROWDED)
        return render(request, "stories/concern.html", {"story": story, "form": form}, status=429)
    answers = {name: form.cleaned_data[name] for name in ("kind", "text", "contact")}
    key = keeping.form_key_of(form.cleaned_data["form_key"]) or secrets.token_urlsafe(24)
    actions.raise_concern(story, **answers, sender=sender(request), key=key, now=timezone.now())
    # No redirect: where the story is hidden now there is no page of it to lead to.
    return render(request, "stories/concern_raised.html", {"contact": answers["contact"]})


def sender(request):
    """A keyed hash of the network address; of the longer kind only the part that stands for one household."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 6:
        address = ipaddress.ip_network((address, 64), strict=False)
    return salted_hmac("stories.concern", str(address), algorithm="sha256").hexdigest()
