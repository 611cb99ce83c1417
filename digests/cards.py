"""The pieces of a letter: one thing in both bodies, rendered, with its CSS inlined, and encoded."""

import logging
import re
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from digests.encoding import quoted
from members import kinds
from members.outbox import inliner
from networks.models import Gathering, RuleQuestion
from reports.models import ReportPage
from stories.models import FollowUp, Story

log = logging.getLogger(__name__)
LASTS = timedelta(minutes=1)
FOLDER = "digests/email/items"
MOST_FORMS = 2000


@dataclass(frozen=True)
class Piece:
    """Encoded, in both bodies. `why` stands between the two halves of each, where a card has room for it."""

    html: tuple
    text: tuple
    joined: dict = field(default_factory=dict, compare=False)

    def joined_with(self, words, why):
        """(text, page) with these words, of which `why` is the piece; joined once for all who are told the same."""
        if words not in self.joined:
            self.joined[words] = tuple(b"".join((body[0], reason[0], body[1])) for body, reason in self._bodies(why))
        return self.joined[words]

    def _bodies(self, why):
        return (self.text, why.text), (self.html, why.html)


# --- Rendering --------------------------------------------------------------------------------------------------------


def piece(template, context):
    """From a template of its own rendering; for the few that many letters share."""
    return Piece(
        (quoted(inlined(template, context)), b""),
        (quoted(plain(f"{FOLDER}/{template}.txt", context).lstrip("\n")), b""),
    )


def inlined(template, context):
    return inliner.inline_fragment(get_template(f"{FOLDER}/{template}.html").render(context), styles())


def page(template, context):
    return inliner.inline(get_template(template).render(context))


def plain(template, context):
    """Text is not HTML: an apostrophe stays one."""
    return get_template(template).template.render(Context(context, autoescape=False))


MARK = re.compile(r"qx7(\w+?)7xq")


class Form:
    """A template rendered once for all cards of one shape in one language, with marks in place of their words: filling
    it in is a join. Of the same shape are those that leave the same words empty and cross the same boundaries."""

    made = {}

    def __init__(self, template, words, fixed):
        context = {**{name: f"qx7{name}7xq" for name in [*words, "why"]}, **fixed}
        self.html = self._cut(inlined(template, context))
        self.text = self._cut(plain(f"{FOLDER}/{template}.txt", context))

    @staticmethod
    def _cut(rendered):
        """Encoded text and names of words, in turns."""
        parts = MARK.split(rendered)
        return [part if index % 2 else quoted(part, joined=True) for index, part in enumerate(parts[:-1])] + [
            quoted(parts[-1])
        ]

    @classmethod
    def of(cls, template, context):
        """`context`: words, and what else the template needs, which can be hashed."""
        words = tuple(name for name, value in context.items() if value and isinstance(value, str))
        fixed = tuple((name, value) for name, value in context.items() if not isinstance(value, str))
        shape = (get_language(), template, words, fixed)
        if shape not in cls.made:
            if len(cls.made) > MOST_FORMS:
                cls.made.clear()
            cls.made[shape] = cls(template, words, dict(fixed))
        return cls.made[shape]

    def filled(self, context):
        return Piece(self._filled(self.html, context, escape), self._filled(self.text, context, str))

    @staticmethod
    def _filled(parts, context, escaped):
        halves = ([], [])
        half = 0
        for index, part in enumerate(parts):
            if index % 2 and part == "why":
                half = 1
            else:
                halves[half].append(quoted(escaped(context[part]), joined=True) if index % 2 else part)
        return tuple(map(b"".join, halves))


@cache
def styles():
    return get_template("digests/email/letter.css").render()


# --- What anybody's letter may hold: read from the database, by key ---------------------------------------------------


class Half(NamedTuple):
    """A boundary as a crossing shows it."""

    name: str
    family: str


def stories(keys):
    for story in Story.objects.published().beyond_one_group().filter(pk__in=keys).for_listing():
        yield story, told


