"""One page on which a moderator reads a story and decides: what readers will see, what changed, what was said."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState

from members.models import User
from stories.actions.ground import tells
from stories.models import Audience, Byline, SecondReading, Story, StoryLogEntry
from stories.moderators import moderators
from stories.recognising import look
from stories.staff import their_word, trusting, waiting
from stories.staff.forms import ApproveForm, AskForm, ReasonForm, TakeDownForm

SAFETY = ("whose_story", "consent", "consent_date", "review_date", "employer", "may_quote", "open_data", "content_note")
WHAT = {
    TaskState.STATUS_IN_PROGRESS: _("Sent"),
    TaskState.STATUS_APPROVED: _("Approved"),
    TaskState.STATUS_REJECTED: _("Asked for changes"),
    TaskState.STATUS_CANCELLED: _("Taken back by the teller"),
}
LOGGED = {
    "stories.take_down": _("Taken down"),
    "stories.read_after": _("Read, after it had gone live"),
    "stories.suggest": _("Other words suggested"),
    "stories.redact": _("Words taken out"),
    "stories.end_trust": _("Trust in its teller ended"),
    "stories.trust_again": _("Its teller trusted again"),
}
ENDED = _("Went back with the story when it was taken down")


@dataclass(frozen=True)
class Decision:
    """One line of the history. The teller's own doings carry no name."""

    what: str
    when: datetime
    who: str = ""
    reason: str = ""


def show(request, story, *, approve_form=None, reason_form=None, take_down_form=None, ask_form=None):
    """The review page of a story on the desk. Forms that were sent come back with what was typed."""
    waits = waiting.waiting_for(request.user).filter(pk=story.pk).first()
    revision = Revision.objects.filter(pk=waits.sent_id if waits else story.live_revision_id).first()
    version = revision.as_object() if revision else story
    context = {
        "story": story,
        "version": version,
        "waits": waits,
        "published": story.live and not story.hidden_at,
        "notes": waiting.notes(waits) if waits else [],
        "own": tells(request.user, story),
        **_second_reading(waits, revision, request.user),
        "kept_by_another": story.locked and story.locked_by_id != request.user.pk,
        "preview_url": snippet_url("revisions_view", story, revision.pk) if revision else None,
        "lock_url": snippet_url("unlock" if story.locked else "lock", story),
        "changes": _changes(request, story, version) if waits else [],
        "answers": _answers(story, version),
        "photos": story.photos.select_related("photo") if waits else story.photos.approved().select_related("photo"),
        "history": _history(story),
        "revision": revision,
        **trusting.beside(story, version, waits),
        "suggestions": story.suggestions.order_by("-suggested_at").select_related("suggested_by"),
        "questions": story.questions.in_order(),
        "ask_form": ask_form or AskForm(),
        "found": look(version),
        "approve_form": approve_form or ApproveForm(),
        "reason_form": reason_form or ReasonForm(),
        "take_down_form": take_down_form or TakeDownForm(auto_id="take_down_%s"),
        "breadcrumbs_items": _breadcrumbs(waits, version),
        "header_title": version.title,
        "header_icon": "edit",
    }
    return render(request, "stories/admin/review.html", context)


def _second_reading(waits, revision, moderator):
    """Whose yes has been said, and whether another one is needed. `alone`: nobody else here moderates."""
    if not waits:
        return {}
    two = waits.has_yes or SecondReading.is_needed(waits, revision)
    return {
        "needs_two": two,
        "said_yes": waits.yes_by == moderator.pk if waits.has_yes else False,
        "first_yes": User.objects.filter(pk=waits.yes_by).first() if waits.has_yes else None,
        "alone": two and not moderators().exclude(pk=moderator.pk).exists(),
    }


def snippet_url(name, story, *args):
    return reverse(Story.snippet_viewset.get_url_name(name), args=[story.pk, *args])


def _breadcrumbs(waits, version):
    way = ("queue", gettext("Moderation")) if waits else ("published", gettext("Published stories"))
    return [
        {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
        {"url": reverse(f"stories_staff:{way[0]}"), "label": way[1]},
        {"url": "", "label": version.title},
    ]


def _changes(request, story, version):
    """What differs from the live version, or from the one that changes were asked for; empty for a first version."""
    before = _version_before(story)
    if before is None:
        return []
    panel = Story.get_edit_handler().get_bound_panel(instance=version, request=request, form=None)
    found = [compare(before, version) for compare in panel.get_comparison()]
    return [change for change in found if change.has_changed()]


def _version_before(story):
    if story.live:
        return story
    asked = TaskState.objects.for_instance(story).filter(status=TaskState.STATUS_REJECTED).order_by("-pk").first()
    return asked.revision.as_object() if asked else None


def _answers(story, version):
    """The teller's answers about safety, in the words they chose from; what was not answered says so."""
    rows = [(version._meta.get_field(name).verbose_name, _words(version, name)) for name in SAFETY]
    role = version.byline_role
    byline = f"{Byline(story.byline).label} ({role})" if role else Byline(story.byline).label
    return [
        *rows,
        *their_word.rows(story),
        (gettext("How should we name you?"), byline),
        (gettext("Who can read it?"), Audience(story.audience).label),
    ]


def _words(version, name):
    value = getattr(version, name)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    shown = getattr(version, f"get_{name}_display", lambda: value)()
    return shown or gettext("Not answered")


def _history(story):
    """Every decision about the story and its reason, newest first."""
    states = TaskState.objects.for_instance(story).exclude(status=TaskState.STATUS_SKIPPED)
    states = states.select_related("finished_by", "task").order_by("-pk")
    told = [_decision(state) for state in states]
    done = StoryLogEntry.objects.for_instance(story).filter(action__in=LOGGED).select_related("user")
    told += [
        Decision(LOGGED[entry.action], entry.timestamp, entry.user_display_name, entry.data.get("reason", ""))
        for entry in done
    ]
    return sorted(told, key=lambda decision: decision.when, reverse=True)


def _decision(state):
    decided = state.status in {TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED}
    ended = state.status == TaskState.STATUS_CANCELLED and state.finished_by and state.finished_by.is_staff
    return Decision(
        what=ENDED if ended else WHAT.get(state.status, state.get_status_display()),
        when=state.finished_at or state.started_at,
        who=str(state.finished_by or gettext("Somebody")) if decided else "",
        reason=state.comment,
    )
