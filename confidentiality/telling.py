"""What the check finds in several texts that belong together: each word once, with the places where it stands."""

import unicodedata
from dataclasses import dataclass, field

from confidentiality.check import check

STOP, LOOK = 3, 2  # the levels of a finding: stops sending until it is answered; look again; below: small things
APART = "\n\n"
AROUND = 60  # characters shown on each side of a word


@dataclass(frozen=True)
class Told:
    """One text of a version: the field that it stands in (`photos` for what a photo shows), and its question."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Place:
    """Where a word stands, with the words around it."""

    told: Told
    before: str
    word: str
    after: str


@dataclass
class Found:
    """One thing that was found, wherever in the texts it stands."""

    kind: str
    key: str
    level: int
    why: str
    instead: str
    places: list[Place] = field(default_factory=list)

    @property
    def text(self):
        return self.places[0].word


def find(told):
    """Each finding with the text that it stands in, its beginning and its end there."""
    begins, at = [], 0
    for one in told:
        begins.append(at)
        at += len(one.text) + len(APART)
    found, nth = [], 0
    for finding in check(APART.join(one.text for one in told)):
        while nth + 1 < len(begins) and begins[nth + 1] <= finding.start:
            nth += 1
        start, end = finding.start - begins[nth], min(finding.end - begins[nth], len(told[nth].text))
        if start < end:
            found.append((finding, told[nth], start, end))
    return found


def gather(found, key_of, *, make=None):
    """The words that were found, each once with all its places, the weightiest first; `make` builds one of them."""
    words = {}
    for finding, told, start, end in found:
        key = key_of(finding.kind, told.text[start:end])
        word = words.get((finding.kind, key))
        if word is None or word.level < finding.level:
            places = word.places if word else []
            word = (make or Found)(finding.kind, key, finding.level, finding.why, finding.instead, places)
            words[finding.kind, key] = word
        word.places.append(_place(told, start, end))
    return sorted(words.values(), key=lambda word: -word.level)


def words_that_stop(told):
    """What must go, or be answered for, in texts that are told once and changed by nobody."""
    return [word for word in gather(find(told), lambda kind, word: plain(word)) if word.level >= STOP]


def weighty_in(told):
    """What a moderator should look at in texts that stand by themselves, without answers."""
    return [word for word in gather(find(told), lambda kind, word: plain(word)) if word.level >= LOOK]


def plain(word):
    word = unicodedata.normalize("NFKC", word).casefold()
    return "".join(letter for letter in word if letter.isalnum()) or word


def _place(told, start, end):
    text = told.text
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    before = text[first:start] if first == 0 else "…" + text[first:start].partition(" ")[2]
    after = text[end:last] if last == len(text) else text[end:last].rpartition(" ")[0] + "…"
    return Place(told, before, text[start:end], after)
