"""The pieces of a letter: one thing in both bodies, rendered, with its CSS inlined, and encoded."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import connection
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from digests.encoding import quoted
from members import kinds
from members.outbox import inliner
from networks.models import Gathering, RuleQuestion
from reports.models import ReportPage
from stories.models import FollowUp, Story

log = logging.getLogger(__name__)
LASTS = timedelta(minutes=1)
FOLDER = "digests/email/items"


@dataclass(frozen=True)
class Piece:
    html: bytes
    text: bytes


# --- Rendering --------------------------------------------------------------------------------------------------------


def piece(template, context):
    html = get_template(f"{FOLDER}/{template}.html").render(context)
    return Piece(
        quoted(inliner.inline_fragment(html, styles())), quoted(plain(f"{FOLDER}/{template}.txt", context).lstrip("\n"))
    )


def page(template, context):
    return inliner.inline(get_template(template).render(context))


def plain(template, context):
    """Text is not HTML: an apostrophe stays one."""
    return get_template(template).template.render(Context(context, autoescape=False))


@cache
def styles():
    return get_template("digests/email/letter.css").render()


# --- What anybody's letter may hold: read from the database, by key ---------------------------------------------------


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
        "boundaries": story.boundary_list,
        "across": f"Inside {names}" if len(story.boundary_list) == 1 else names,
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


def introduced(count):
    who = "Somebody" if count == 1 else f"{count} people"
    return {
        "words": f"{who} would like to be introduced to you",
        "url": settings.SITE_URL + reverse("introductions:list"),
    }


def kept_back(lines):
    """A line a group, each with its page; never what the mails say."""
    groups = [(kinds.BY_SLUG[slug], count) for slug, count in lines]
    return {
        "lines": [
            {
                "words": group.one if count == 1 else group.many.format(count=count),
                "url": settings.SITE_URL + reverse(group.page),
            }
            for group, count in groups
        ]
    }


def without_words(count):
    things = "One thing waits" if count == 1 else f"{count} things wait"
    return {"words": f"{things} for you in this week’s letter.", "url": settings.SITE_URL + reverse("digests:last")}


OWN = {"heading": heading, "introduction": introduced, "waiting": kept_back, "content_free": without_words}


# --- Kept while an issue goes -----------------------------------------------------------------------------------------


class Kept:
    """Cards by kind, key and reason. A story's goes with any change of the story: its row tells that in one number."""

    def __init__(self):
        self._cards, self._rendered, self._named, self._versions = {}, {}, set(), {}
        self._looked_at = None

    def load(self, items, *, now=None):
        """Read what is not here yet, each kind in a fixed number of questions."""
        self._forget_changed(now or timezone.now())
        missing = {}
        for item in items:
            if (item["kind"], item["id"]) not in self._rendered and item["kind"] in READ:
                missing.setdefault(item["kind"], set()).add(item["id"])
        if "story" in missing:
            self._versions.update(versions_of(missing["story"]))
        for kind, keys in missing.items():
            self._rendered.update({(kind, key): None for key in keys})
            for row, told_as in READ[kind](keys):
                self._rendered[kind, row.pk] = self._context(kind, row, told_as)

    def _context(self, kind, row, told_as):
        """None where it cannot be shown: one bad row must not hold up everybody's letter. No word of it is logged."""
        try:
            context = told_as(row)
            piece(kind, context)
        except Exception as error:
            log.error("%s %s is left out of letters: %s", kind, row.pk, type(error).__name__)
            return None
        if kind == "story" and not row.is_unnamed and not row.is_retold:
            self._named.add(row.pk)
        return context

    def get(self, item):
        """The card of an item that was loaded; None where it cannot be shown."""
        name = (item["kind"], item["id"], item["why"])
        if name not in self._cards:
            context = self._rendered[item["kind"], item["id"]]
            self._cards[name] = context and piece(item["kind"], {**context, "why": item["why"]})
        return self._cards[name]

    def is_named(self, story):
        return story in self._named

    def _forget_changed(self, now):
        if self._looked_at and now - self._looked_at < LASTS:
            return
        self._looked_at = now
        if not self._versions:
            return
        current = versions_of(self._versions)
        for key in [key for key, version in self._versions.items() if current.get(key) != version]:
            del self._versions[key]
            self._named.discard(key)
            self._rendered.pop(("story", key), None)
            self._cards = {name: card for name, card in self._cards.items() if name[:2] != ("story", key)}


def versions_of(keys):
    """Any change of a story's row is another number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, xmin::text FROM stories_story WHERE id = ANY(%s)", [list(keys)])
        return dict(cursor.fetchall())
