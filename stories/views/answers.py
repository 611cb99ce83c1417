"""A story as its teller's own list of answers: what is done, what is missing, where each can be changed."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.forms import SAFETY, SECTIONS
from stories.models import Story

REACH = ("byline", "audience")
ENOUGH = 1 + sum(not section.optional for section in SECTIONS)  # pages that a story needs before it is sent
NOT_STARTED = _("Not yet started")
MISSING_WORDS = {
    "shift_ground": _("What is different now, or that nothing has shifted yet"),
    "place": _("A region instead of a council area"),
    "their_word": _("The yes of the person whose story it is too"),
    "byline": _("How we should name you, without your employer’s word"),
}


def question(name):
    return str(Story._meta.get_field(name).verbose_name)


def shown(story, name):
    """One answer as a person reads it; empty when there is none."""
    if name in {"boundaries", "practices"}:
        return ", ".join(sorted(str(word) for word in getattr(story, name).all()))
    value = getattr(story, name)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    display = getattr(story, f"get_{name}_display", None)
    return str(display() if display else value or "")


def page_of(story, name):
    """The address where this answer can be changed."""
    if name == "title" or name == "summary":
        return reverse("stories:send", args=[story.slug])
    if name == "their_word":
        return reverse("stories:together", args=[story.slug])
    if name == "photos":
        return reverse("stories:photos", args=[story.slug])
    if name in REACH and story.live:
        return reverse("stories:reach", args=[story.slug])
    section = next((section for section in SECTIONS if name in section.names), SAFETY)
    return f"{address(story, section)}?then=check#id_{name}"


def address(story, section):
    if section is SAFETY:
        return reverse("stories:safety", args=[story.slug])
    return reverse("stories:write", args=[story.slug, section.slug])


def rows(story, names):
    """Check your answers: one row a question."""
    return [{"label": question(name), "value": shown(story, name), "change": page_of(story, name)} for name in names]


def groups(story, *, asked):
    """All rows, page by page, the public title first. What only the author changes has no link for who writes along."""
    parts = [(gettext("Title"), ("title", "summary"))]
    parts += [(section.title, section.names) for section in (*SECTIONS, SAFETY)]
    found = [(title, rows(story, names)) for title, names in parts]
    if asked.pk != story.author_id:
        for row in (*found[0][1], *found[-1][1]):
            row["change"] = ""
    return [*found, (gettext("Photos"), photo_rows(story))]


def photo_rows(story):
    """The photos by their words; one empty row where there is none."""
    change = page_of(story, "photos")
    told = [f"{photo.position}. {photo.newest_alt}" for photo in story.photos.all()]
    return [{"label": gettext("What can be seen"), "value": "\n".join(told), "change": change}]


def missing(story):
    """What sending still needs: pairs of words and the address where it is asked."""
    return [(MISSING_WORDS.get(name) or question(name), page_of(story, name)) for name in story.missing_to_send()]


def left_open(story):
    """What can come after a short story was sent: pairs of words and the address where it is asked."""
    names = story.left_open if story.practices.exists() else [*story.left_open, "practices"]
    return [(question(name), page_of(story, name)) for name in names]


def tasks(story, *, asked):
    """The draft as a task list for who asks: safety is between the author and the moderators."""
    lacking = set(story.missing_to_send())
    sections = (SAFETY, *SECTIONS) if asked.pk == story.author_id else SECTIONS
    return [*(task(story, section, lacking) for section in sections), photos_task(story)]


def photos_task(story):
    count = story.photos.count()
    done = bool(count) and not story.is_sensitive
    return {
        "title": gettext("Photos"),
        "href": page_of(story, "photos"),
        "hint": gettext("A story like this one is told without.")
        if story.is_sensitive
        else gettext("Up to two, if you have any."),
        "done": done,
        "status": gettext("Done")
        if done
        else gettext("Not shown to anybody")
        if count
        else ""
        if story.is_sensitive
        else NOT_STARTED,
        "kind": "note" if count else "plain",
    }


def task(story, section, lacking):
    lacks = lacking.intersection(section.names)
    given = [name for name in section.names if shown(story, name) not in {"", "No"}]
    if section is SAFETY:
        given = [name for name in given if name not in {*REACH, "may_quote"}]
    done = bool(given) and not lacks
    return {
        "title": section.title,
        "href": address(story, section),
        "hint": gettext("If you have a minute more.") if section.optional else "",
        "done": done,
        "status": gettext("Done") if done else gettext("Begun") if given else NOT_STARTED,
        "kind": "note" if given else "plain",
    }


def differences(section, form, current):
    """Where the answers typed into this form say something else than what is stored: a row for each such question."""
    typed = form.instance
    names = [name for name in section.names if name in form.fields]
    return [
        {"name": name, "label": question(name), "value": shown(current, name)}
        for name in names
        if shown(current, name) != shown(typed, name)
    ]
