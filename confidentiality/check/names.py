"""People, places and organisations by name: the tagger's word, and rules where the word lists know better.

A rule gets a run of words with capitals (“Sarah Jane O'Neill”) and what stands around it. Rules that are sure go first.
"""

from . import tagger
from .findings import LOOK, SMALL, STOP, Mark
from .lexicon import lexicon
from .tokens import sentences
from .vocabulary import (
    ACRONYMS,
    BEFORE_PLACES,
    BROAD_PLACES,
    CALENDAR,
    CALLING,
    COUNTIES,
    DOING_TO,
    GENERAL,
    GREETING,
    LOOSE_TITLES,
    ORG_ENDS,
    ORG_LINKS,
    ORG_STARTS,
    PARTICLES,
    PEOPLE,
    PEOPLES,
    PLACE_ENDS,
    SMALL_WORDS,
    TITLES,
    VERBS,
    WEAK_ORG_ENDS,
)

EVERYBODYS = CALENDAR | PEOPLES | BROAD_PLACES | GENERAL
NOT_AFTER_MONTHS = CALENDAR | frozenset(
    ("day", "ball", "fair", "bank", "half", "term", "fool", "fools", "report", "court")
)
WELL_KNOWN = 5  # a first name that most people know, on the lexicon's scale
ADJECTIVES = ("ian", "ish", "ese", "ism", "ist", "ists", "ians")


def find(text):
    words = lexicon()
    for tokens in sentences(text):
        labels = tagger.label(tokens)
        small = not any(token.capital for token in tokens if token.word)
        for start, end in _runs(tokens):
            run = Run(tokens, labels, start, end, words)
            if run.tokens:
                yield from run.marks()
        yield from _small(tokens, labels, words, small)


def _joins(tokens, at):
    """Where a run that reaches the token before `at` goes on: a capital, over “de la”, “of” or an initial's dot."""
    token, last = tokens[at], tokens[at - 1]
    if not token.near:
        return None
    if token.capital:
        return at
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or not following.near:
        return None
    if (
        token.text == "."
        and last.word
        and (len(last.text) == 1 and following.text != "I" or last.low in TITLES or last.low == "st")
    ):
        return at + 1 if following.capital else None
    if token.low in PARTICLES and following.capital or token.text in "-&" and following.capital and last.capital:
        return at + 1
    if token.low in PARTICLES and following.low in PARTICLES and at + 2 < len(tokens) and tokens[at + 2].capital:
        return at + 2
    if token.low in ORG_LINKS and (last.low in ORG_ENDS or last.low in ORG_STARTS):
        return _after_link(tokens, at)
    return None


def _after_link(tokens, at):
    """“University of the West ...”"""
    for ahead in (at + 1, at + 2):
        if ahead < len(tokens) and tokens[ahead].capital:
            return ahead
        if ahead >= len(tokens) or tokens[ahead].low != "the":
            return None
    return None


def _runs(tokens):
    at = 0
    while at < len(tokens):
        if not tokens[at].capital:
            at += 1
            continue
        start, last = at, at
        at += 1
        while at < len(tokens):
            goes_on = _joins(tokens, at)
            if goes_on is None or tokens[last].end != tokens[last].start + len(tokens[last].text):
                break
            last, at = goes_on, goes_on + 1
        yield start, last + 1
        at = last + 1


