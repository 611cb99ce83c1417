"""What was typed, as words that can be compared: for whatever is searched."""

import re
import unicodedata

# Letters and figures of any script; an apostrophe parts words, as it does in PostgreSQL's own parser.
WORD = re.compile(r"[^\W_]+")
LONGEST = 30
MOST_TYPED = 12


def plain(text):
    """In small letters and one way of writing, without accents heaped on letters."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


def apart(text):
    """The words with nothing between them but spaces: PostgreSQL is told what a word is, and does not guess."""
    return " ".join(WORD.findall(plain(text)))


def typed(text):
    """The words of what somebody typed, at most a dozen, none longer than a word can be."""
    return tuple(word[:LONGEST] for word in WORD.findall(plain(text))[:MOST_TYPED])
