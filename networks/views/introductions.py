"""Asking to be introduced, answering, and what became of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from design import letters
from design.paging import Keyset
from members.models import Profile
from networks import cards, typed
from networks.actions import introductions as actions
from networks.finding import Asked
from networks.forms.introductions import BringTogetherForm, FindForm, ReasonForm
from networks.models import Conversation, Introduction, WentCount
from networks.models.introduction import AGAIN_AFTER, MOST_OPEN
from networks.showing import show
from networks.views.guard import for_members

NEWEST_FIRST = Keyset("-asked_at", "-pk", size=20)
MOST_WAITING = 20
MOST_FOUND = 20
TOO_LATE = _("It could not be answered any more.")
ANSWERS = {"yes": actions.say_yes, "no": actions.say_not_now, "block": actions.block}
SAID = {
    "no": _("They are not told. To them it looks as if you had not answered."),
    "block": _("You will not meet them here any more. They are not told."),
}


@for_members
def introductions(request):
    user, now = request.user, timezone.now()
    waiting = Introduction.objects.waiting_for(user, now=now).with_sides().order_by("asked_at", "pk")
    asked = Introduction.objects.visible_to(user).made_and_open(user, now=now).with_sides().order_by("-asked_at", "-pk")
    apart = [*waiting[:MOST_WAITING], *asked]
    rest = Introduction.objects.visible_to(user).exclude(pk__in=[one.pk for one in apart])
    page = NEWEST_FIRST.page(rest.with_sides(), request.GET)
    context = {
        "waiting": [show(one, user, now=now) for one in apart if one.made_by_id != user.pk],
        "asked": [show(one, user, now=now) for one in apart if one.made_by_id == user.pk],
        "past": [show(one, user, now=now) for one in page.items],
        "page": page,
    }
    return render(request, "networks/introduction_list.html", context)


@for_members
def introduction(request, key):
    one = get_object_or_404(Introduction.objects.visible_to(request.user).with_sides(), key=key)
    if request.method == "POST":
        return answer(request, one)
    shown = show(one, request.user, now=timezone.now())
    own = one.side_of(request.user)
    asks = shown.state == "met" and one.went_asked_at and own and own.went_at is None
    context = {"shown": shown, "introduction": one, "asks_how_it_went": asks, "went": WentCount.Went.choices}
    if shown.state == "met" and one.conversation:
        context["conversation"] = Conversation.objects.visible_to(request.user).filter(pk=one.conversation_id).first()
    return render(request, "networks/introduction.html", context)


def answer(request, one):
    said = request.POST.get("answer", "")
    if said not in ANSWERS:
        return redirect(one)
    try:
        row = ANSWERS[said](one, by=request.user, now=timezone.now())
    except actions.TooLate:
        messages.warning(request, TOO_LATE)
        return redirect("introductions:list")
    if said == "yes" and row.met_at:
        messages.success(request, gettext("You know each other now. Say hello."))
        return redirect(row.conversation)
    messages.success(request, SAID.get(said, "Your yes is kept. When the other one says yes too, we write to you."))
    return redirect("introductions:list")


@require_POST
@for_members
def take_back(request, key):
    one = get_object_or_404(Introduction.objects.visible_to(request.user).filter(made_by=request.user), key=key)
    actions.take_back(one, by=request.user, now=timezone.now())
    messages.success(request, gettext("It is taken back. They see nothing of it any more."))
    return redirect(one)


@require_POST
@for_members
def how_it_went(request, key):
    """One optional tap, six weeks later."""
    met = Introduction.objects.visible_to(request.user).exclude(met_at=None).exclude(went_asked_at=None)
    one = get_object_or_404(met, key=key)
    if request.POST.get("answer") in WentCount.Went.values:
        actions.say_how_it_went(one, answer=request.POST["answer"], by=request.user, now=timezone.now())
        messages.success(request, gettext("Thank you. It counts as a number, without your name."))
    return redirect(one)


def person_or_404(user, public_id):
    people = Profile.objects.visible_to(user).select_related("user", "role", "place__parent")
    return get_object_or_404(people, public_id=public_id)


@for_members
def ask(request, public_id):
    person = person_or_404(request.user, public_id)
    context = {"person": person, "most": MOST_OPEN}
    if person.user == request.user:
        return render(request, "networks/ask_not_now.html", {**context, "why": "own"})
    try:
        actions.check_may_ask(person.user, by=request.user, now=timezone.now())
    except actions.Connected:
        return to_the_conversation(request, person)
    except actions.CannotAsk as refused:
        return not_now(request, refused, context)
    own = Profile.objects.select_related("role", "place__parent").get(user=request.user)
    return write(request, ReasonForm, "networks/ask.html", {**context, "own": own}, asked=(person.user,))


def write(request, form_class, template, context, *, asked):
    """The form, and what becomes of it: whoever is asked, alone or two together, is asked once."""
    posted = request.method == "POST"
    form = form_class(request.POST if posted else typed.kept_answers(request))
    if posted and form.is_valid():
        verb = actions.ask if len(asked) == 1 else actions.introduce
        said = {name: form.cleaned_data[name] for name in ("reason", "may_stay")}
        try:
            made = verb(*asked, **said, by=request.user, now=timezone.now())
        except actions.CannotAsk as refused:
            return not_now(request, refused, context)
        typed.forget(request)
        messages.success(request, gettext("Your words are on their way. Silence is an answer too."))
        return redirect(made)
    return render(request, template, {**context, "form": form})


def not_now(request, refused, context):
    """Why somebody cannot be asked: the asker's own doing alone, never what the other one did."""
    if isinstance(refused, actions.Connected | actions.NotHere):
        return redirect("networks:people")
    why = "open" if isinstance(refused, actions.TooManyOpen) else "before"
    if why == "before":
        context |= {"before": refused.introduction, "again": refused.introduction.answer_until + AGAIN_AFTER}
        context["is_over"] = refused.introduction.answer_until <= timezone.now()
    return render(request, "networks/ask_not_now.html", {**context, "why": why})


def to_the_conversation(request, person):
    found = Conversation.objects.visible_to(request.user).between(request.user, person.user).first()
    return redirect(found or "conversations:list")


@for_members
def bring_together(request, public_id):
    """The first of two is chosen; who is the other?"""
    person = person_or_404(request.user, public_id)
    form = FindForm(request.GET or None)
    found = None
    if form.is_valid() and (typed_words := letters.typed(form.cleaned_data["name"])):
        others = Asked(words=typed_words).rows(request.user).exclude(member__in=[request.user, person.user])
        found = cards.cards(others.order_by("by_name", "public_id").defer("vector")[:MOST_FOUND], request.user)
    return render(request, "networks/bring_together.html", {"person": person, "form": form, "found": found})


@for_members
def bring_these_together(request, public_id, other_id):
    one, other = person_or_404(request.user, public_id), person_or_404(request.user, other_id)
    context = {"person": one, "other": other, "most": MOST_OPEN}
    if one == other or request.user in (one.user, other.user):
        return render(request, "networks/ask_not_now.html", {**context, "why": "own"})
    return write(
        request, BringTogetherForm, "networks/bring_these_together.html", context, asked=(one.user, other.user)
    )
