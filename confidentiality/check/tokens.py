"""Words and signs of a text, sentence by sentence, for the rules about names."""

import re
from dataclasses import dataclass

from .vocabulary import TITLES

TOKEN = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=[^\W\d_])|-(?=[^\W\d_]))*|\d+|[^\w\s]|\n")
ENDS = frozenset(".!?\n")
OPENERS = frozenset("“\"‘'(•*–—-:;#>")
CONTRACTED = frozenset(("d", "ve", "ll", "re", "m"))  # “he'd” is “he”
LONGEST = 60  # words; a text without a full stop is cut, so that no rule looks far
SHORT_FORMS = frozenset(
    ["st", "mt", "jr", "snr", "jnr", "no", "vs", "etc", "e.g", "i.e", "approx", "dept", "ave", "rd"]
)


@dataclass(slots=True)
class Token:
    start: int
    end: int
    text: str
    low: str  # in small letters, without 's, 'd and the like
    capital: bool
    word: bool
    opens: bool  # stands where anything would have a capital
    near: bool  # nothing but one space, or nothing, since the token before


def _token(match, opens, near, in_code):
    text = match.group()
    first = text[0]
    if not first.isalpha():
        return Token(match.start(), match.end(), text, text, False, False, opens, near)
    end = match.end()
    if len(text) > 2 and text[-1] in "sS" and text[-2] in "'’":
        text, end = text[:-2], end - 2
    capital = first.isupper() and not in_code and not any(letter.isdigit() for letter in text)  # no name: M25, 5DS
    low = text.lower().replace("’", "'")
    if "'" in low and low.rsplit("'", 1)[1] in CONTRACTED:
        low = low.rsplit("'", 1)[0]
    return Token(match.start(), end, text, low, capital, True, opens, near)


def sentences(text):
    """Lists of tokens. A dot after a title or an initial ends nothing."""
    sentence, end, opens = [], 0, True
    for match in TOKEN.finditer(text):
        gap = match.start() - end
        near = gap == 0 or (gap == 1 and text[end] in " \u00a0")
        in_code = gap == 0 and bool(sentence) and sentence[-1].text.isdigit()
        token = _token(match, opens, near, in_code)
        end = match.end()
        last = sentence[-1] if sentence else None
        if token.text != "\n":
            sentence.append(token)
        if token.word:
            opens = False
        elif token.text in OPENERS and gap or token.text in "“":
            opens = True
        ends = token.text in ENDS and not (token.text == "." and _is_short(last))
        if ends or len(sentence) >= (2 * LONGEST if token.capital else LONGEST):
            if sentence:
                yield sentence
            sentence, opens = [], True
    if sentence:
        yield sentence


def _is_short(token):
    return (
        token is not None
        and token.word
        and (
            (len(token.text) == 1 and token.capital)
            or token.low in TITLES
            and len(token.low) < 5
            or token.low in SHORT_FORMS
        )
    )