class Run:
    """Words with capitals in a row, without what only opens the sentence, and their neighbours."""

    def __init__(self, tokens, labels, start, end, lists):
        while start < end - 1 and self._is_opener(tokens[start], tokens[start + 1], lists):
            start += 1
        while (
            start < end
            and tokens[start].low in SMALL_WORDS
            and not (tokens[start].low in ("will", "may") and end > start + 1)
        ):
            if labels[start] == "PERSON" and tokens[start].low in lists.first:
                break
            start += 1
        while (
            end - 1 > start
            and (tokens[end - 1].low in CALENDAR or not tokens[end - 1].word)
            and tokens[end - 1].low not in lists.first
        ):
            end -= 1
        self.tokens = [token for token in tokens[start:end] if token.word]
        self.labels = [label for token, label in zip(tokens[start:end], labels[start:end], strict=True) if token.word]
        self.lists = lists
        if self.tokens:
            self.low = [token.low for token in self.tokens]
            self.phrase = " ".join(self.low)
            self.opens = self.tokens[0].opens
            self.before = tokens[start - 1].low if start else ""
            self.before_that = tokens[start - 2].low if start > 1 else ""
            self.after = tokens[end].low if end < len(tokens) else ""
            self.shouted = all(token.text.isupper() for token in tokens if token.word)

    @staticmethod
    def _is_opener(token, following, lists):
        """“Yesterday Sarah ...”: an ordinary word whose capital only begins the sentence."""
        low = token.low
        if not token.opens or low in TITLES or not following.word:
            return False
        return low in SMALL_WORDS or (
            low in lists.words
            and low not in lists.first
            and low not in lists.surnames
            and following.low not in ORG_ENDS
        )

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
        known = self.lists.first.get(self.phrase, 0) >= WELL_KNOWN or "PERSON" in self.labels
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
        first = [word in self.lists.first and (word not in CALENDAR or self._is_june(word)) for word in self.low]
        sure = [known and word not in self.lists.words for known, word in zip(first, self.low, strict=True)]
        strange = [word in self.lists.surnames or word not in self.lists.words for word in self.low]
        initial = len(self.tokens[0].text) == 1 and self.tokens[0].text != "I" and len(self.tokens[-1].text) > 1
        if self.labels.count("ORG") + self.labels.count("PLACE") > len(self.low) / 2 and not (sure[0] and strange[-1]):
            return None
        if first[0] and strange[-1] and (sure[0] or "PERSON" in self.labels or self.low[-1] not in self.lists.words):
            return self.mark("PERSON", STOP)
        if initial and strange[-1] and not self._is_ordinary(self.low[-1]):
            return self.mark("PERSON", STOP)
        if any(sure[1:]) and not self.shouted:
            # “Support Worker Sarah Jones”: the name begins where the ordinary words end.
            at = next(i for i, known in enumerate(sure) if known and i)
            begin = at if self.low[at - 1] in self.lists.common and self.low[at - 1] not in self.lists.surnames else 0
            return self.mark("PERSON", STOP if len(self.low) > begin + 1 else LOOK, first=begin)
        return None

    def _is_june(self, word):
        """“June Parsons”: a month's name before a surname."""
        return word == self.low[0] and self.low[-1] in self.lists.surnames and self.low[-1] not in NOT_AFTER_MONTHS

    def _single(self):
        if len(self.low) > 1:
            return None
        word, token, weight = self.low[0], self.tokens[0], self.lists.first.get(self.low[0], 0)
        introduced = self.before in CALLING or (self.before in PEOPLE and not self.opens)
        ordinary = self._is_ordinary(word)
        if introduced and (weight or not ordinary) and not token.text.isupper():
            return self.mark("PERSON", LOOK)
        if self.before in ("called", "named", "nicknamed") and not self.opens and not token.text.isupper():
            return self.mark("PERSON", LOOK)
        if weight and not ordinary and not (self.labels[0] in ("PLACE", "ORG") and weight < 6):
            if self.shouted or token.text.isupper() and (len(token.text) <= 3 or weight < WELL_KNOWN):
                return None
            return self.mark("PERSON", LOOK)
        if weight >= 3 and ordinary and not self.opens and self._is_person_here(word):
            return self.mark("PERSON", LOOK)
        if weight >= 3 and self.opens and self.after in VERBS and self.labels[0] == "PERSON":
            return self.mark("PERSON", LOOK)
        return None

    def _is_person_here(self, word):
        """“Will”, “Grace” or “Mark” in the middle of a sentence."""
        if self.tokens[0].text.isupper():
            return False
        return (
            self.labels[0] == "PERSON"
            or self.before in DOING_TO | GREETING
            or self.after in VERBS
            or self.lists.first[word] >= 6
        )

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
                if self.labels[start] and " ".join(self.low[start:at]) not in EVERYBODYS:
                    yield self.labels[start], start, at
                start = at

    def _level(self, kind, start, end):
        words = self.low[start:end]
        plain = all(self._is_ordinary(word) for word in words)
        known = any(word in self.lists.first for word in words)
        if kind != "PERSON":
            return SMALL
        if plain and not known:
            return SMALL
        return STOP if end - start > 1 and known and not plain else LOOK if known or not plain else SMALL


def _small(tokens, labels, words, all_small):
    """Names typed without capitals: “my client sharon hughes”, “mr okafor”."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = at + 1
        if token.word and not token.capital:
            before = tokens[at - 1].low if at else ""
            level = _small_level(token, before, labels[at], words)
            if level:
                while end < len(tokens) and _goes_on(tokens[end], labels[end], words):
                    end += 1
                full = end > at + 1 or before in TITLES - LOOSE_TITLES
                yield Mark(token.start, tokens[end - 1].end, "PERSON", STOP if full else level)
        at = end


def _small_level(token, before, label, words):
    low, weight = token.low, words.first.get(token.low, 0)
    if len(low) < 3 or low in SMALL_WORDS or low in EVERYBODYS or not token.near and not token.opens:
        return 0
    if before in ("mr", "mrs", "ms", "miss", "mx") and low not in words.common:
        return STOP
    if before in CALLING | PEOPLE and weight and low not in words.common:
        return LOOK
    if before in ("called", "named") and weight and low not in SMALL_WORDS:
        return LOOK
    if low not in words.words and low not in words.places and weight >= 3:
        return LOOK
    if label == "PERSON" and (weight >= 2 or low in words.surnames) and low not in words.words:
        return LOOK
    return SMALL if label == "PERSON" and weight and low not in words.common else 0


def _goes_on(token, label, words):
    if not token.word or not token.near or token.capital or len(token.low) < 3 or token.low in words.words:
        return False
    return token.low in words.surnames or label == "PERSON" or token.low in words.first
