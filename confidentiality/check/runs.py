"""Words with capitals in a row: “Sarah Jane O'Neill”, “Mrs. van der Berg”, “University of the North”."""

from .findings import Mark
from .vocabulary import (
    CALENDAR,
    EVERYBODYS,
    ORG_ENDS,
    ORG_LINKS,
    ORG_STARTS,
    PARTICLES,
    SMALL_WORDS,
    TITLES,
    VERBS,
)

LOUD = 0.6  # the share of shouted words from which capitals tell nothing
AND = frozenset(("and", "&", "the"))  # between two of them
FEWEST = 4  # words


class Run:
    """A run's words, the tagger's word on each, and what stands around them."""

    def __init__(self, tokens, labels, start, end, lists, shouted):
        kept = [at for at in range(start, end) if tokens[at].word]
        self.tokens = [tokens[at] for at in kept]
        self.labels = [labels[at] for at in kept]
        self.lists, self.shouted = lists, shouted
        self.low = [token.low for token in self.tokens]
        self.phrase = " ".join(self.low)
        self.first, self.last = self.low[0], self.low[-1]
        self.text = self.tokens[0].text
        self.opens = self.tokens[0].opens
        # Whoever begins a sentence small and uses a capital in it means something by it.
        self.stands_out = not next(token for token in tokens if token.word).capital
        self.before = tokens[start - 1].low if start else ""
        self.after = tokens[end].low if end < len(tokens) else ""

    def __len__(self):
        return len(self.low)

    def mark(self, kind, level, start=0, end=None):
        """A mark for the words from `start` to before `end`."""
        return Mark(self.tokens[start].start, self.tokens[(end or len(self)) - 1].end, kind, level)

    def is_ordinary(self, word):
        if word in self.lists.words or word in EVERYBODYS or word in ORG_LINKS:
            return True
        return "-" in word and all(part in self.lists.words for part in word.split("-"))  # “person-centred”

    def all_ordinary(self):
        return all(self.is_ordinary(word) for word in self.low)

    def is_listed_place(self):
        return self.phrase in self.lists.places or self.phrase in self.lists.world


def is_shouted(tokens):
    written = [token.text for token in tokens if token.word]
    return len(written) >= FEWEST and sum(word.isupper() and len(word) > 1 for word in written) > LOUD * len(written)


def runs(tokens, lists, shouted):
    """(start, end) of each run among a sentence's tokens, without what only opens the sentence."""
    counts = [_counts(tokens, at, lists) if shouted else token.capital for at, token in enumerate(tokens)]
    at = 0
    while at < len(tokens):
        if not counts[at]:
            at += 1
            continue
        start, last = at, at
        at += 1
        while at < len(tokens):
            goes_on = _joins(tokens, counts, at)
            if goes_on is None or (_is_possessive(tokens, at) and not _is_named_after(tokens, counts, at)):
                break
            last, at = goes_on, goes_on + 1
        start, end = _trimmed(tokens, start, last + 1, lists)
        if start < end:
            yield start, end
        at = last + 1


def _is_possessive(tokens, at):
    """“Sarah's Support Worker” is two: the token before `at` was longer as it was typed."""
    return tokens[at].start - tokens[at - 1].end > 1


def _is_named_after(tokens, counts, at):
    """“St Mary's Primary School” is one."""
    while at + 1 < len(tokens) and counts[at + 1] and tokens[at + 1].near:
        at += 1
    return tokens[at].low in ORG_ENDS


def _counts(tokens, at, lists):
    """Where all is shouted, only what could be nothing but a name counts as written with a capital."""
    token = tokens[at]
    if not token.capital or token.low in SMALL_WORDS:
        return False
    if token.low not in lists.words or lists.first.get(token.low, 0) and token.low not in lists.common:
        return True
    return at > 0 and tokens[at - 1].low in lists.first and token.low in lists.surnames and token.low not in VERBS


def _joins(tokens, counts, at):
    """Where a run that reaches the token before `at` goes on: a capital, over “de la”, “of” or an initial's dot."""
    token, last = tokens[at], tokens[at - 1]
    if not token.near:
        return None
    if counts[at]:
        return at
    if at + 1 == len(tokens) or not tokens[at + 1].near:
        return None
    if token.text == "." and last.word and (len(last.text) == 1 or last.low in TITLES or last.low == "st"):
        return None if tokens[at + 1].text == "I" else _over(tokens, counts, at + 1, PARTICLES)
    if token.text in "-&":
        return at + 1 if counts[at + 1] and last.capital else None
    if token.low in PARTICLES:
        return _over(tokens, counts, at, PARTICLES)
    if token.low in ORG_LINKS and (last.low in ORG_STARTS or (last.low in ORG_ENDS and token.low not in AND)):
        return _over(tokens, counts, at, ORG_LINKS)
    return None


def _over(tokens, counts, at, links):
    """The capital behind one or two small words."""
    for ahead in (at, at + 1, at + 2):
        if ahead >= len(tokens) or not tokens[ahead].near:
            return None
        if counts[ahead]:
            return ahead
        if tokens[ahead].low not in links:
            return None
    return None


def _trimmed(tokens, start, end, lists):
    while start < end - 1 and _is_opener(tokens[start], tokens[start + 1], lists):
        start += 1
    while start < end and tokens[start].low in SMALL_WORDS and not _is_will(tokens, start, end):
        start += 1
    while end - 1 > start and _is_tail(tokens[end - 1], lists):
        end -= 1
    return start, end


def _is_will(tokens, start, end):
    """“Will Young” and “Will rang me”, but not “Will you ...”."""
    if tokens[start].low not in ("will", "may"):
        return False
    if end > start + 1:
        return tokens[start + 1].word
    return not tokens[start].opens or end < len(tokens) and tokens[end].low in VERBS


def _is_opener(token, following, lists):
    """“Yesterday Sarah ...”: an ordinary word whose capital only begins the sentence."""
    low = token.low
    if not token.opens or low in TITLES or low in ORG_STARTS or not following.word or following.low in ORG_ENDS:
        return False
    return low in SMALL_WORDS - {"will"} or low in lists.words and low not in lists.first and low not in lists.surnames


def _is_tail(token, lists):
    return not token.capital or (token.low in CALENDAR and token.low not in lists.first)
