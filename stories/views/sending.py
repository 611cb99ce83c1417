"""The way to a moderator: check your answers, see it as others will, send."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from stories import actions, keeping
from stories.forms import SendForm
from stories.recognising import look
from stories.trust import is_trusted, reasons_to_wait
from stories.views.answers import groups, left_open, missing
from stories.views.own import authors_only, tellers_only


@tellers_only
def check(request, story):
    newest = story.get_latest_revision_as_object()
    context = {"story": story, "groups": groups(newest, asked=request.user), "missing": missing(newest)}
    context |= {
        "photos_go": story.photos_go or newest.photos_go,
        "enough": not context["missing"],
        "left_open": left_open(newest),
        "found": look(newest),
        "coauthor": request.user.pk != story.author_id,
        "can_take_back": request.user.pk == story.author_id and not story.is_in_moderation,
    }
    return render(request, "stories/check.html", context)


@tellers_only
def preview(request, story):
    newest = story.get_latest_revision_as_object()
    newest.blurred = newest.would_be_blurred
    response = render(
        request,
        "stories/preview_mine.html",
        {"story": newest, "photos": newest.photos_as_sent(), "preview": True, "listed_alike": settings.LISTED_ALIKE},
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@authors_only(keeps_text=True)
def send(request, story):
    newest = story.get_latest_revision_as_object()
    if story.is_in_moderation:
        return already_sent(request, story, newest)
    if not request.user.is_member:
        return render(request, "stories/not_yet.html", {"story": story})
    if newest.missing_to_send():
        return redirect("stories:check", story.slug)
    form = form_with_words(request.POST if request.method == "POST" else keeping.kept_answers(request), newest)
    if request.method == "POST" and form.staying.alone_are_missing:
        return keep_and_ask(request, story, form)
    if request.method == "POST" and form.is_valid():
        return send_off(request, story, form)
    return show(request, story, newest, form)


def form_with_words(typed, newest):
    """The form with a question for each word that stops sending, in the title and summary that were typed too."""
    if typed is not None:
        SendForm(typed, instance=newest).is_valid()
    return SendForm(typed, instance=newest, words=look(newest).asked_about)


def show(request, story, newest, form, **more):
    context = {"story": story, "form": form, "found": look(newest), **which_way(story, newest), **more}
    return render(request, "stories/send.html", context)


def keep_and_ask(request, story, form):
    """Some words are not answered for yet. What is, is kept: whoever goes and takes another word out loses nothing."""
    try:
        with transaction.atomic():
            saved = keep(form, by=request.user)
    except actions.InModeration:
        return redirect("stories:sent", story.slug)
    except actions.SavedElsewhere as elsewhere:
        return look_again(request, story, elsewhere.current)
    answers = request.POST.copy()
    answers["edit_number"] = saved.edit_number
    return keeping.forget(request, show(request, story, saved, form_with_words(answers, saved)))


def keep(form, *, by):
    saved = actions.save_draft(form.fill(), by=by, now=timezone.now())
    if form.staying.answers:
        actions.let_stay(saved, form.staying.answers, by=by, now=timezone.now())
    return saved


def which_way(story, newest):
    """Whether it goes live at once, or why a trusted teller's story waits; a newcomer's waits without a word. And
    whether its photos go."""
    reasons = reasons_to_wait(newest)
    trusted = is_trusted(newest.author)
    because, go = reasons if trusted else [], story.photos_go or newest.photos_go
    two = story.is_sensitive or newest.is_sensitive
    return {"publishes_first": not reasons, "waits_because": because, "photos_go": go, "two_readers": two}


def already_sent(request, story, newest):
    """Sent twice is sent once; other words than those that were sent stay in the boxes."""
    sent_words = (newest.title, newest.summary)
    form = SendForm(request.POST if request.method == "POST" else None, instance=newest)
    if form.is_valid() and (form.cleaned_data["title"], form.cleaned_data["summary"]) != sent_words:
        return render(request, "stories/send.html", {"story": story, "form": form, "already_sent": True})
    return redirect("stories:sent", story.slug)


def send_off(request, story, form):
    try:
        with transaction.atomic():
            saved = keep(form, by=request.user)
            let_organisations_answer(saved, form.cleaned_data.get("organisations"), by=request.user)
            hide = form.cleaned_data.get("hide") == "yes"
            told = request.POST.get("way") == "first"
            sent = actions.send(saved, by=request.user, now=timezone.now(), hide=hide, publish_first=told)
    except actions.InModeration:
        return redirect("stories:sent", story.slug)
    except actions.SavedElsewhere as elsewhere:
        return look_again(request, story, elsewhere.current)
    except actions.NotReady:
        # The title is part of what somebody said yes to: it is kept, and they are asked once more.
        keep(form, by=request.user)
        return keeping.forget(request, redirect("stories:check", story.slug))
    if not sent.is_in_moderation:
        messages.success(request, gettext("It is live. A moderator reads it afterwards."))
    return keeping.forget(request, redirect("stories:sent", story.slug))


def let_organisations_answer(story, answer, *, by):
    """As far as the page asked, and was answered."""
    if answer:
        wish = answer == "yes"
        actions.set_listening(
            story, responding=story.responding, organisations_may_respond=wish, by=by, now=timezone.now()
        )


def look_again(request, story, current):
    """The story changed in another window: nothing goes to a moderator that its teller has not seen."""
    elsewhere = {"title": current.title, "summary": current.summary}
    answers = request.POST.copy()
    answers["edit_number"] = current.edit_number
    return show(request, story, current, form_with_words(answers, current), elsewhere=elsewhere)


@tellers_only
def sent(request, story):
    if not story.is_in_moderation:
        return redirect("stories:draft", story.slug)
    return render(request, "stories/sent.html", {"story": story})
