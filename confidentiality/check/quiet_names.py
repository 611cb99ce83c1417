"""Names typed without a capital: “my client sharon hughes”, “mr okafor”."""

from .findings import LOOK, SMALL, STOP, Mark
from .vocabulary import ACTS, CALENDAR, CALLING, EVERYBODYS, LOOSE_TITLES, PEOPLE, SMALL_WORDS, TITLES

SHORTEST = 3  # letters
KNOWN, WELL_KNOWN = 3, 5  # first names, on the lexicon's scale
NO_NAMES = SMALL_WORDS | PEOPLE | EVERYBODYS
JOINING = frozenset(("", "and", "then", "but", "when", "because", "so", "as", "after", "if", "cos", "while"))
INTRODUCING = CALLING | PEOPLE
SURE_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx"))


def find(tokens, labels, lists):
    at = 0
    while at < len(tokens):
        end = at + 1
        level = _level(tokens, at, labels, lists)
        if level:
            while _goes_on(tokens, end, labels, lists):
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
    if lists.weight(low) > WELL_KNOWN and _goes_on(tokens, at + 1, labels, lists):
        return LOOK  # “mark frissora”: the second is no word at all
    if lists.weight(low) > WELL_KNOWN and before in JOINING and at + 1 < len(tokens) and tokens[at + 1].low in ACTS:
        return LOOK  # “then jack said”
    return LOOK if before in INTRODUCING and low not in lists.common and lists.weight(low) else 0


def _strange_level(tokens, at, labels, lists):
    """For a word that no dictionary has."""
    low = tokens[at].low
    weight = lists.weight(low)
    if weight >= KNOWN and low not in lists.places:
        return LOOK
    if weight and _goes_on(tokens, at + 1, labels, lists):
        return LOOK
    if weight and at and tokens[at - 1].low in INTRODUCING:
        return LOOK
    surname = lists.is_surname(low)
    if labels[at] == "PERSON":
        return LOOK if weight >= 2 or surname else SMALL
    listed = low in lists.places or low in lists.world or low in lists.proper
    return SMALL if (surname or weight) and len(low) > SHORTEST and not listed else 0


def _goes_on(tokens, at, labels, lists):
    """Whether the name goes on with the word `at`, which must be no word of the language."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    if not token.word or not token.near or token.start - tokens[at - 1].end > 1 or token.capital:
        return False
    if len(token.low) < SHORTEST or token.low in lists.words or token.low in CALENDAR:
        return False
    return lists.is_surname(token.low) or labels[at] == "PERSON" or token.low in lists.first
