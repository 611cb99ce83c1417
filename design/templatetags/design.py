"""The components as template tags: `{% load design %}`, shown with their calls on /design/."""

from django import template
from django.template.loader import render_to_string

from design import written as words
from design.icons import ICONS

register = template.Library()


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


@register.inclusion_tag(component("icon"))
def icon(name, label=""):
    return {"drawing": ICONS[name], "label": label}


@register.inclusion_tag(component("nav_link"), takes_context=True)
def nav_link(context, href, text, css="", icon=""):
    """Marks the page itself, and the part of the site that it belongs to."""
    request = context.get("request")
    # Error pages mark nothing: what was refused and what is missing must look the same, byte for byte.
    path = request.path if request and not context.get("error_page") else ""
    here = "page" if path == href else "true" if path.startswith(href) else ""
    return {"href": href, "text": text, "here": here, "css": css, "icon": icon}


@register.inclusion_tag(component("back_link"))
def back_link(href, text="Back"):
    return {"href": href, "text": text}


@register.inclusion_tag(component("breadcrumbs"))
def breadcrumbs(trail):
    """The way here: pairs of text and address, without the page itself."""
    return {"trail": trail}


@register.inclusion_tag(component("crossing"))
def crossing(systems, href="", size=""):
    """One, two or more things with a `name` and a `family`, meeting at a seam."""
    systems = list(systems)
    return {"systems": systems, "href": href, "size": size, "last": len(systems) - 1, "inside": len(systems) == 1}


@register.inclusion_tag(component("tag"))
def tag(system, href=""):
    return {"system": system, "href": href}


@register.inclusion_tag(component("button"))
def button(text, kind="primary", href="", name="", value="", form="", icon="", id="", type="submit", small=False):
    """A link where `href` is given, else a button of a form; kinds: primary, quiet, danger, link."""
    return {
        "text": text,
        "kind": kind,
        "href": href,
        "name": name,
        "value": value,
        "form": form,
        "icon": icon,
        "id": id,
        "type": type,
        "small": small,
    }


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


@register.inclusion_tag(component("person_card"))
def person_card(name, href, role="", place="", systems=(), wants=(), practices=(), level=3):
    """Someone in the directory: `systems` they work in, `wants` they would like to cross to, `practices` they use."""
    return {
        "name": name,
        "href": href,
        "role": role,
        "place": place,
        "systems": systems,
        "wants": wants,
        "practices": practices,
        "level": level,
    }


@register.inclusion_tag(component("chips"))
def chips(chosen, label="Chosen filters"):
    """Chosen filters: pairs of text and the address without that filter."""
    return {"chosen": chosen, "label": label}


@register.inclusion_tag(component("status"))
def status(text, kind="note", icon=""):
    """Kinds: note, ok, error, plain."""
    return {"text": text, "kind": kind, "icon": icon}


@register.inclusion_tag(component("meta"))
def meta(*parts):
    """One quiet line: the parts that have something to say, with dots between."""
    return {"parts": [part for part in parts if part]}


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
def pagination(newer="", older="", label="Pages", newer_text="Newer", older_text="Older"):
    """Keyset pages: the addresses of what is newer and what is older, each empty at its end."""
    return {"newer": newer, "older": older, "label": label, "newer_text": newer_text, "older_text": older_text}


@register.inclusion_tag(component("search_box"))
def search_box(action, label, name="q", value="", text="Search", kind="primary"):
    return {"action": action, "label": label, "name": name, "value": value, "text": text, "kind": kind}


@register.inclusion_tag(component("quick_exit"))
def quick_exit():
    return {}


@register.inclusion_tag(component("figure_table"))
def figure_table(caption, rows, id, unit="Stories", note="", csv=""):
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
    return {"src": src, "alt": alt, "width": width, "height": height}


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
def filters(content, summary="Narrow this list"):
    """Folded on phones; a column beside the list from 60 rem, where the script opens it."""
    return render_to_string(component("filters"), {"content": content, "summary": summary})


@register.simple_block_tag
def fieldset(content, legend, hint="", id=""):
    return render_to_string(component("fieldset"), {"content": content, "legend": legend, "hint": hint, "id": id})


@register.simple_block_tag
def pull_quote(content, source=""):
    return render_to_string(component("pull_quote"), {"content": content, "source": source})
