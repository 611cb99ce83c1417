"""What a run of words with capitals is, as far as the word lists are sure. Each rule answers with a mark, or None."""

from .findings import LOOK, SMALL, STOP
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
    IN_PLACES,
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
NO_SURNAMES = CALENDAR | ORG_ENDS | WEAK_ORG_ENDS | PLACE_ENDS
INITIAL_WORDS = frozenset(("a", "i"))


def is_everybodys(run):
    """What the whole country shares, unless it introduces somebody (“my friend London”)."""
    if all(word in EVERYBODYS for word in run.low) or run.phrase in EVERYBODYS:
        somebody = run.labels[0] == "PERSON" and run.first in run.lists.first and run.first not in CALENDAR
        return not (run.before in CALLING or somebody)
    if len(run) > 1:
        return False
    return run.text in ACRONYMS or len(run.text) == 1 or run.first in TITLES | PEOPLE


def titled(run):
    """“Dr Khan”, “Sister Bernadette”, but not “Sister Ward” or “DI officers”."""
    if run.first not in TITLES or len(run) < 2:
        return None
    follower = run.low[1]
    if follower in ORG_ENDS | WEAK_ORG_ENDS | TITLES or run.last in ORG_ENDS:
        return None
    if run.first in LOOSE_TITLES and follower in run.lists.common and follower not in run.lists.first:
        return None
    return run.mark("PERSON", STOP, start=1)


def organisation(run):
    if len(run) < 2 or not (_ends_as_one(run) or _starts_as_one(run)):
        return None
    if run.last in run.lists.first and run.first in run.lists.first and run.labels[0] == "PERSON":
        return None
    if run.all_ordinary():
        return None if run.opens and len(run) < 3 else run.mark("ORG", SMALL)
    return run.mark("ORG", LOOK)


def _ends_as_one(run):
    return run.last in ORG_ENDS or (run.last in WEAK_ORG_ENDS and run.labels[-1] == "ORG")


def _starts_as_one(run):
    return run.first in ("hmp", "hmyoi") or (run.first in ORG_STARTS and len(run) > 2 and run.low[1] in ORG_LINKS)


def place(run):
    if len(run) > 1 and run.last in PLACE_ENDS and (run.is_listed_place() or not _may_be_somebody(run)):
        return None if run.all_ordinary() and run.opens else run.mark("PLACE", SMALL)
    if not run.is_listed_place() or run.before in CALLING:
        return None
    if run.phrase not in COUNTIES and (run.before in PEOPLE or _is_rather_a_name(run)):
        return None
    return None if run.phrase in run.lists.common and "PLACE" not in run.labels else run.mark("PLACE", SMALL)


def _may_be_somebody(run):
    return run.first in run.lists.first or "PERSON" in run.labels


def _is_rather_a_name(run):
    """Many places are surnames and first names, too; “in”, “from” or the tagger speak for the place."""
    if run.before in BEFORE_PLACES:
        return False
    if run.lists.weight(run.phrase) >= WELL_KNOWN or "PERSON" in run.labels:
        return True
    surname = run.phrase in run.lists.surnames
    if surname and run.phrase not in run.lists.places:
        return True  # a city abroad
    return "PLACE" not in run.labels and (surname or run.first in run.lists.first or run.phrase in run.lists.words)


def full_name(run):
    if len(run) < 2:
        return None
    if _begins_with_initial(run):
        return run.mark("PERSON", STOP)
    first = [run.lists.weight(word) and (word not in CALENDAR or _is_june(run, word)) for word in run.low]
    sure = [known and word not in run.lists.words for known, word in zip(first, run.low, strict=True)]
    strange = run.lists.is_surname(run.last) or run.last not in run.lists.words
    if _is_elsewhere(run) and not (strange and _is_certain(run, first[0], sure[0])):
        return None
    if first[0] and strange and (sure[0] or "PERSON" in run.labels or run.last not in run.lists.words):
        return run.mark("PERSON", STOP)
    if _is_well_known_pair(run):
        return run.mark("PERSON", LOOK)
    return _behind_a_role(run, sure)


