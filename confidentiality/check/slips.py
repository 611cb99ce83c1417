"""Is a word that no dictionary has a slip of one that it has? “definately” is, “jonghyun” is not."""

import re
import string
from functools import lru_cache

from .lexicon import word_lists

SHORTEST = 5  # letters: almost every shorter one is near a word of the language
LONGEST = 24  # what is longer is no word, and dear to look at
PART = 3  # letters of each of two words that were typed as one
ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "ness", "ish", "able", "less", "nae", "nt")
APOSTROPHE = re.compile("['’]")
REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=1)
def _squeezed():
    """The dictionary with each doubled letter once: “tommorow”, “sooooo”."""
    return frozenset(_once(word) for word in word_lists().words)


def _once(word):
    return REPEATED.sub(r"\1", word)


def is_slip(word):
    """Whether a small word is one of the language typed wrongly, with an ending, or two of them without a space."""
    word = APOSTROPHE.split(word)[0]
    if "-" in word:
        return all(len(part) < PART or _is_word(part) or is_slip(part) for part in word.split("-"))
    if not SHORTEST <= len(word) <= LONGEST:
        return True
    return word.isascii() and word.isalpha() and _is_near(word)


@lru_cache(maxsize=20_000)
def _is_near(word):
    """Only words of a word's length are kept: nothing that is typed fills the memory."""
    once = _once(word)
    if once in _squeezed() or _has_ending(word) or _is_two_words(word):
        return True
    return any(near in _squeezed() for near in _one_letter_away(once))


def _is_word(word):
    return word in word_lists().words


def _has_ending(word):
    return any(word.endswith(end) and len(word) - len(end) >= PART and _is_word(word[: -len(end)]) for end in ENDINGS)


def _is_two_words(word):
    common = word_lists().common
    return any(word[:at] in common and word[at:] in common for at in range(PART, len(word) - PART + 1))


def _one_letter_away(word):
    """Each word with one letter too many, too few, another, or two in the wrong order."""
    for at in range(len(word) + 1):
        begins, ends = word[:at], word[at:]
        if ends:
            yield begins + ends[1:]
            yield begins + ends[1:2] + ends[0] + ends[2:]
            for letter in string.ascii_lowercase:
                yield begins + letter + ends[1:]
        for letter in string.ascii_lowercase:
            yield begins + letter + ends
