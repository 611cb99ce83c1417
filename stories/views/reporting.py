"""Whoever was asked or written to may report it to the moderators."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.urls import reverse

from networks import typed
from networks.models import BoardNotice, Coalition, Conversation, Introduction, Message
from networks.views.guard import for_members
from stories.actions import reporting
from stories.forms.reporting import ReportForm
from stories.views.concerns import ask


@for_members
def report_introduction(request, key):
    """It has reached this member: whoever asked does not report their own words."""
    found = Introduction.objects.visible_to(request.user).reaching(request.user)
    return _report(request, get_object_or_404(found, key=key))


@for_members
def report_message(request, key, message_key):
    conversation = get_object_or_404(Conversation.objects.visible_to(request.user), key=key)
    said = Message.objects.filter(conversation=conversation, taken_down_at=None).exclude(text="")
    others = said.exclude(seat__member=request.user).select_related("conversation")
    return _report(request, get_object_or_404(others, key=message_key), back=conversation.get_absolute_url())


@for_members
def report_notice(request, key, notice_key):
    """On the board of a coalition that this member is in; another's, and its words still hang there."""
    shown = BoardNotice.objects.visible_to(request.user).filter(coalition__key=key, taken_down_at=None).exclude(text="")
    one = get_object_or_404(shown.exclude(author=request.user).select_related("coalition"), key=notice_key)
    return _report(request, one, back=reverse("coalitions:notices", args=[key]))


@for_members
def report_coalition(request, key):
    """Whoever learns of it may report it, from outside too."""
    return _report(request, get_object_or_404(Coalition.objects.visible_to(request.user), key=key))


def _report(request, target, *, back=""):
    return ask(
        request,
        partial(ReportForm, kept=typed.kept_answers(request)),
        page="stories/report_between.html",
        worry=True,
        target=target,
        way_back=back or target.get_absolute_url(),
        kept=lambda form, **said: reporting.report(target, **said),
    )
