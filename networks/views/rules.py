""" "Rule or habit?": the list, a question with its answers, asking, answering, and one's own."""

import secrets

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from design.paging import Keyset, counted
from networks import typed
from networks.actions import rules as actions
from networks.forms.rules import AnswerForm, AskForm, Finding
from networks.models import RuleAnswer, RuleQuestion
from networks.models.rules import OLD
from networks.views.guard import for_members

NEWEST_FIRST = Keyset("-created_at", "-pk", size=20)
MOST_ANSWERS = 100
WAITS = _("A moderator reads it first. Until then only you see it here.")


def questions(request):
    finding = Finding(request.GET)
    found = finding.narrow(RuleQuestion.objects.readable_by(request.user))
    page = NEWEST_FIRST.page(found.for_listing(), request.GET)
    count = counted(found, gettext("question"), gettext("questions"), up_to=200)
    context = {"finding": finding, "page": page, "count": count}
    return render(request, "networks/rules.html", context)


def question(request, key):
    question = visible_question(request.user, key)
    answers = RuleAnswer.objects.visible_to(request.user).filter(question=question)
    answers = answers.select_related("role", "place", "nation").best_first()[:MOST_ANSWERS]
    today = timezone.localdate()
    context = {
        "question": question,
        "answers": [(answer, answer.is_old(today)) for answer in answers],
        "own": actions.is_own(question, request.user),
        "may_mark": question.is_live and actions.may_mark(question, request.user),
        "old_after": OLD.days // 30,
    }
    return render(request, "networks/rule.html", context)


def visible_question(user, key):
    return get_object_or_404(RuleQuestion.objects.visible_to(user).for_listing().prefetch_related("practices"), key=key)


def form_for(request, form_class):
    """With a key of its own, so that the same form sent twice says one thing. What was typed into this page while a
    session had ended is in its boxes again."""
    said = request.POST if request.method == "POST" else typed.kept_answers(request)
    if said is not None:
        return form_class(said)
    return form_class(initial={"form_key": secrets.token_urlsafe(24)})


@for_members
def ask(request):
    form = form_for(request, AskForm)
    if request.method == "POST" and form.is_valid():
        typed.forget(request)
        tags = {name: form.cleaned_data[name] for name in ("boundaries", "practices")}
        asked = form.question(profile=request.user.profile)
        question = actions.ask(asked, **tags, by=request.user, now=timezone.now())
        messages.success(request, WAITS)
        return redirect(question)
    return render(request, "networks/rule_ask.html", {"form": form})


@for_members
def answer(request, key):
    question = get_object_or_404(RuleQuestion.objects.readable_by(request.user).for_listing(), key=key)
    form = form_for(request, AnswerForm)
    if request.method == "POST" and form.is_valid():
        typed.forget(request)
        said = form.answer(question, profile=request.user.profile)
        try:
            given = actions.answer(said, by=request.user, now=timezone.now())
        except actions.NotOpen:
            raise Http404 from None
        messages.success(request, WAITS)
        return redirect(given)
    return render(request, "networks/rule_answer.html", {"question": question, "form": form})


@for_members
def own(request):
    """What one asked and answered, in every state, with a moderator's reason."""
    context = {
        "questions": RuleQuestion.objects.said_by(request.user).newest_first()[:MOST_ANSWERS],
        "answers": RuleAnswer.objects.said_by(request.user)
        .select_related("question")
        .order_by("-created_at")[:MOST_ANSWERS],
    }
    return render(request, "networks/rules_own.html", context)


@for_members
@require_POST
def withdraw(request, what, key):
    """One's own, at any time."""
    model = {"question": RuleQuestion, "answer": RuleAnswer}.get(what)
    if model is None:
        raise Http404
    actions.withdraw(
        get_object_or_404(model.objects.said_by(request.user), key=key), by=request.user, now=timezone.now()
    )
    messages.success(request, gettext("It is gone. Nobody reads it any more."))
    return redirect("rules:own")


@for_members
@require_POST
def mark_best(request, key):
    answer = get_object_or_404(RuleAnswer.objects.readable_by(request.user).select_related("question"), key=key)
    if not actions.may_mark(answer.question, request.user):
        raise Http404
    try:
        actions.mark_best(answer, by=request.user, now=timezone.now())
    except actions.CannotDecide as told:
        messages.warning(request, str(told))
    else:
        messages.success(request, gettext("It stands first now, with today’s date."))
    return redirect(answer)
