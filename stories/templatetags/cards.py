"""A story as lists show it."""

from django import template
from django.template.loader import get_template

from design.drawn import in_a_list, kept
from design.templatetags.design import System
from practices.models import Crossing
from practices.pieces import keeper
from stories import on_cards

register = template.Library()
LISTS = "crossings", "practices", "places"
MOST_COUNTED = 8


@register.simple_tag
def story_card(story, level=""):
    """Made of nothing but what stands in its words, none of it different for another reader (docs/decisions/0073)."""
    return _card(keeper("story card", level or 3), story, level or 3)


@register.simple_tag
def story_cards(stories, level=3):
    """The same of each story, as the items of a list: found one by one, asked for together."""
    keep = keeper("story card", level)
    return in_a_list(_card(keep, story, level) for story in stories)


@register.simple_tag
def shown_together(overview, but, crossings_heading=""):
    """What the stories of a page show together, but for what the page is about; drawn once for the same counts."""
    if not overview.rows:
        return ""
    outcomes = overview.outcomes
    lists = {name: getattr(overview, name)[:MOST_COUNTED] for name in LISTS if name != but}
    said = tuple((name, tuple((*_said_of(word), count) for word, count in some)) for name, some in lists.items())
    row = tuple(count for _, count in outcomes), overview.newest, overview.has_more, crossings_heading, said

    def draw():
        rows = [{"label": outcome.label, "count": count} for outcome, count in outcomes]
        given = {"outcomes": rows, "note": overview.note, "crossings_heading": crossings_heading}
        counted = {
            name: [(str(word), word.get_absolute_url(), count) for word, count in some] for name, some in lists.items()
        }
        return get_template("stories/_overview.html").render({**given, **counted})

    return keeper("shown together")(row, draw)


def _said_of(word):
    """All that a crossing, a practice or a place is named and found by."""
    if isinstance(word, Crossing):
        return word.a.slug, word.a.name, word.b.slug, word.b.name
    return word.slug, word.name


def _card(keep, story, level):
    """Found by the row that it is made of, where it is such a row, else by its words."""
    row = on_cards.made_from(story)
    if row:
        return keep(row, lambda: _draw(level, *_said(story)))
    words, systems = _said(story)
    key = "words of a card", level, type(level), words, *map(type, words), systems
    return kept(key, lambda: _draw(level, words, systems))


def _said(story):
    who, period, demo = story.byline_parts
    systems = tuple(System.of(boundary) for boundary in story.boundary_list)
    return (story.get_absolute_url(), story.title, story.summary, str(who), period, demo), systems


def _draw(level, words, systems):
    address, title, summary, who, period, demo = words
    given = {"address": address, "title": title, "summary": summary, "who": who, "period": period, "demo": demo}
    return get_template("stories/_story_card_drawn.html").render({**given, "systems": systems, "level": level})
