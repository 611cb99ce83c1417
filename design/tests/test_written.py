"""How members' words are shown, whatever was typed or pasted into them."""

import re
import time

import pytest
from django.template import engines

from design.written import MOST_LINKS, MOST_MARKS, MOST_SIGNS, tame, written

LINK = '<a href="{0}" rel="noopener nofollow ugc">{1}</a>'


def p(inner):
    return f'<p dir="auto">{inner}</p>'


def linked(address):
    address = address.replace("&", "&amp;")
    return LINK.format(address, address)


def test_blank_lines_make_paragraphs_and_single_ones_breaks():
    assert written("One.\nTwo.\n\n \nThree.") == p("One.<br>Two.") + p("Three.")


@pytest.mark.parametrize("text", ["", None, " \n\n ", "\u202e"])
def test_nothing_said_shows_nothing(text):
    assert written(text) == ""


def test_lines_that_begin_with_a_dash_make_a_list():
    items = '<ul dir="auto"><li dir="auto">a call</li><li dir="auto">a lunch</li></ul>'
    assert written("We tried:\n- a call\n- a lunch\nThen we stopped.") == p("We tried:") + items + p("Then we stopped.")
    assert written("•\ta call\n• a lunch") == items


@pytest.mark.parametrize("line", ["-5 degrees", "- ", "-", "--", "a - b"])
def test_a_dash_that_lists_nothing_stays_a_dash(line):
    assert "<ul" not in written(line)


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<b>bold</b>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">here</a>',
        "</p><style>*{}</style>",
        "&lt;b&gt; & {{ 7 }}",
    ],
)
def test_markup_is_shown_as_text(markup):
    shown = written(f"Before {markup} after")
    assert re.sub("&quot;", '"', shown).count("<") == 2  # the paragraph's own two tags
    assert shown == p("Before " + markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + " after")


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org",
        "http://example.org/a/b?c=d&e=f#g",
        "https://en.wikipedia.org/wiki/Housing_(film)",
        "HTTPS://EXAMPLE.ORG/",
        "https://example.org/" + "a" * 1900,
    ],
)
def test_an_address_of_the_web_becomes_a_link_to_it(address):
    assert written(f"See {address}.") == p(f"See {linked(address)}.")
    assert written(f"(see {address})") == p(f"(see {linked(address)})")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org",
        "//example.org",
        "https://bank.example@evil.example/",
        "https://bank.example:password@evil.example/",
        "https://evil.example\\@bank.example/",
        "https://аpple.com/",  # noqa: RUF001 the first letter is Cyrillic
        "https://example.org:8080/",
        "http://localhost/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[",
        "https://exa\u202emple.org/" + "\x00",
        "xhttps://example.org",
        "somebody@example.org",
        "mailto:somebody@example.org",
        "0161 496 0000",
        "tel:01614960000",
        "www.example.org",
        "https://example.org." + "a" * 3000,
    ],
)
def test_no_other_address_becomes_a_link(address):
    hrefs = re.findall('href="([^"]*)"', written(f"See {address} now"))
    assert [href for href in hrefs if not href.startswith("https://example.org/")] == []
    if "\u202e" not in address:
        assert hrefs == []


def test_ten_thousand_links_take_neither_long_nor_much():
    begun = time.process_time()
    shown = written("https://example.org/a " * 10_000)
    assert shown.count("<a ") == MOST_LINKS
    assert len(shown) < 3 * MOST_SIGNS
    assert shown.endswith(" …</p>")
    assert time.process_time() - begun < 5  # seconds; a way that grows with the square would take minutes


@pytest.mark.parametrize("text", ["(" * 60_000, "- \n" * 30_000, "\n" * 60_000, "http://" * 9_000, ")" * 60_000])
def test_no_text_makes_it_think_for_long(text):
    begun = time.process_time()
    written(text)
    written("https://example.org/" + text.replace("\n", "").replace(" ", ""))
    assert time.process_time() - begun < 5


def test_each_paragraph_reads_in_its_own_direction():
    assert written("שלום\n\nHello").count('dir="auto"') == 2


@pytest.mark.parametrize("shown", [tame, written])
def test_signs_that_turn_what_follows_are_left_out(shown):
    assert "gpj.exe" in shown("a \u202egpj.exe\u202c \u2066b\u2069 \u200f")
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", shown("\u202e\u2066\u200fx\u202a"))


@pytest.mark.parametrize("shown", [tame, written])
def test_no_letter_is_piled_higher_than_its_line(shown):
    piled = "Z" + "\u0335\u0321\u0300\u0301" * 50 + "a" + "\u0301" * 2
    assert shown(piled).replace('<p dir="auto">', "").replace("</p>", "") == (
        "Z\u0335\u0321\u0300\u0301"[: 1 + MOST_MARKS] + "a\u0301\u0301"
    )


@pytest.mark.parametrize("text", ["Gŵyl yr ŷd", "הַשָּׁלוֹם", "क्षत्रिय", "👩🏽‍⚕️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿", "Việt Nam", "Ångström"])
def test_honest_letters_stay_as_they_are(text):
    assert tame(text) == text
    assert written(text) == p(text)


def test_a_line_stays_a_line():
    assert tame("One\nTwo\u2028Three") == "One Two Three"


def test_templates_have_both():
    template = engines["django"].from_string("{% load design %}{{ a|tame }}|{{ a|written }}")
    assert template.render({"a": "<b>\u202e"}) == "&lt;b&gt;|" + p("&lt;b&gt;")
