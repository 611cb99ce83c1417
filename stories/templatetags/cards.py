"""A story as lists show it."""

from django import template
from django.template.loader import get_template

from design.drawn import in_a_list, kept
from design.templatetags.design import System
from practices.pieces import keeper
from stories import on_cards

register = template.Library()
MOST_COUNTED = 8


@register.simple_tag
def story_card(story, level=""):
    """Made of nothing but what stands in its words, none of it different for another reader (docs/decisions/0073)."""
    return _card(_keeper(level or 3), story, level or 3)


@register.simple_tag
def story_cards(stories, level=3):
    """The same of each story, as the items of a list: found one by one, asked for together."""
    keep = _keeper(level)
    return in_a_list(_card(keep, story, level) for story in stories)


@register.simple_tag
def shown_together(overview, but, crossings_heading=""):
    """What the stories of a page show together, but for what the page is about; drawn once for the same counts."""
    if not overview.rows:
        return ""
    outcomes = tuple((str(row["label"]), row["count"]) for row in overview.outcomes)
    lists = {name: _counted(getattr(overview, name)) for name in ("crossings", "practices", "places") if name != but}
    key = "shown together", outcomes, overview.note, crossings_heading, tuple(lists.items())
    rows = [{"label": label, "count": count} for label, count in outcomes]
    given = {"outcomes": rows, "note": overview.note, "crossings_heading": crossings_heading, **lists}
    return kept(key, lambda: get_template("stories/_overview.html").render(given))


def _counted(words):
    """Texts, addresses and counts of the first few of these words."""
    return tuple((str(word), word.get_absolute_url(), count) for word, count in words[:MOST_COUNTED])


def _keeper(level):
    return keeper("story card", level, shared=on_cards.shared())


def _card(keep, story, level):
    columns = on_cards.made_from(story)
    return keep(columns, lambda: _said(story, level)) if columns else _said(story, level)


def _said(story, level):
    """The same found by its words."""
    who, period, demo = story.byline_parts
    systems = tuple(System.of(boundary) for boundary in story.boundary_list)
    said = story.get_absolute_url(), story.title, story.summary, str(who), period, demo
    key = "words of a card", level, type(level), said, *map(type, said), systems
    return kept(key, lambda: _draw(level, said, systems))


def _draw(level, said, systems):
    address, title, summary, who, period, demo = said
    given = {"address": address, "title": title, "summary": summary, "who": who, "period": period, "demo": demo}
    return get_template("stories/_story_card_drawn.html").render({**given, "systems": systems, "level": level})
