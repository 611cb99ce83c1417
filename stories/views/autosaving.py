"""Saving while the teller types: a script asks every few seconds, and gets the sentence to show."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stories import actions
from stories.forms import SAFETY, SECTIONS, SENDING
from stories.models import Story
from stories.views.answers import differences
from stories.views.own import NOT_YOURS

PAGES = {section.slug: section for section in (SAFETY, *SECTIONS, SENDING)}
AUTHORS = (SAFETY, SENDING)  # these pages are the author's, whoever writes along
SIGNED_OUT = _("You are signed out. Your words are still here: Continue keeps them while you sign in.")
SENT = _(
    "A moderator has this story now, so nothing is saved. Your words are still here: Continue shows what you can do."
)
ELSEWHERE = _("This story was saved in another window. Your words are still here: Continue shows both texts.")
ELSEWHERE_BEFORE_SENDING = _("This story was saved in another window. Your words are still here: look at it once more.")


@never_cache
@require_POST
def autosave(request, slug, section):
    """Answers 200 with what was saved; 401, 404 or 409 where nothing could be, each with a sentence or a plain page."""
    if not request.user.is_authenticated:
        return told(SIGNED_OUT, 401)
    if section not in PAGES:
        raise Http404
    section = PAGES[section]
    try:
        return save(request, slug, section)
    except Story.DoesNotExist as missing:
        raise Http404 from missing
    except actions.InModeration:
        return told(SENT, 409)
    except actions.OtherReaders:
        return told(f"{NOT_YOURS}.", 409)
    except actions.SavedElsewhere:
        return told(ELSEWHERE_BEFORE_SENDING if section is SENDING else ELSEWHERE, 409)


def save(request, slug, section):
    if not request.POST.keys() & set(section.names):
        own = Story.objects.authored_by if section in AUTHORS else Story.objects.editable_by
        get_object_or_404(own(request.user), slug=slug)
        return told(gettext("Nothing to save."), 200)
    form, now = None, timezone.now()

    def fill(newest):
        nonlocal form
        if section in AUTHORS:
            newest.author = request.user  # who asks, so nobody has to be fetched
        form = section.form(request.POST, instance=newest, later=section is not SENDING)
        form.full_clean()
        return form.fill()

    try:
        story = actions.autosave(slug, fill, by=request.user, now=now, alone=section in AUTHORS)
    except actions.SavedElsewhere as saved:
        # The same words, sent twice: nothing is written, and there is nothing to tell.
        if differences(section, form, saved.current):
            raise
        story = saved.current
    else:
        keep_reach(story, form, by=request.user, now=now)
    left_out = {name: errors for name, errors in form.errors.items() if request.POST.get(name)}
    return told(sentence(form, left_out, now), 200, fields=fields_of(form, story), left_out=list(left_out))


def keep_reach(story, form, *, by, now):
    """How the teller is named, who can read it and until when, where that was changed."""
    if form.stays_until and form.stays_until != story.review_date:
        actions.agree_again(story, until=form.stays_until, by=by, now=now)
    reach = {name: getattr(story, name) for name in form.reach}
    if form.reach != reach:
        stored = {"byline": story.byline, "audience": story.audience, "coalition": story.coalition}
        row = actions.set_reach(story, **{**stored, **form.reach}, by=by, now=now)
        story.byline, story.audience, story.coalition = row.byline, row.audience, row.coalition
        story.may_quote = row.may_quote


def fields_of(form, story):
    """What the page's hidden fields must say from now on."""
    fields = {"edit_number": story.edit_number, "seen": form.seen_next}
    return {name: value for name, value in fields.items() if name in form.fields}


def sentence(form, left_out, now):
    saved = gettext("Saved %(now)s") % {"now": f"{timezone.localtime(now):%H:%M}"}
    if not left_out:
        return saved
    reasons = " ".join(f"“{form.fields[name].label}”: {' '.join(errors)}" for name, errors in left_out.items())
    return gettext("%(saved)s, but not everything. %(reasons)s") % {"saved": saved, "reasons": reasons}


def told(say, status, **more):
    return JsonResponse({"say": say, **more}, status=status)
