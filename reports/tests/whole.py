"""A report with one of each block, and one with forty."""

import re
from functools import cache
from pathlib import Path
from random import Random

from django.conf import settings
from django.utils import timezone

from members.tests.factories import EditorFactory
from reports.tests.factories import PictureFactory, ReportFactory
from stories import actions
from stories.tests.factories import StoryFactory

TABLE = {
    "title": "Days of waiting",
    "cells_text": "Year|Before|After\n2023|12|7\n2024|1,100|3",
    "source": "Our count, 2024",
}
LIST = {"heading": "Newest", "boundary": "housing", "other": "", "practice": "", "outcome": "", "count": 3}


def picked(story, *, field="tried", words=None):
    words = words or getattr(story, field)
    return actions.quote(story, field=field, words=words, by=EditorFactory(), now=timezone.now())


def quotable(**fields):
    return StoryFactory(**{"live": True, "audience": "public", "may_quote": "yes", **fields})


def blocks(story):
    return [
        ("chapter", {"title": "What we heard"}),
        ("text", "<p>Most of it was waiting.[1] Then it was not.[2] Waiting again.[1]</p>"),
        ("picture", {"image": PictureFactory(), "caption": "The wall of notes."}),
        (
            "figure",
            {
                "number": "7 in 10",
                "what": "waited for a letter",
                "source": "A survey",
                "address": "https://example.org/s",
            },
        ),
        ("table", {**TABLE, "drawn": ""}),
        ("table", {**TABLE, "drawn": "bars", "unit": "days"}),
        ("table", {**TABLE, "drawn": "lines", "unit": "days"}),
        ("person", {"name": "Jo", "role": "Learning partner", "words": "Jo walked along."}),
        ("quote", {"words": "We rang them instead.", "who": "A housing officer"}),
        ("chapter", {"title": "What we heard"}),
        ("words", picked(story).key),
        ("story", story.slug),
        ("stories", LIST),
        ("crossing", {"first": "housing", "second": "mental-health"}),
        ("practice", {"practice": "rule-or-habit", "why": "It was a habit."}),
        ("action", {"heading": "Your turn", "text": "Two boxes.", "label": "Tell a story", "address": "/stories/new/"}),
        (
            "documents",
            {
                "heading": "To read on",
                "documents": [{"title": "The survey", "address": "https://example.org/s.pdf", "about": "PDF"}],
            },
        ),
    ]


NOTES = [("note", "<p>Asked of 40 teams.</p>"), ("note", "<p>See <a href='https://example.org/'>this</a>.</p>")]


def whole_report(story, **fields):
    """One of each block."""
    given = {"body": blocks(story), "notes": NOTES, "summary": "<p>It was a habit.</p>", "cover": PictureFactory()}
    return ReportFactory(**{**given, **fields})


def long_report():
    """Forty blocks of every kind, those that ask for something many times and each time for something else; as many
    words as a long report has."""
    stories = [quotable() for _ in range(6)]
    body = [("chapter", {"title": f"Chapter {number}"}) for number in range(4)]
    body += [("text", text_of(350, number)) for number in range(8)]
    body += [("story", story.slug) for story in stories[:4]]
    body += [("words", picked(story).key) for story in stories]
    body += [("stories", {**LIST, "count": count}) for count in range(1, 4)]
    body += [("picture", {"image": PictureFactory(), "caption": ""}) for _ in range(3)]
    body += [("practice", {"practice": "rule-or-habit", "why": ""})] * 2
    body += [("crossing", {"first": "housing", "second": "mental-health"})] * 2
    once = ("figure", "table", "person", "quote", "action", "documents")
    body += [block for block in blocks(stories[0]) if block[0] in once]
    assert len(body) == 40
    notes = [("note", text_of(25, number)) for number in range(20)]
    summary = text_of(120, 99)
    given = {"body": body, "notes": notes, "summary": summary, "cover": PictureFactory(), "series": "A conversation"}
    return ReportFactory(**given)


@cache
def vocabulary():
    """The words of a real report."""
    text = Path(settings.BASE_DIR, "systemschange/demo/report.toml").read_text()
    return sorted(set(re.findall(r"\b[a-z]{2,}\b", text)))


def text_of(count, seed):
    """Two paragraphs of so many words, not alike enough to be packed better than a text would be."""
    chance = Random(seed)
    said = [chance.choice(vocabulary()) for _ in range(count)]
    half = count // 2
    return f"<h3>{said[0]}</h3><p>{' '.join(said[:half])}[1]</p><p>{' '.join(said[half:])}.</p>"
