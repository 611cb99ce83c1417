"""What a page says of itself to machines, as schema.org words it: `{% linked_data facts %}`."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()
# Nothing in a text may end the element that it stands in.
HARMLESS = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def linked_data(facts):
    """A block of data, which no browser runs; empty facts are left out, and no facts at all write nothing."""
    said = {name: value for name, value in (facts or {}).items() if value}
    if not said:
        return ""
    text = json.dumps({"@context": "https://schema.org", **said}, ensure_ascii=False).translate(HARMLESS)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (made harmless)
