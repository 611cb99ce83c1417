"""Whoever was asked or written to may report it to the moderators."""

from functools import partial

from django.shortcuts import get_object_or_404

from networks import typed
from networks.models import Conversation, Introduction, Message
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
