"""The short pages that a story is told on: each Continue saves, and no word is lost."""

from django.contrib import messages
from django.db import models, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from stories import actions, keeping
from stories.forms import SAFETY, SECTIONS, section_of
from stories.models import Story
from stories.views.answers import address, question, shown
from stories.views.own import tellers_only

FLOW = [SAFETY, *(section for section in SECTIONS if not section.optional)]


@tellers_only(keeps_text=True)
def safety(request, story):
    return page(request, story, SAFETY)


@tellers_only(keeps_text=True)
def write(request, story, section):
    section = section_of(section)
    if section is None:
        raise Http404
    return page(request, story, section)


def page(request, story, section):
    if request.method == "POST":
        return save(request, story, section)
    kept = keeping.kept_answers(request)
    form = section.form(kept, instance=story.get_latest_revision_as_object(), later=True) if kept else None
    form = form or section.form(instance=story.get_latest_revision_as_object())
    return show(request, story, section, form, kept=kept is not None)


def save(request, story, section):
    newest = story.get_latest_revision_as_object()
    typed = with_both_texts(request.POST, newest, section) if "both" in request.POST else request.POST
    form = section.form(typed, instance=newest, later="later" in request.POST)
    if not form.is_valid():
        return show(request, story, section, form)
    try:
        keep(form, by=request.user, first_take_back="take_back" in request.POST, now=timezone.now())
    except actions.InModeration:
        story.moderation_now = "in_progress"
        return show(request, story, section, form)
    except actions.SavedElsewhere as elsewhere:
        return tell_of_both(request, story, section, form, elsewhere.current)
    return keeping.forget(request, go_on(request, story, section))


@transaction.atomic
def keep(form, *, by, first_take_back, now):
    story = form.fill()
    if first_take_back:
        actions.take_back(story, by=by, now=now)
    story = actions.save_draft(story, by=by, now=now)
    if form.reach:
        actions.set_reach(story, **{"byline": story.byline, "audience": story.audience, **form.reach}, by=by, now=now)


def go_on(request, story, section):
    """To the next page; back to the answers, where the teller came from them; or to the draft, to be finished later."""
    if "later" in request.POST:
        messages.success(request, f"Saved {timezone.localtime():%H:%M}. Only you can see it.")
        return redirect("stories:draft", story.slug)
    if "both" in request.POST:
        return redirect(address(story, section))
    after = FLOW[FLOW.index(section) + 1 :] if section in FLOW else []
    if request.GET.get("then") == "check" or not after:
        return redirect("stories:check", story.slug)
    return redirect(address(story, after[0]))


def show(request, story, section, form, **more):
    number = FLOW.index(section) if section in FLOW[1:] else 0
    context = {
        "story": story,
        "section": section,
        "form": form,
        "number": number,
        "total": len(FLOW) - 1,
        "back": request.GET.get("then") == "check",
        **more,
    }
    return render(request, "stories/write.html", context)


# --- Two windows, one story -------------------------------------------------------------------------------------------


def tell_of_both(request, story, section, form, current):
    """Another save came first: show both texts. Where they say the same there is nothing to tell."""
    typed = form.fill()
    names = [name for name in section.names if name in form.fields]
    saved_there = [{"label": question(name), "value": shown(current, name)} for name in names]
    elsewhere = [row for row, name in zip(saved_there, names, strict=True) if row["value"] != shown(typed, name)]
    if not elsewhere:
        return go_on(request, story, section)
    answers = request.POST.copy()
    answers["edit_number"] = current.edit_number
    form = section.form(answers, instance=current, later=True)
    return show(request, story, section, form, elsewhere=elsewhere, here=address(story, section))


def with_both_texts(post, current, section):
    """The answers with, in every text, what was saved elsewhere before what was typed here."""
    answers = post.copy()
    for name in section.names:
        mine = answers.get(name, "").replace("\r\n", "\n").strip()
        if name in {"boundaries", "practices"}:
            saved = [word.slug for word in getattr(current, name).all()]
            answers.setlist(name, sorted({*saved, *answers.getlist(name)}))
        elif isinstance(Story._meta.get_field(name), models.TextField):
            saved = getattr(current, name)
            answers[name] = "\n\n".join(text for text in dict.fromkeys([saved, mine]) if text)
    return answers
