"""The short pages that a story is told on: each Continue saves, and no word is lost."""

from django.contrib import messages
from django.db import models, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from stories import actions, keeping
from stories.forms import SAFETY, SECTIONS, section_of
from stories.models import Story
from stories.views.answers import address, differences
from stories.views.own import NOT_YOURS, authors_only, tellers_only

TEXTS = (models.TextField, models.CharField)
FLOW = [SAFETY, *(section for section in SECTIONS if not section.optional)]


@authors_only(keeps_text=True)
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
    except actions.OtherReaders:
        form.add_error("audience", NOT_YOURS)
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
    if form.stays_until and form.stays_until != story.review_date:
        actions.agree_again(story, until=form.stays_until, by=by, now=now)
    if form.reach:
        stored = {"byline": story.byline, "audience": story.audience, "coalition": story.coalition}
        actions.set_reach(story, **{**stored, **form.reach}, by=by, now=now)


def go_on(request, story, section):
    """To the next page; back to the answers, where the teller came from them; or to the draft, to be finished later."""
    if "later" in request.POST:
        who = gettext("Only you and those you write with") if story.is_shared else gettext("Only you")
        messages.success(
            request,
            gettext("Saved %(localtime)s. %(who)s can see it.")
            % {"localtime": f"{timezone.localtime():%H:%M}", "who": who},
        )
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
        # Where the teller has to choose first, nothing is saved behind their back.
        "autosaves": not (story.is_in_moderation or "elsewhere" in more or "unsure" in more),
        **more,
    }
    return render(request, "stories/write.html", context)


# --- Two windows, one story -------------------------------------------------------------------------------------------


def tell_of_both(request, story, section, form, current):
    """Another save came first: show both texts. Where they say the same there is nothing to tell."""
    form.fill()
    elsewhere = differences(section, form, current)
    if not elsewhere:
        return go_on(request, story, section)
    answers = request.POST.copy()
    answers["edit_number"] = current.edit_number
    form = section.form(answers, instance=current, later=True)
    answers["seen"] = form.seen_now
    there = {row["name"]: row["value"] for row in elsewhere}
    pairs = [(field, field.name in there, there.get(field.name)) for field in form.visible_fields()]
    return show(request, story, section, form, elsewhere=elsewhere, pairs=pairs, here=address(story, section))


def with_both_texts(post, current, section):
    """The answers with, in every text, what was saved elsewhere before what was typed here."""
    answers = post.copy()
    for name in section.names:
        mine = answers.get(name, "").replace("\r\n", "\n").strip()
        if name in {"boundaries", "practices"}:
            saved = [word.slug for word in getattr(current, name).all()]
            answers.setlist(name, sorted({*saved, *answers.getlist(name)}))
        elif (field := Story._meta.get_field(name)) and isinstance(field, TEXTS) and not field.choices:
            between = "\n\n" if isinstance(field, models.TextField) else " / "
            answers[name] = both(getattr(current, name), mine, between)
    return answers


def both(saved, mine, between):
    """One text after the other; where one holds the other, that one is both."""
    if saved in mine or mine in saved:
        return max(saved, mine, key=len)
    return f"{saved}{between}{mine}"
