"""The components as template tags: `{% load design %}`, shown with their calls on /design/."""

from typing import NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design import frame, languages
from design import written as words
from design.drawn import drawn
from design.icons import ICONS
from design.photos import Photo

register = template.Library()


class System(NamedTuple):
    """All that a component shows of a service, a part of one, or anything else that has a name and a family."""

    name: str
    family: str

    @classmethod
    def of(cls, system):
        return cls(str(system.name), str(system.family))


def component(name):
    return f"components/{name}.html"


@register.filter
def lowerfirst(text):
    """Housing -> housing, but NHS 111 stays as it is: for a name in the middle of a sentence."""
    text = str(text)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


@register.filter
def tame(text):
    """One line of a member's: nothing in it turns or covers what stands beside it."""
    return words.tame(text)


@register.filter
def written(text):
    """A long text of a member's: paragraphs, simple lists, links; any markup in it is shown as text."""
    return words.written(text)


@register.simple_tag
def icon(name, label=""):
    return drawn(component("icon"), drawing=ICONS[name], label=label)


@register.filter
def in_language(address):
    """An address that is written out, in the language of the page."""
    return languages.in_language(address)


@register.simple_tag
def page_language():
    return languages.tag()


@register.simple_tag(takes_context=True)
def languages_of(context):
    """This page in every language: (code, name, address); empty where there is but one, or the page is not there."""
    request = context.get("request")
    if request is None or request.method != "GET" or context.get("error_page"):
        return []
    return languages.others(request.path)


@register.simple_tag(takes_context=True)
def page_frame(context, part, start=""):
    """The header or the footer of every page."""
    return frame.part(component(f"frame/{part}"), context, start)


@register.simple_tag(takes_context=True)
def error_mark(context):
    """Before the title of a page whose form has to be looked at once more: heard first, seen in the tab."""
    form = context.get("form")
    return gettext("Error:") + " " if getattr(form, "errors", None) else ""


@register.simple_tag(takes_context=True)
def nav_link(context, href, text, css="", icon=""):
    """Marks the page itself, and the part of the site that it belongs to."""
    request, href = context.get("request"), languages.in_language(href)
    # Error pages mark nothing: what was refused and what is missing must look the same, byte for byte.
    path = request.path if request and not context.get("error_page") else ""
    here = "page" if path == href else "true" if path.startswith(href) else ""
    return drawn(component("nav_link"), href=href, text=text, here=here, css=css, icon=icon)


@register.simple_tag
def back_link(href, text=_("Back")):
    return drawn(component("back_link"), href=href, text=str(text))


@register.inclusion_tag(component("breadcrumbs"))
def breadcrumbs(trail):
    """The way here: pairs of text and address, without the page itself."""
    return {"trail": trail}


@register.simple_tag
def crossing(systems, href="", size=""):
    """One, two or more things with a `name` and a `family`, meeting at a seam."""
    systems = tuple(System.of(system) for system in systems)
    given = {"systems": systems, "href": href, "size": size, "last": len(systems) - 1, "inside": len(systems) == 1}
    return drawn(component("crossing"), **given)


@register.simple_tag
def tag(system, href=""):
    return drawn(component("tag"), system=System.of(system), href=href)


@register.simple_tag
def button(text, kind="primary", href="", name="", value="", form="", icon="", id="", type="submit", small=False):
    """A link where `href` is given, else a button of a form; kinds: primary, quiet, danger, link."""
    return drawn(
        component("button"),
        text=text,
        kind=kind,
        href=href,
        name=name,
        value=value,
        form=form,
        icon=icon,
        id=id,
        type=type,
        small=small,
    )


@register.inclusion_tag(component("card"))
def card(title, href, summary="", systems=(), meta="", status="", level=3):
    return {
        "title": title,
        "href": href,
        "summary": summary,
        "systems": systems,
        "meta": meta,
        "status": status,
        "level": level,
    }


@register.simple_tag
def person_card(name, href, role="", place="", systems=(), wants=(), practices=(), level=3):
    """Someone in the directory: `systems` they work in, `wants` they would like to cross to, `practices` they use."""
    return drawn(
        component("person_card"),
        name=str(name),
        href=href,
        role=str(role or ""),
        place=str(place or ""),
        systems=tuple(System.of(system) for system in systems),
        wants=tuple(System.of(system) for system in wants),
        practices=tuple(str(practice) for practice in practices),
        level=level,
    )


@register.inclusion_tag(component("chips"))
def chips(chosen, label=_("Chosen filters")):
    """Chosen filters: pairs of text and the address without that filter."""
    return {"chosen": chosen, "label": label}


@register.simple_tag
def status(text, kind="note", icon=""):
    """Kinds: note, ok, error, plain."""
    return drawn(component("status"), text=text if isinstance(text, str) else str(text), kind=kind, icon=icon)


