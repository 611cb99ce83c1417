"""Conversations: a plain thread, and a box for the next message."""

import secrets

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from design.paging import Keyset
from members import actions as accounts
from members.models import Profile
from networks import typed
from networks.actions import conversations as actions
from networks.forms.conversations import DraftForm, MessageForm
from networks.models import Message, Seat
from networks.views.guard import for_members

NEWEST_FIRST = Keyset("-said_at", "-pk", size=30)
LATEST_FIRST = Keyset("-conversation__last_said_at", "-pk", size=20)
SIGNED_OUT = _("You are signed out. Your words are still here: Send keeps them while you sign in.")
TOO_LONG = _("Too long to be kept. Your words are still here.")
CLOSED = _("It could not be said: this conversation is closed. Your words are still in the box: copy what you need")


def seat_or_404(user, key):
    return get_object_or_404(Seat.objects.open_to(user).with_others(), conversation__key=key)


@for_members
def conversations(request):
    page = LATEST_FIRST.page(Seat.objects.open_to(request.user).with_others().with_news(), request.GET)
    return render(request, "networks/conversation_list.html", {"page": page})


@for_members
def conversation(request, key):
    seat, now = seat_or_404(request.user, key), timezone.now()
    form = message_form(request, seat)
    if request.method == "POST" and form.is_valid():
        said = {"text": form.cleaned_data["text"], "form_key": form.cleaned_data["form_key"] or secrets.token_hex(8)}
        try:
            actions.say(seat.conversation, **said, by=request.user, now=now)
        except actions.Closed:
            form.add_error(None, CLOSED)
        else:
            typed.forget(request)
            return redirect(f"{seat.conversation.get_absolute_url()}#newest")
    page = NEWEST_FIRST.page(Message.objects.filter(conversation=seat.conversation).for_reading(), request.GET)
    if page.items and page.items[0].said_at > seat.read_at:
        seat.mark_read(now=now)
    context = {"seat": seat, "form": form, "page": page, "thread": page.items[::-1]}
    context |= {"profile": profile_of_the_other(request.user, seat), "other": by_name(seat)}
    return render(request, "networks/conversation.html", context)


def message_form(request, seat):
    if request.method == "POST":
        return MessageForm(request.POST)
    kept = typed.kept_answers(request)
    text = kept.get("text", "") if kept else seat.draft
    return MessageForm(initial={"text": text, "form_key": secrets.token_urlsafe(12)})


def by_name(seat):
    """The one other at a conversation between two, where they are there by their name."""
    others = [other for other in seat.others if other.member_id and not other.masked_as]
    return others[0] if seat.conversation.for_two and others else None


def profile_of_the_other(user, seat):
    """Where they have a page that this member may open."""
    other = by_name(seat)
    return Profile.objects.visible_to(user).filter(user=other.member_id).first() if other else None


@never_cache
@require_POST
def draft(request, key):
    """A script saves what is typed, every few seconds; the sentence that it shows is the answer."""
    if not request.user.is_authenticated:
        return JsonResponse({"say": SIGNED_OUT}, status=401)
    seat, form = seat_or_404(request.user, key), DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"say": TOO_LONG}, status=200)
    actions.keep_draft(seat.conversation, text=form.cleaned_data["text"], by=request.user)
    return JsonResponse({"say": f"Kept {timezone.localtime():%H:%M}. Nobody sees it until you send it."})


@for_members
def leave(request, key):
    seat = seat_or_404(request.user, key)
    if request.method != "POST":
        return render(request, "networks/leave.html", {"seat": seat})
    actions.leave(seat.conversation, by=request.user, now=timezone.now())
    messages.success(request, gettext("You have left. Nothing of it is shown to you any more."))
    return redirect("conversations:list")


@for_members
def block(request, key):
    """The one other, where they are there by their name. Behind a mask nobody is blocked: one leaves."""
    seat = seat_or_404(request.user, key)
    other = by_name(seat)
    if other is None:
        raise Http404
    if request.method != "POST":
        return render(request, "networks/block_from_here.html", {"seat": seat, "other": other})
    accounts.block(other.member, known_as=other.name, by=request.user, now=timezone.now())
    messages.success(request, gettext("You will not meet them here any more. They are not told."))
    return redirect("members:blocked")


@require_POST
@for_members
def mute(request, key):
    seat = seat_or_404(request.user, key)
    if seat.muted_at:
        actions.unmute(seat.conversation, by=request.user)
        messages.success(request, gettext("You get mail from here again."))
    else:
        actions.mute(seat.conversation, by=request.user, now=timezone.now())
        messages.success(request, gettext("No more mail from here. They are not told."))
    return redirect(seat.conversation)
