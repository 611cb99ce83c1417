"""Names typed without a capital: “my client sharon hughes”, “mr okafor”."""

from .findings import LOOK, SMALL, STOP, Mark
from .vocabulary import CALENDAR, CALLING, EVERYBODYS, LOOSE_TITLES, PEOPLE, SMALL_WORDS, TITLES

SHORTEST = 3  # letters
NO_NAMES = SMALL_WORDS | PEOPLE | EVERYBODYS
INTRODUCING = CALLING | PEOPLE
SURE_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx"))


def find(tokens, labels, lists):
    at = 0
    while at < len(tokens):
        end = at + 1
        level = _level(tokens, at, labels, lists)
        if level:
            while end < len(tokens) and _goes_on(tokens, end, labels, lists):
                end += 1
            full = end > at + 1 or (at and tokens[at - 1].low in TITLES - LOOSE_TITLES)
            yield Mark(tokens[at].start, tokens[end - 1].end, "PERSON", STOP if full else level)
        at = end


def _level(tokens, at, labels, lists):
    token = tokens[at]
    low = token.low
    if token.capital or not token.word or low in NO_NAMES or len(low) < SHORTEST:
        return 0
    before = tokens[at - 1].low if at else ""
    if before in SURE_TITLES and low not in lists.common:
        return STOP
    if low not in lists.words:
        return _strange_level(tokens, at, labels, lists)
    if before in ("called", "named"):
        return LOOK if lists.weight(low) else 0
    return LOOK if before in INTRODUCING and low not in lists.common and lists.weight(low) else 0


def _strange_level(tokens, at, labels, lists):
    """For a word that no dictionary has."""
    low = tokens[at].low
    weight = lists.weight(low)
    if weight >= 3 and low not in lists.places:
        return LOOK
    if weight and at + 1 < len(tokens) and _goes_on(tokens, at + 1, labels, lists):
        return LOOK
    if labels[at] == "PERSON":
        return LOOK if weight >= 2 or lists.is_surname(low) else SMALL if weight else 0
    return LOOK if weight and at and tokens[at - 1].low in INTRODUCING else 0


def _goes_on(tokens, at, labels, lists):
    token = tokens[at]
    if not token.word or not token.near or token.start - tokens[at - 1].end > 1 or token.capital:
        return False
    if len(token.low) < SHORTEST or token.low in lists.words or token.low in CALENDAR:
        return False
    return lists.is_surname(token.low) or labels[at] == "PERSON" or token.low in lists.first
