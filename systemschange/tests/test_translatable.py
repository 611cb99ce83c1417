"""Every word that a template shows can be translated."""

import re

import pytest
from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
# Made of tags that have names only as they are rendered; and the gallery of parts, which only its makers read.
APART = ("allauth/elements/", "design/gallery", "design/forms/")
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
WHOLE = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}|<(script|style)\b.*?</\1>", re.S)
HTML = re.compile(r"<[^<>]*>", re.S)
SHOWN = re.compile(r'\b(?:alt|aria-label|title|placeholder)="([^"]*)"')
# Parts whose first words are read by people: `{% button _("Send") %}`.
PART = re.compile(
    r'{% (?:button|notice|status|panel|disclosure|empty_state|example) (?:title=|heading=|summary=)?"[^"]*[a-z]'
)
FILTER = re.compile(r'\|(?:pluralize|yesno):"[^"]*[A-Za-z]')
WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = {"Systems", "Change"}


def shown_raw(source):
    """The words of a template that stand outside `translate` and `blocktranslate`."""
    text = WHOLE.sub(" ", source)
    yield from PART.findall(text) + FILTER.findall(text)
    text = TAG.sub("\0", text)
    for tag in HTML.findall(text):
        for said in SHOWN.findall(tag):
            yield from WORD.findall(said)
    yield from WORD.findall(re.sub(r"&#?\w+;", " ", HTML.sub(" ", text)))


@pytest.mark.parametrize(
    "source",
    [
        "<p>Send it</p>",
        '<a href="/" aria-label="Home"></a>',
        '{% button "Send" kind="quiet" %}',
        "Hello {{ name }},",
        '{{ n|pluralize:"story,stories" }}',
    ],
)
def test_a_word_that_nobody_could_translate_is_found(source):
    assert list(shown_raw(source))


def test_every_word_of_a_template_can_be_translated():
    found = {}
    for path in sorted(p for p in TEMPLATES.rglob("*") if p.suffix in {".html", ".txt"}):
        name = str(path.relative_to(TEMPLATES))
        if not name.startswith(APART) and name not in {"robots.txt", "security.txt"}:
            words = [word for word in shown_raw(path.read_text()) if word not in NAMES]
            if words:
                found[name] = words
    assert found == {}


def test_no_part_is_handed_the_signs_around_its_words():
    """`_(")Show everybody")`, as a tool once wrote it, was shown as it stands."""
    broken = [path.name for path in TEMPLATES.rglob("*.html") if '_(")' in path.read_text()]
    assert broken == []
