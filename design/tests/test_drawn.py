"""HTML that follows from its words alone: kept for these words, and for no others."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from design import drawn, near

MENU = (("Stories", "/stories/"), ("People", "/people/"))
SAID = SimpleNamespace(strapline="What changed.", main_menu=MENU, foot_menu=MENU)


@pytest.fixture(autouse=True)
def nothing_kept():
    drawn.forget()
    yield
    drawn.forget()


def draw(text, **given):
    return Template("{% load design %}" + text).render(Context(given))


def test_what_is_kept_is_found_by_all_of_its_words_and_their_kind():
    calls = []

    def kept(*words):
        return drawn.kept(drawn.told_apart(words), lambda: calls.append(words) or f"{len(calls)}")

    assert [kept("a"), kept("a"), kept("b")] == ["1", "1", "2"]
    assert [kept(1), kept(True), kept("1")] == ["3", "4", "5"]
    assert kept("a", ("b",)) != kept("a", "b")


def test_a_safe_text_never_stands_in_for_the_same_text_that_is_not():
    assert "<b>" in draw("{% meta one %}", one=mark_safe("<b>bold</b>"))
    assert "<b>" not in draw("{% meta one %}", one="<b>bold</b>")


def test_no_more_is_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(drawn, "MOST", 3)
    for number in range(9):
        drawn.kept(("number", number), lambda number=number: str(number))
    assert len(drawn._kept) == 3
    drawn.kept(("long",), lambda: "x" * (drawn.LONGEST + 1))
    assert ("long",) not in drawn._kept


@pytest.mark.parametrize("path", ["/", "/stories/", "/stories/a-key/", "/people/", "/nowhere/", "/about/safety/"])
@pytest.mark.parametrize("part", ["header", "footer"])
def test_header_and_footer_are_those_that_would_be_drawn_for_this_address(path, part):
    given = {"request": RequestFactory().get(path), "site_name": "S", "site_words": SAID, "user": None}
    plain = Template('{% include "components/frame/' + part + '.html" %}').render(Context(given)).strip()
    for _ in range(2):
        assert draw(f'{{% page_frame "{part}" %}}', **given).strip() == plain


def test_what_is_near_is_forgotten_by_whoever_changes_it(settings):
    settings.NEAR_SECONDS = 60
    near.delete("test:near")
    assert near.get_or_set("test:near", lambda: [1], 60) == [1]
    assert near.get_or_set("test:near", lambda: [2], 60) == [1]
    near.delete("test:near")
    assert near.get_or_set("test:near", lambda: [2], 60) == [2]
    near.delete("test:near")


def test_what_was_drawn_in_one_language_is_not_shown_in_another():
    """Staff choose theirs for the admin, and Django itself translates "and"."""
    two = ({"name": "Housing", "family": "home"}, {"name": "Police", "family": "justice"})
    given = {"systems": two, "href": "", "size": "", "last": 1, "inside": False}

    def draw():
        return get_template("components/crossing.html").render(given)

    with translation.override("de"):
        assert " und " in drawn.kept("a crossing", draw)
    assert " und " not in drawn.kept("a crossing", draw)