def _is_elsewhere(run):
    """Whether the tagger says of most words that they are a place or an organisation."""
    return run.labels.count("PLACE") + run.labels.count("ORG") > len(run) / 2


def _is_certain(run, first, sure):
    return sure or (first and (first >= WELL_KNOWN or run.last not in run.lists.words))


def _begins_with_initial(run):
    """“J. K. Rowling”, “J Smith”, but not “B. List the names”."""
    if len(run.text) > 1 or run.first in INITIAL_WORDS or len(run.last) < 2:
        return False
    if run.opens and run.last in run.lists.common:
        return False
    return run.lists.is_surname(run.last) or not run.is_ordinary(run.last)


def _is_june(run, word):
    """“June Parsons”: a month's name before a surname."""
    return word == run.first and run.last in run.lists.surnames and run.last not in NOT_AFTER_MONTHS


def _is_well_known_pair(run):
    """“Sue Steward”: two words, but also a name that most people know and a surname."""
    if len(run) > 2 or run.opens or run.shouted or run.first in CALENDAR:
        return False
    return run.lists.weight(run.first) >= WELL_KNOWN and run.lists.is_surname(run.last) and run.last not in NO_SURNAMES


def _behind_a_role(run, sure):
    """“Support Worker Sarah Jones”: the name begins where the ordinary words end."""
    if run.shouted or not any(sure[1:]):
        return None
    at = next(at for at, known in enumerate(sure) if known and at)
    word = run.low[at - 1]
    begin = at if word in run.lists.common and word not in run.lists.surnames else 0
    return run.mark("PERSON", STOP if len(run) > begin + 1 else LOOK, start=begin)


def single(run):
    if len(run) > 1:
        return None
    if not run.text.isupper() and _is_introduced(run):
        return run.mark("PERSON", LOOK)
    if run.lists.is_surname(run.first) and run.before == "the" and run.after in HOUSEHOLD:
        return run.mark("PERSON", LOOK)
    named = _is_person_here(run) if run.is_ordinary(run.first) else _is_first_name(run)
    return run.mark("PERSON", LOOK) if named else None


def _is_introduced(run):
    """“a lad called Wolf”, “my client Precious”"""
    if run.before in ("called", "named", "nicknamed") and not run.opens:
        return not run.after.isdigit()
    introduced = run.before in CALLING or (run.before in PEOPLE and not run.opens)
    return introduced and (run.lists.weight(run.first) > 0 or not run.is_ordinary(run.first))


def _is_said_elsewhere(run):
    """Whether the tagger's word, that it is no person, has something else to speak for it."""
    if run.labels[0] == "PLACE":
        return run.before in BEFORE_PLACES or run.is_listed_place()
    return run.labels[0] == "ORG" and run.lists.weight(run.first) < KNOWN


def _is_first_name(run):
    weight = run.lists.weight(run.first)
    if not weight or (weight <= WELL_KNOWN and _is_said_elsewhere(run)):
        return False
    if run.shouted:
        return weight >= KNOWN
    return not run.text.isupper() or (len(run.text) > 3 and weight >= WELL_KNOWN)


def _is_person_here(run):
    """Whether “Will”, “Grace” or “Mark” is somebody, though each is an ordinary word, too."""
    weight = run.lists.weight(run.first)
    if weight < KNOWN or run.text.isupper():
        return False
    if run.opens:
        return run.after in VERBS and (run.labels[0] == "PERSON" or run.after in ACTS)
    greeted = run.before in DOING_TO | GREETING or run.after in VERBS
    return run.labels[0] == "PERSON" or greeted or (weight > WELL_KNOWN and run.before not in IN_PLACES)


RULES = (titled, organisation, place, full_name, single)
