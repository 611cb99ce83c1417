"""A member's stories for the copy of their data: every version, and what was said about them between the lines."""

from django.http import QueryDict
from django.utils.translation import gettext
from wagtail.models import Revision, TaskState

from members.models.photo import private_files
from members.privacy.telling import Cell, cells
from practices.models import Crossing
from stories.models import Follow, Story

# What is said about a story beside its words. `author` and the like are nobody's to read.
ABOUT = (
    *("created_at", "first_published_at", "last_published_at", "withdrawn_at", "hidden_at", "live", "slug"),
    *("place", "period_part", "period_year", "boundaries", "practices", "outcome", "lens", "evidence"),
    *("whose_story", "consent", "consent_date", "review_date", "employer", "byline", "byline_role", "audience"),
    *("coalition", "wanted_byline", "wanted_audience", "search_engines", "may_quote", "open_data", "responding"),
)
WORDS = (
    *("title", "summary", "noticed", "flex", "tried", "who_with", "happened"),
    *("shift_thinking", "shift_behaviour", "shift_ground", "nothing_shifted", "evidence_note", "why_it_matters"),
    *("surprise", "advice", "help_wanted", "content_note"),
)


def told_stories(copy):
    """All of those of which they are the author, with everything beside them that is theirs to read."""
    return [_story(story, copy) for story in Story.objects.filter(author=copy.member).order_by("created_at", "pk")]


def told_with_others(copy):
    """As they read it now; versions from before they came are the author's."""
    stories = Story.objects.told_by(copy.member).exclude(author=copy.member).order_by("created_at", "pk")
    return [[*cells(one.get_latest_revision_as_object(), WORDS, copy), *_photos(one, copy)] for one in stories]


def _story(story, copy):
    beside = {
        "versions": (
            gettext("Its versions"),
            [_version(one) for one in Revision.objects.for_instance(story).order_by("pk")],
        ),
        "moderators": (gettext("What moderators wrote to you about it"), _comments(story)),
        "questions": (
            gettext("Questions and answers while it waited"),
            [_said(one, copy) for one in story.questions.in_order()],
        ),
        "suggestions": (gettext("Other words that a moderator suggested"), _rows(story.suggestions, SUGGESTED, copy)),
        "staying": (gettext("Why words may stay"), _rows(story.staying_words, ["said_at", "why", "reason"], copy)),
        "invitations": (
            gettext("Whom you asked to write with you"),
            _rows(story.askings, ["created_at", "what", "email"], copy),
        ),
        "agreements": (
            gettext("Agreements that you wrote down"),
            _rows(story.agreements, ["recorded_at", "how"], copy),
        ),
        "asked_again": (
            gettext("When you were asked whether it may stay"),
            _rows(story.consent_askings, ["asked_at"], copy),
        ),
    }
    told = [Cell(name, label, rows) for name, (label, rows) in beside.items() if rows]
    return [*cells(story, [*WORDS, *ABOUT], copy), *_photos(story, copy), *told]


SUGGESTED = ["suggested_at", "field", "before", "after", "reason", "answered_at", "agreed"]


def _rows(manager, columns, copy):
    return [cells(one, columns, copy) for one in manager.order_by("pk")]


def _version(revision):
    """The words of one version under their questions; what stands in it as numbers stands with the story."""
    words = [(name, revision.content.get(name)) for name in WORDS]
    saved = Cell("saved_at", gettext("Saved"), revision.created_at)
    return [saved, *(Cell(name, str(Story._meta.get_field(name).verbose_name), said) for name, said in words if said)]


def _comments(story):
    """The reason that came with a decision, without who decided."""
    said = TaskState.objects.for_instance(story).exclude(comment="").order_by("pk")
    return [
        [
            Cell("at", gettext("When"), state.finished_at or ""),
            Cell("comment", gettext("What they wrote"), state.comment),
        ]
        for state in said
    ]


def _said(question, copy):
    who = gettext("You") if question.from_teller else gettext("A moderator")
    return [*cells(question, ["said_at"], copy), Cell("who", gettext("Who"), who), *cells(question, ["text"], copy)]


def _photos(story, copy):
    """The pictures go into the copy as files."""
    shown = []
    for one in story.photos.select_related("photo"):
        path = copy.attach(f"photos/{one.photo.name}.jpg", private_files(), one.photo.file.name)
        if path:
            shown.append(
                [Cell("file", gettext("Photo"), path), *cells(one, ["alt", "wanted_alt", "approved_at"], copy)]
            )
    return [Cell("photos", gettext("Its photos"), shown)] if shown else []


def topics_followed(copy):
    return [
        [Cell("what", gettext("What"), _topic(one, copy)), *cells(one, ["followed_at", "looked_at"], copy)]
        for one in Follow.objects.filter(member=copy.member).order_by("pk")
    ]


def _topic(follow, copy):
    if follow.story_id:
        return cells(follow, ["story"], copy)[0].value
    return str(Crossing.of(follow.a, follow.b)) if follow.a_id else " ".join(QueryDict(follow.query).values())
