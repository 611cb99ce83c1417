"""A language in which every translated sentence stands in brackets: what stands outside them, nobody can translate.

with spoken(): ...      everything is said in it
outside(html)           the pieces of a page's text that no bracket holds, as a list
"""

import re
from contextlib import contextmanager
from html.parser import HTMLParser

from django.utils.translation import trans_real

from design import drawn, near
from digests import cards

OPEN, CLOSE = "⟦", "⟧"
SHOWN = {"alt", "aria-label", "title", "placeholder"}
SILENT = {"script", "style", "textarea", "code"}
BETWEEN = re.compile(r"[,;:·•–—()/|“”‘’\"→.\n+]|\s-\s| and | or ")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
WORD = re.compile(r"[^\W\d_]{2,}")


class Pseudo(trans_real.DjangoTranslation):
    """Says each message between brackets, a library's too: those bring their own catalogues."""

    def __init__(self, english):
        self.__dict__.update(vars(english))

    def gettext(self, message):
        return f"{OPEN}{super().gettext(message)}{CLOSE}"

    def ngettext(self, one, many, count):
        return f"{OPEN}{super().ngettext(one, many, count)}{CLOSE}"


@contextmanager
def spoken():
    """In this thread, and for whatever asks for the language of the site."""
    english = trans_real.translation("en-gb")
    pseudo = Pseudo(english)
    before = trans_real._translations, trans_real._default, getattr(trans_real._active, "value", None)
    trans_real._translations, trans_real._default = {**trans_real._translations, "en-gb": pseudo}, pseudo
    trans_real._active.value = pseudo
    forget()
    try:
        yield
    finally:
        trans_real._translations, trans_real._default, trans_real._active.value = before
        if before[2] is None:
            del trans_real._active.value
        forget()


def forget():
    drawn.forget()
    near.forget()
    cards.Form.made.clear()


class Texts(HTMLParser):
    """What a page says: its text, and the attributes that are read aloud."""

    def __init__(self, html):
        super().__init__()
        self.silent, self.found = 0, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        if tag in {"p", "li", "td", "th", "h1", "h2", "h3", "dt", "dd", "a", "label", "option", "button", "div", "br"}:
            self.found.append("\n")
        self.found += [f"\n{value}\n" for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent:
            self.found.append(data)


def outside(html):
    """Brackets stand within brackets where one sentence holds another."""
    said, depth, kept = "".join(Texts(html).found), 0, []
    for letter in said:
        depth += letter == OPEN
        if not depth:
            kept.append(letter)
        elif letter == CLOSE:
            depth -= 1
            kept.append("\n")
    pieces = (
        " ".join(piece.split()).strip("?!…0123456789 ⟧") for piece in BETWEEN.split(ADDRESS.sub("", "".join(kept)))
    )
    return [piece for piece in pieces if WORD.search(piece)]
