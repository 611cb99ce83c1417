"""The word lists, read once. `confidentiality/words/NOTICE` says where each comes from."""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .vocabulary import COUNTIES, MORE_WORDS, NICKNAMES

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


def _lines(name):
    with gzip.open(FOLDER / f"{name}.txt.gz", "rt", encoding="utf8") as file:
        return file.read().split("\n")


@lru_cache(maxsize=1)
def lexicon():
    first = {name: int(weight) for name, weight in (line.split("\t") for line in _lines("first_names"))}
    common = frozenset(_lines("common_words")) | MORE_WORDS
    return Lexicon(
        first={**NICKNAMES, **first},
        surnames=frozenset(_lines("surnames")),
        common=common,
        words=common | frozenset(_lines("rare_words")),
        proper=frozenset(_lines("proper")),
        places=frozenset(_lines("uk_places")) | COUNTIES,
        world=frozenset(_lines("world_places")),
    )
