"""A story as lists show it."""

from django import template

from design.drawn import drawn
from design.templatetags.design import System

register = template.Library()


@register.simple_tag
def story_card(story, level=""):
    """Made of nothing but what stands here, none of it different for another reader (docs/decisions/0073)."""
    who, period, demo = story.byline_parts
    return drawn(
        "stories/_story_card_drawn.html",
        systems=tuple(System.of(boundary) for boundary in story.boundary_list),
        address=story.get_absolute_url(),
        title=story.title,
        summary=story.summary,
        who=who,
        period=period,
        demo=demo,
        level=level or 3,
    )