def told(story):
    """A story as the letter shows it; who told it comes from the story alone."""
    names = " / ".join(boundary.name for boundary in story.boundary_list)
    return {
        "title": story.title,
        "summary": story.summary,
        "url": settings.SITE_URL + story.get_absolute_url(),
        "boundaries": tuple(Half(boundary.name, boundary.family) for boundary in story.boundary_list),
        "across": gettext("Inside %(names)s") % {"names": names} if len(story.boundary_list) == 1 else names,
        "byline": " · ".join(part for part in story.byline_parts if part),
    }


def follow_ups(keys):
    within = Story.objects.published().beyond_one_group()
    added = FollowUp.objects.live().filter(pk__in=keys, story__in=within.values("pk")).for_listing()
    for follow_up in added.prefetch_related("story__tagged_boundaries__tag"):
        yield follow_up, news_of


def news_of(follow_up):
    return {
        "title": follow_up.story.title,
        "now": follow_up.now_line,
        "url": settings.SITE_URL + follow_up.get_absolute_url(),
    }


def reports(keys):
    for report in ReportPage.objects.live().filter(pk__in=keys):
        yield report, reported


def reported(report):
    return {"title": report.title, "introduction": report.introduction, "url": settings.SITE_URL + report.url}


def gatherings(keys):
    soon = Gathering.objects.filter(pk__in=keys, called_off_at=None).select_related("coalition")
    for gathering in soon.prefetch_related("coalition__boundaries"):
        yield gathering, gathered


def gathered(gathering):
    """Where others could look over a shoulder it has no title."""
    return {
        "name": gathering.name_outside(),
        "when": gathering.when,
        "url": settings.SITE_URL + gathering.get_absolute_url(),
    }


def questions(keys):
    for question in RuleQuestion.objects.live().filter(pk__in=keys):
        yield question, asked


def asked(question):
    return {"words": question.gist, "url": settings.SITE_URL + question.get_absolute_url()}


READ = {"story": stories, "follow_up": follow_ups, "report": reports, "gathering": gatherings, "rule": questions}


# --- What is said of other things: no more than a line and a link -----------------------------------------------------


def heading(words):
    return {"words": words}


# Why a story comes is kept as it was chosen (`ranking.Interests.why`), and said here in the language of the letter.
FOLLOWS = ", which you follow"
REASONS = {
    "Chosen by the team": _("Chosen by the team"),
    "From a search that you follow": _("From a search that you follow"),
    "From your service to one that you would cross to": _("From your service to one that you would cross to"),
    "From near you": _("From near you"),
    "Its teller would like help": _("Its teller would like help"),
}


def reason(kept):
    crossing = kept.removesuffix(FOLLOWS)
    if crossing != kept:
        return {"words": gettext("%(crossing)s, which you follow") % {"crossing": crossing}}
    return {"words": str(REASONS.get(kept, kept))}


def introduced(count):
    who = ngettext("Somebody", "%(count)s people", count) % {"count": count}
    return {
        "words": gettext("%(who)s would like to be introduced to you") % {"who": who},
        "url": settings.SITE_URL + reverse("introductions:list"),
    }


def kept_back(lines):
    """A line a group, each with its page; never what the mails say."""
    groups = [(kinds.BY_SLUG[slug], count) for slug, count in lines]
    return {
        "lines": [
            {
                "words": str(group.one) if count == 1 else group.many.format(count=count),
                "url": settings.SITE_URL + reverse(group.page),
            }
            for group, count in groups
        ]
    }


def without_words(about):
    count, week = about
    things = ngettext("One thing waits", "%(count)s things wait", count) % {"count": count}
    return {
        "words": gettext("%(things)s for you in this week’s letter.") % {"things": things},
        "url": settings.SITE_URL + reverse("digests:archived", args=[week]),
    }


OWN = {
    "heading": heading,
    "why": reason,
    "introduction": introduced,
    "waiting": kept_back,
    "content_free": without_words,
}
