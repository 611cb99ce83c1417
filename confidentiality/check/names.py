"""People, places and organisations by name: the tagger's word, and rules where the word lists know better.

A rule gets a run of words with capitals (“Sarah Jane O'Neill”) and what stands around it. Rules that are sure go first.
"""

import re

from . import quiet_names, tagger
from .findings import LOOK, SMALL, STOP, Mark, pointed_at
from .lexicon import word_lists
from .runs import is_shouted, runs
from .tokens import sentences
from .vocabulary import (
    ACRONYMS,
    ACTS,
    BEFORE_PLACES,
    CALENDAR,
    CALLING,
    COUNTIES,
    DOING_TO,
    EVERYBODYS,
    GREETING,
    HOUSEHOLD,
    LOOSE_TITLES,
    NOT_AFTER_MONTHS,
    ORG_ENDS,
    ORG_LINKS,
    ORG_STARTS,
    PEOPLE,
    PLACE_ENDS,
    TITLES,
    VERBS,
    WEAK_ORG_ENDS,
)

KNOWN, WELL_KNOWN = 3, 5  # first names, on the lexicon's scale
ADJECTIVES = ("ian", "ish", "ese", "ism", "ist", "ists", "ians")
KNOWN_AS = re.compile(
    r"\b(?:known (?:to \w+ |locally )?as|aka|a\.k\.a\.|goes by|went by|nickname(?:d| is| was)|street name)\s"
    r"[“\"'‘]?([A-Z][\w'’-]+)"
)
NUMBERED_OFFICER = re.compile(r"\b(?:PC|PCSO|WPC|DC|PS|DS|Sgt) \d{2,6} ([A-Z][\w'’-]+)")
_LETTERS = r"[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufeff]"  # Greek and further; Latin is before
OTHER_SCRIPT = re.compile(rf"{_LETTERS}+(?: {_LETTERS}+)?(?: {_LETTERS}+)?")
INTRODUCED = ((KNOWN_AS, LOOK), (NUMBERED_OFFICER, STOP), (OTHER_SCRIPT, SMALL))


def find(text):
    lists = word_lists()
    for tokens in sentences(text):
        labels = tagger.label(tokens)
        shouted = is_shouted(tokens)
        for start, end in runs(tokens, lists, shouted):
            mark = Run(tokens, labels, start, end, lists, shouted)
            yield from mark.marks()
        yield from quiet_names.find(tokens, labels, lists)
    yield from pointed_at(text, INTRODUCED, "PERSON")


