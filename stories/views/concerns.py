"""Anybody may raise a concern: about a published story, what was added to it, or a person; a moderator reads it."""

import ipaddress
import secrets
from functools import partial

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from members.models import Concern
from networks.models import RuleAnswer, RuleQuestion
from stories import actions, keeping
from stories.actions.concerns_rules import raise_concern_rule
from stories.forms.concern import ConcernForm, ThanksConcernForm, WorryForm
from stories.help_lines import HELP_LINES
from stories.models import Responding, Story, Thanks
from stories.views.adding import model_of

RULES = {model.what: model for model in (RuleQuestion, RuleAnswer)}
CROWDED = _(
    "Very many concerns came from your network in the last hour. Your words are still here: try again in a while, or "
    "write to us"
)


@never_cache
def concern(request, slug):
    story = get_object_or_404(Story.objects.readable_by(request.user).for_listing(), slug=slug)
    return ask(request, ConcernForm, story=story, kept=lambda form, **said: actions.raise_concern(story, **said))


@never_cache
def concern_added(request, kind, slug):
    """About one thing that was added to a story, by the link beside it."""
    one = get_object_or_404(model_of(kind).objects.readable_by(request.user).for_listing(), slug=slug)
    return ask(
        request,
        ConcernForm,
        story=one.story,
        added=one,
        kept=lambda form, **said: actions.raise_concern_added(one, **said),
    )


@never_cache
def concern_rule(request, what, key):
    """About a question or an answer of "Rule or habit?"."""
    if what not in RULES:
        raise Http404
    one = get_object_or_404(RULES[what].objects.readable_by(request.user).select_related("role", "place"), key=key)
    return ask(request, ConcernForm, added=one, kept=lambda form, **said: raise_concern_rule(one, **said))


@never_cache
def concern_thanks(request, slug):
    """Thanks stand in one sentence: whoever is concerned says which name they mean. Without a name nobody is meant."""
    story = get_object_or_404(Story.objects.readable_by(request.user).for_listing(), slug=slug)
    named = Thanks.objects.shown_to(request.user).named().filter(story=story).select_related("member", "role", "story")
    if story.responding == Responding.HIDDEN or not named:
        raise Http404
    return ask(
        request,
        partial(ThanksConcernForm, named=named),
        story=story,
        thanks=True,
        kept=lambda form, **said: actions.raise_concern_added(form.cleaned_data["which"], **said),
    )


@never_cache
def worry(request):
    """From the foot of every page, or from a card: about a person, or about a story that one cannot open."""
    return ask(
        request,
        partial(WorryForm, story=request.GET.get("story", "")),
        page="stories/worry.html",
        worry=True,
        kept=lambda form, **said: actions.raise_worry(**said),
    )


def ask(request, form_class, *, kept, page="stories/concern.html", **about):
    """The form, and what becomes of it. `kept` keeps the concern; `about` says on the page what it is about."""
    about["help_lines"] = HELP_LINES
    if request.method != "POST":
        form = form_class(initial={"form_key": keeping.new_form_token()})
        return render(request, page, {**about, "form": form})
    form = form_class(request.POST)
    if not form.is_valid():
        return render(request, page, {**about, "form": form})
    if not ratelimit.consume(request, action="concern"):
        form.add_error(None, CROWDED)
        return render(request, page, {**about, "form": form}, status=429)
    answers = {name: form.cleaned_data[name] for name in ("kind", "text", "contact")}
    key = keeping.form_key_of(form.cleaned_data["form_key"]) or secrets.token_urlsafe(24)
    kept(form, **answers, sender=sender(request), key=key, now=timezone.now())
    # No redirect: where the story is hidden now there is no page of it to lead to.
    about["lead_told"] = answers["kind"] == Concern.Kind.WORRIED and settings.SAFEGUARDING_EMAIL
    return render(request, "stories/concern_raised.html", {"contact": answers["contact"], **about})


def sender(request):
    """A keyed hash of the network address; of the longer kind only the part that stands for one household."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 6:
        address = ipaddress.ip_network((address, 64), strict=False)
    return salted_hmac("stories.concern", str(address), algorithm="sha256").hexdigest()
