"""Names typed without a capital: “my client sharon hughes”, “mr okafor”."""

from .findings import LOOK, SMALL, STOP, Mark
from .slips import is_slip
from .vocabulary import (
    ACTS,
    CALENDAR,
    CALLING,
    DOING_TO,
    EVERYBODYS,
    IN_PLACES,
    LOOSE_TITLES,
    PEOPLE,
    SMALL_WORDS,
    TITLES,
)

SHORTEST = 3  # letters
KNOWN, WELL_KNOWN = 3, 5  # first names, on the lexicon's scale
NO_NAMES = SMALL_WORDS | PEOPLE | EVERYBODYS
WHOSE = frozenset(("my", "his", "her", "our", "their", "your"))
JOINING = frozenset(("", "and", "then", "but", "when", "because", "so", "as", "after", "if", "cos", "while"))
INTRODUCING = CALLING | PEOPLE
SPOKEN_TO = INTRODUCING | DOING_TO | {"to"}
ABBREVIATIONS = frozenset(("dj", "oz", "pj"))
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
    if token.capital or not token.word or low in SMALL_WORDS:
        return 0
    if len(low) < SHORTEST:
        return LOOK if _is_short_name(tokens, at, lists) else 0
    before = tokens[at - 1].low if at else ""
    if before in ("called", "named") and lists.weight(low):
        return LOOK
    if low in NO_NAMES:
        return 0
    if before in SURE_TITLES and low not in lists.common:
        return STOP
    if low not in lists.words:
        return _strange_level(tokens, at, labels, lists)
    return _word_level(tokens, at, labels, lists)


def _is_short_name(tokens, at, lists):
    """“I spoke to jo”: two letters that many are called by, where something is done to somebody, or they do it."""
    low = tokens[at].low
    if low in ABBREVIATIONS or low in lists.words or lists.weight(low) < WELL_KNOWN:
        return False
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return before in SPOKEN_TO or (before in JOINING and after in ACTS)


def _word_level(tokens, at, labels, lists):
    """For a name that is a word of the language, too."""
    weight = lists.weight(tokens[at].low)
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if weight > 1 and before in PEOPLE and at > 1 and tokens[at - 2].low in WHOSE:
        return LOOK  # “my client precious”
    if weight <= WELL_KNOWN:
        return SMALL if weight >= KNOWN and tokens[at].low not in lists.common else 0
    if _goes_on(tokens, at + 1, labels, lists) or (before in JOINING and after in ACTS):
        return LOOK  # “mark frissora”, “then jack said”
    # Who uses capitals elsewhere in the sentence would have used one for Grace.
    quiet = labels[at] == "PERSON" and not any(token.capital and len(token.text) > 1 for token in tokens)
    return SMALL if quiet else 0


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
    if _is_before_surname(tokens, at, lists):
        return LOOK
    if labels[at] == "PERSON":
        return LOOK if weight >= 2 or surname else SMALL
    return SMALL if _may_be_a_name(tokens, at, lists) else 0


def _may_be_a_name(tokens, at, lists):
    """What is known as a name, but also as a place; what is treated like somebody; what is no slip of any word."""
    low = tokens[at].low
    if at and tokens[at - 1].low in IN_PLACES or low in lists.places and not lists.is_surname(low):
        return False
    if len(low) <= SHORTEST:
        return False
    if lists.weight(low) or lists.is_surname(low):
        return True
    if low in lists.places or low in lists.world or low in lists.proper:
        return False
    return _is_possessive(tokens, at) or _is_treated_as_somebody(tokens, at) or not is_slip(low)


def _is_treated_as_somebody(tokens, at):
    """“spoke to dezzo again”, “then dezzo rang”: no list has it, and it is not what is typed wrongly most often."""
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return tokens[at].low.isalpha() and (before in SPOKEN_TO or (before in JOINING and after in ACTS))


def _is_before_surname(tokens, at, lists):
    """“cardel jones”"""
    if at + 1 == len(tokens) or len(tokens[at].low) <= SHORTEST:
        return False
    token = tokens[at + 1]
    return token.near and lists.is_surname(token.low) and token.low not in lists.words and len(token.low) > SHORTEST


def _is_possessive(tokens, at):
    return at + 1 < len(tokens) and tokens[at + 1].near and tokens[at + 1].start - tokens[at].end > 1


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
