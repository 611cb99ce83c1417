"""The parts of a page that are alike for many visits: its header, its footer, and the filters beside a list."""

import re
from copy import copy
from types import SimpleNamespace

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString

from design import near
from design.drawn import kept, told_apart
from design.forms import Choices, frozen

LINK = re.compile(r'href="(/[^"]*)"')
WITHIN = "\0"  # no address holds it: "somewhere below"
GAP = "gap-for-a-visitors-words"


def part(template, context, start):
    """Header and footer differ with the site's words, with being signed in, and with which of their links lead here."""
    request, said, user = (context.get(name) for name in ("request", "site_words", "user"))
    # Error pages mark nothing (`nav_link` says why).
    path = request.path if request and not context.get("error_page") else ""
    signed_in = bool(user and user.is_authenticated)
    site_name, contact = context.get("site_name", ""), str(context.get("contact_email") or "")

    def draw(path):
        given = {"site_name": site_name, "site_words": said, "contact_email": contact, "start": start}
        given["user"] = {"is_authenticated": signed_in}
        return render_to_string(template, {**given, "request": SimpleNamespace(path=path)})

    if said is None or isinstance(said, dict):
        return draw(path)
    words = [getattr(said, name, None) for name in ("strapline", "main_menu", "foot_menu")]
    how = "frame", template, signed_in, site_name, contact, start

    def key_and_links():
        spoken = told_apart(_spoken(tuple(words)))
        return (*how, spoken), LINK.findall(draw(""))

    key, links = near.derived(how, *words, make=key_and_links)
    here = _here(path, links)
    return kept((key, here), lambda: draw(here))


def _spoken(words):
    """In the language of the page, looked up once: what waits for its language does so each time that it is asked."""
    if isinstance(words, tuple):
        return tuple(_spoken(one) for one in words)
    return str(words) if isinstance(words, Promise) else words


def _here(path, links):
    """The same marks as this path has, said with one of the links, so that few pages are drawn for many addresses."""
    if path in links:
        return path
    around = [link for link in links if path.startswith(link) and link != "/"]
    return max(around, key=len) + WITHIN if around else ""


def field(bound):
    """A form's field with its label and hint, drawn once for the same choices and answer."""
    choices = getattr(bound.field, "choices", ())
    answer = bound.value()
    key = (
        *("field", type(bound.form), bound.html_name, bound.auto_id, bound.label, bound.help_text),
        tuple(answer) if isinstance(answer, list) else answer,
        tuple(bound.errors),
        choices.frozen if isinstance(choices, Choices) else frozen(choices),
    )
    return kept(key, bound.as_field_group)


def words_field(bound):
    """A field for a visitor's own words, which are not kept: drawn once with a gap where they stand."""
    words = bound.value()
    if bound.errors or not isinstance(words or "", str):
        return bound.as_field_group()
    if not words:
        return field(bound)
    around = copy(bound)
    around.value = lambda: GAP
    return SafeString(field(around).replace(GAP, escape(words)))
