"""A name found once is flagged everywhere."""

import re

from .findings import LOOK, STOP, Mark
from .lexicon import word_lists
from .vocabulary import CALENDAR, PARTICLES, SMALL_WORDS, TITLES

PART = re.compile(r"[^\W\d_][\w'’-]*[^\W\d_]")
NO_NAMES = CALENDAR | SMALL_WORDS | TITLES | PARTICLES
MOST_NAMES = 400


def find(text, marks):
    """Marks for the parts of names that other marks found, wherever else they stand."""
    words = word_lists()
    parts = set()
    for mark in marks:
        if mark.kind == "PERSON" and mark.level >= LOOK:
            parts |= {
                part
                for part in _parts(text[mark.start : mark.end])
                if mark.level == STOP or part.lower() not in words.words
            }
    if not parts or len(parts) > MOST_NAMES:
        return
    # A part that is no word is that person in any letters; “Will Young” makes a name of Will, not of will.
    anyhow = {part.lower() for part in parts if part.lower() not in words.words}
    for match in PART.finditer(text):
        written = re.sub(r"['’][sS]$", "", match.group())
        if written in parts or written.lower() in anyhow:
            yield Mark(match.start(), match.start() + len(written), "PERSON", LOOK)


def _parts(name):
    for part in PART.findall(name):
        low = part.lower()
        if len(part) > 2 and low not in NO_NAMES and not part.islower():
            yield part
