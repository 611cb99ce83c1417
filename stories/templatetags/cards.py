"""A story as lists show it."""

from django import template
from django.template.loader import get_template
from django.utils.html import format_html_join
from django.utils.translation import get_language

from design.drawn import kept_in
from design.templatetags.design import System

register = template.Library()
MOST_COUNTED = 8


@register.simple_tag
def story_card(story, level=""):
    """Made of nothing but what stands in its words, none of it different for another reader (docs/decisions/0073)."""
    return _card(get_language(), story, level or 3)


@register.simple_tag
def story_cards(stories, level=3):
    """The same of each story, as the items of a list: found one by one, asked for together."""
    language = get_language()
    return format_html_join("", "<li>{}</li>", ((_card(language, story, level),) for story in stories))


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
    return kept_in(get_language(), key, lambda: get_template("stories/_overview.html").render(given))


def _counted(words):
    """Texts, addresses and counts of the first few of these words."""
    return tuple((str(word), word.get_absolute_url(), count) for word, count in words[:MOST_COUNTED])


def _card(language, story, level):
    who, period, demo = story.byline_parts
    systems = tuple(System.of(boundary) for boundary in story.boundary_list)
    words = story.get_absolute_url(), story.title, story.summary, str(who), period, demo
    key = "story card", level, type(level), words, *map(type, words), systems
    return kept_in(language, key, lambda: _draw(level, words, systems))


def _draw(level, words, systems):
    address, title, summary, who, period, demo = words
    given = {"address": address, "title": title, "summary": summary, "who": who, "period": period, "demo": demo}
    return get_template("stories/_story_card_drawn.html").render({**given, "systems": systems, "level": level})