@register.simple_tag
def meta(*parts):
    """One quiet line: the parts that have something to say, with dots between."""
    return drawn(component("meta"), parts=tuple(part if isinstance(part, str) else str(part) for part in parts if part))


@register.simple_tag
def fields(some):
    """The fields of a form one below the other; drawn once for the same choices and answers. Not for a member's words
    or anything else that differs with every visitor."""
    return mark_safe("".join(frame.field(field) for field in some))  # noqa: S308 (each a template's)


@register.simple_tag
def words_field(field):
    """A field for a visitor's own words."""
    return frame.words_field(field)


@register.inclusion_tag(component("messages"))
def messages(messages):
    return {"messages": messages}


def first_control(field):
    """The id that a link to the field must lead to: of radios and tick boxes, the first."""
    return field.id_for_label or field.subwidgets[0].id_for_label


@register.inclusion_tag(component("error_summary"))
def error_summary(form):
    """For pages that place their fields one by one; `{{ form }}` already brings its own."""
    errors = [(error, "") for error in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else first_control(field)
        errors += [(error, target) for error in field.errors]
    return {"form": form, "errors": errors}


@register.inclusion_tag(component("empty_state"))
def empty_state(title, text="", href="", action="", level=2):
    return {"title": title, "text": text, "href": href, "action": action, "level": level}


@register.inclusion_tag(component("task_list"))
def task_list(tasks):
    """Each task a dict: title, href, status, and where useful hint, done."""
    return {"tasks": tasks}


@register.inclusion_tag(component("summary_list"))
def summary_list(rows):
    """Check your answers; each row a dict: label, value, and where it can be changed `change`."""
    return {"rows": rows}


@register.inclusion_tag(component("shifts"))
def shifts(rows):
    """What is different now; each row a dict: label, text, and where known note."""
    return {"rows": rows}


@register.inclusion_tag(component("steps"))
def steps(number, total):
    return {"number": number, "total": total}


@register.inclusion_tag(component("progress"))
def progress(label, value, total):
    return {"label": label, "value": value, "total": total}


@register.inclusion_tag(component("pagination"))
def pagination(newer="", older="", label=_("Pages"), newer_text=_("Newer"), older_text=_("Older")):
    """Keyset pages: the addresses of what is newer and what is older, each empty at its end."""
    return {"newer": newer, "older": older, "label": label, "newer_text": newer_text, "older_text": older_text}


@register.inclusion_tag(component("search_box"))
def search_box(action, label, name="q", value="", text=_("Search"), kind="primary"):
    return {"action": action, "label": label, "name": name, "value": value, "text": text, "kind": kind}


@register.simple_tag
def quick_exit():
    return drawn(component("quick_exit"))


@register.inclusion_tag(component("figure_table"))
def figure_table(caption, rows, id, unit=_("Stories"), note="", csv=""):
    """A table with bars; each row a dict: label, count, and where it belongs to one, family.

    `id` must be unlike any other figure's on the page: the hatches are named after it.
    """
    rows = [dict(row) for row in rows]
    most = max((row["count"] for row in rows), default=0) or 1
    for row in rows:
        row["width"] = f"{100 * row['count'] / most:.4g}%"
    families = sorted({row["family"] for row in rows if row.get("family")})
    return {"caption": caption, "rows": rows, "id": id, "unit": unit, "note": note, "csv": csv, "families": families}


@register.inclusion_tag(component("figure_photo"))
def figure_photo(src, alt, width, height):
    """A photo at the width of the text; `width` and `height` are those of the file, so that nothing jumps."""
    return {"photo": Photo(src, alt, width, height)}


@register.inclusion_tag(component("figure_photo"))
def figure_picture(photo, first=False):
    """The same of a `design.photos.Photo` in several formats; `first`: what readers see before they scroll."""
    return {"photo": photo, "first": first}


@register.simple_block_tag
def notice(content, title="", kind="note", level=2):
    """Kinds: note, plain, ok, error."""
    return render_to_string(component("notice"), {"content": content, "title": title, "kind": kind, "level": level})


@register.simple_block_tag
def panel(content, title="", level=2):
    return render_to_string(component("panel"), {"content": content, "title": title, "level": level})


@register.simple_block_tag
def disclosure(content, summary, open=False):
    return render_to_string(component("disclosure"), {"content": content, "summary": summary, "open": open})


@register.simple_block_tag
def filters(content, summary=_("Narrow this list")):
    """Folded on phones; a column beside the list from 60 rem, where the script opens it."""
    return render_to_string(component("filters"), {"content": content, "summary": summary})


@register.simple_block_tag
def fieldset(content, legend, hint="", id=""):
    return render_to_string(component("fieldset"), {"content": content, "legend": legend, "hint": hint, "id": id})


@register.simple_block_tag
def pull_quote(content, source=""):
    return render_to_string(component("pull_quote"), {"content": content, "source": source})