class Run:
    """Words with capitals in a row, and their neighbours."""

    def __init__(self, tokens, labels, start, end, lists, shouted):
        kept = [at for at in range(start, end) if tokens[at].word]
        self.tokens = [tokens[at] for at in kept]
        self.labels = [labels[at] for at in kept]
        self.lists, self.shouted = lists, shouted
        self.low = [token.low for token in self.tokens]
        self.phrase = " ".join(self.low)
        self.opens = self.tokens[0].opens
        self.before = tokens[start - 1].low if start else ""
        self.after = tokens[end].low if end < len(tokens) else ""

    def mark(self, kind, level, first=0):
        return Mark(self.tokens[first].start, self.tokens[-1].end, kind, level)

    def marks(self):
        """At most a few marks: the first rule that answers decides, the tagger where none does."""
        if self._is_everybodys():
            return
        for rule in (self._titled, self._organisation, self._place, self._full_name, self._single):
            mark = rule()
            if mark is not None:
                yield mark
                return
        yield from self._unknown()

    # --- What identifies nobody ---

    def _is_everybodys(self):
        only = self.tokens[0].text
        if self.phrase in EVERYBODYS or all(word in EVERYBODYS for word in self.low):
            return not (
                self.before in CALLING
                or (self.labels[0] == "PERSON" and self.low[0] in self.lists.first and self.low[0] not in CALENDAR)
            )
        return len(self.tokens) == 1 and (
            only in ACRONYMS or len(only) == 1 or self.low[0] in TITLES - {"sister", "father"}
        )

    def _is_ordinary(self, word):
        return word in self.lists.words or word in EVERYBODYS or word in ORG_LINKS

    # --- Rules ---

    def _titled(self):
        title = self.low[0]
        if title not in TITLES or len(self.low) < 2:
            return None
        follower = self.low[1]
        if title in LOOSE_TITLES and (
            follower in self.lists.common and follower not in self.lists.first or follower in ORG_ENDS
        ):
            return None
        if follower in ORG_ENDS | WEAK_ORG_ENDS | TITLES or self.low[-1] in ORG_ENDS:
            return None
        return self.mark("PERSON", STOP, first=1)

    def _organisation(self):
        if len(self.low) < 2:
            return None
        ends = self.low[-1] in ORG_ENDS or (self.low[-1] in WEAK_ORG_ENDS and self.labels[-1] == "ORG")
        starts = (
            self.low[0] in ORG_STARTS
            and len(self.low) > 2
            and self.low[1] in ORG_LINKS
            or self.low[0] in ("hmp", "hmyoi")
        )
        if not ends and not starts:
            return None
        if self.low[-1] in self.lists.first and self.low[0] in self.lists.first and self.labels[0] == "PERSON":
            return None
        if all(self._is_ordinary(word) for word in self.low):
            return None if self.opens and len(self.low) < 3 else self.mark("ORG", SMALL)
        return self.mark("ORG", LOOK)

    def _place(self):
        if (
            len(self.low) > 1
            and self.low[-1] in PLACE_ENDS
            and self.low[0] not in self.lists.first
            and "PERSON" not in self.labels
        ):
            return (
                None if all(self._is_ordinary(word) for word in self.low) and self.opens else self.mark("PLACE", SMALL)
            )
        if self.phrase not in self.lists.places and self.phrase not in self.lists.world:
            return None
        if self.phrase in COUNTIES and self.before not in CALLING:
            return self.mark("PLACE", SMALL)
        if self.before in CALLING or self.before in PEOPLE:
            return None
        known = self.lists.weight(self.phrase) >= WELL_KNOWN or "PERSON" in self.labels
        if known and self.before not in BEFORE_PLACES:
            return None
        doubtful = (
            self.low[0] in self.lists.first or self.phrase in self.lists.surnames or self.phrase in self.lists.words
        )
        if doubtful and self.before not in BEFORE_PLACES and "PLACE" not in self.labels:
            return None
        return None if self.phrase in self.lists.common and "PLACE" not in self.labels else self.mark("PLACE", SMALL)

    def _full_name(self):
        if len(self.low) < 2:
            return None
        last = self.low[-1]
        if self._begins_with_initial() and (self.lists.is_surname(last) or not self._is_ordinary(last)):
            return self.mark("PERSON", STOP)
        first = [self.lists.weight(word) and (word not in CALENDAR or self._is_june(word)) for word in self.low]
        sure = [known and word not in self.lists.words for known, word in zip(first, self.low, strict=True)]
        strange = self.lists.is_surname(last) or last not in self.lists.words
        certain = strange and (sure[0] or (first[0] and self.lists.weight(self.low[0]) >= WELL_KNOWN))
        if len(self.low) - self.labels.count("PERSON") - self.labels.count("") > len(self.low) / 2 and not certain:
            return None
        if first[0] and strange and (sure[0] or "PERSON" in self.labels or last not in self.lists.words):
            return self.mark("PERSON", STOP)
        if any(sure[1:]) and not self.shouted:
            # “Support Worker Sarah Jones”: the name begins where the ordinary words end.
            at = next(i for i, known in enumerate(sure) if known and i)
            begin = at if self.low[at - 1] in self.lists.common and self.low[at - 1] not in self.lists.surnames else 0
            return self.mark("PERSON", STOP if len(self.low) > begin + 1 else LOOK, first=begin)
        return None

    def _begins_with_initial(self):
        return len(self.tokens[0].text) == 1 and self.low[0] not in ("a", "i") and len(self.low[-1]) > 1

    def _is_june(self, word):
        """“June Parsons”: a month's name before a surname."""
        return word == self.low[0] and self.low[-1] in self.lists.surnames and self.low[-1] not in NOT_AFTER_MONTHS

    def _single(self):
        if len(self.low) > 1:
            return None
        word, text = self.low[0], self.tokens[0].text
        if not text.isupper() and self._is_introduced(word):
            return self.mark("PERSON", LOOK)
        if self.lists.is_surname(word) and self.before == "the" and self.after in HOUSEHOLD:
            return self.mark("PERSON", LOOK)
        weight = self.lists.weight(word)
        named = self._is_person_here(word, weight) if self._is_ordinary(word) else self._is_first_name(text, weight)
        return self.mark("PERSON", LOOK) if named else None

    def _is_introduced(self, word):
        """“a lad called Wolf”, “my client Precious”"""
        if self.before in ("called", "named", "nicknamed") and not self.opens:
            return True
        introduced = self.before in CALLING or (self.before in PEOPLE and not self.opens)
        return introduced and (self.lists.weight(word) > 0 or not self._is_ordinary(word))

    def _is_first_name(self, text, weight):
        if not weight or (self.labels[0] in ("PLACE", "ORG") and weight <= WELL_KNOWN):
            return False
        if self.shouted:
            return weight >= KNOWN
        return not text.isupper() or (len(text) > 3 and weight >= WELL_KNOWN)

    def _is_person_here(self, word, weight):
        """Whether “Will”, “Grace” or “Mark” is somebody, though each is an ordinary word, too."""
        if weight < KNOWN or self.tokens[0].text.isupper():
            return False
        if self.opens:
            return self.after in VERBS and (self.labels[0] == "PERSON" or self.after in ACTS)
        greeted = self.before in DOING_TO | GREETING or self.after in VERBS
        return self.labels[0] == "PERSON" or greeted or self.lists.first.get(word, 0) > WELL_KNOWN

    # --- Where no rule answers ---

    def _unknown(self):
        """The tagger's word; without one, what no dictionary knows may be a name."""
        said = False
        for kind, start, end in self._labelled():
            said = True
            yield Mark(self.tokens[start].start, self.tokens[end - 1].end, kind, self._level(kind, start, end))
        if said:
            return
        strange = [
            word for word in self.low if not self._is_ordinary(word) and len(word) > 2 and word not in self.lists.proper
        ]
        if strange and not self.shouted and not all(word.endswith(ADJECTIVES) for word in strange):
            yield self._guess()

    def _guess(self):
        if self.before in BEFORE_PLACES:
            return self.mark("PLACE", SMALL)
        if self.tokens[0].text.isupper():
            return self.mark("ORG", SMALL)
        acts = (
            self.after in VERBS
            or self.after.endswith("ed")
            or self.before in DOING_TO - {"for", "and", "by", "from", "about"}
        )
        return self.mark(
            "PERSON", LOOK if len(self.low) < 3 and (acts or self.low[-1] in self.lists.surnames) else SMALL
        )

    def _labelled(self):
        start = 0
        for at in range(1, len(self.labels) + 1):
            if at == len(self.labels) or self.labels[at] != self.labels[start]:
                kind = self.labels[start]
                if kind == "PLACE" and at - start == 1 and self._is_rather_somebody(self.low[start]):
                    kind = "PERSON"
                if kind and " ".join(self.low[start:at]) not in EVERYBODYS:
                    yield kind, start, at
                start = at

    def _is_rather_somebody(self, word):
        """A surname that no list of places has, and nothing says “in” before it."""
        place = word in self.lists.places or word in self.lists.world or self.before in BEFORE_PLACES
        return not place and self.lists.is_surname(word) and word not in self.lists.words

    def _level(self, kind, start, end):
        words = self.low[start:end]
        plain = all(self._is_ordinary(word) for word in words)
        known = any(word in self.lists.first for word in words)
        if kind != "PERSON":
            return SMALL
        if plain and not known:
            return SMALL
        return STOP if end - start > 1 and known and not plain else LOOK if known or not plain else SMALL
