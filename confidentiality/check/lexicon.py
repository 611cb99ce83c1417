"""The word lists, read once. `confidentiality/words/NOTICE` says where each comes from."""

import gzip
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .known_names import FIRST_NAMES, MOSTLY_NAMES, NICKNAMES
from .vocabulary import COUNTIES, MORE_WORDS

OURS = 5  # how well known the first names are that we added ourselves
STROKES = str.maketrans("łøđı", "lodi")  # what does not come apart into a letter and its accent
FOLDER = Path(__file__).parent.parent / "words"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All in small letters. `first` says how well known a first name is, from 1 to 9."""

    first: dict
    surnames: frozenset
    common: frozenset
    words: frozenset  # the common ones, too
    proper: frozenset
    places: frozenset
    world: frozenset

    def weight(self, name):
        """How well known a first name is, 0 if it is none; “Kaylee-Mae” is known by its first half."""
        if not name.isascii():
            plain = unicodedata.normalize("NFKD", name.translate(STROKES)).encode("ascii", "ignore").decode()
            return max(self.first.get(name, 0), self.first.get(plain, 0))
        begins = name.partition("-")[0]
        return self.first.get(name) or (self.first.get(begins, 0) if begins not in self.common else 0)

    def is_surname(self, name):
        return name in self.surnames or ("-" in name and all(part in self.surnames for part in name.split("-")))


def _lines(name):
    with gzip.open(FOLDER / f"{name}.txt.gz", "rt", encoding="utf8") as file:
        return file.read().split("\n")


@lru_cache(maxsize=1)
def word_lists():
    first = {name: int(weight) for name, weight in (line.split("\t") for line in _lines("first_names"))}
    common = (frozenset(_lines("common_words")) | MORE_WORDS) - MOSTLY_NAMES
    return Lexicon(
        first={**first, **{name: max(OURS, first.get(name, 0)) for name in FIRST_NAMES | NICKNAMES}},
        surnames=frozenset(_lines("surnames")),
        common=common,
        words=common | frozenset(_lines("rare_words")) - MOSTLY_NAMES,
        proper=frozenset(_lines("proper")),
        places=frozenset(_lines("uk_places")) | COUNTIES,
        world=frozenset(_lines("world_places")),
    )
