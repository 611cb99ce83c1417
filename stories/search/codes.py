"""Everything a story can be filtered by, as numbers in one array: a kind in the upper bits, a key in the lower."""

from enum import IntEnum
from itertools import combinations

from practices.models import Boundary, Place, Practice
from stories.models.choices import Outcome
from stories.models.telling import SHIFTS

KEY_BITS = 24
PAIR_BITS = 12


class Kind(IntEnum):
    BOUNDARY = 1
    PAIR = 2
    PRACTICE = 3
    PLACE = 4
    OUTCOME = 5
    SHIFT = 6
    HELP = 7
    WINDOW = 8


KIND_OF = {Boundary: Kind.BOUNDARY, Practice: Kind.PRACTICE, Place: Kind.PLACE}
SHIFT_NAMES = [name.removeprefix("shift_") for name, _ in SHIFTS]


def code(kind, key):
    return kind << KEY_BITS | key


def of_word(word):
    """A boundary, practice or place."""
    return code(KIND_OF[type(word)], word.pk)


def of_pair(a, b):
    low, high = sorted([a.pk, b.pk])
    return code(Kind.PAIR, low << PAIR_BITS | high)


OF_OUTCOMES = {outcome: code(Kind.OUTCOME, number) for number, outcome in enumerate(Outcome.values)}


def of_outcome(outcome):
    return OF_OUTCOMES[outcome]


def of_shift(name):
    """Of thinking, behaviour or ground."""
    return code(Kind.SHIFT, SHIFT_NAMES.index(name))


WANTS_HELP = code(Kind.HELP, 1)


def of_boundaries(boundaries):
    """What a story must carry to touch all of these: where there are two, their pair says it alone."""
    if len(boundaries) == 1:
        return [of_word(boundaries[0])]
    return [of_pair(a, b) for a, b in combinations(boundaries, 2)]


def of_story(story, places):
    """All that the story can be found by. `places`: all places by key, for what its place lies in.

    The place counts as it is shown: a story that shows its region is not found by its council area.
    """
    boundaries = story.boundary_list
    found = {*map(of_word, boundaries), *(of_pair(a, b) for a, b in combinations(boundaries, 2))}
    found |= {of_word(practice) for practice in story.practices.all()}
    found |= {of_word(place) for place in lineage(story.shown_place, places)}
    found |= {of_shift(name) for name in SHIFT_NAMES if getattr(story, f"shift_{name}").strip()}
    if outcome := story.latest_outcome or story.outcome:
        found.add(of_outcome(outcome))
    if story.help_wanted.strip():
        found.add(WANTS_HELP)
    return sorted(found)


def lineage(place, places):
    """The place and what it lies in, the smallest first."""
    while place:
        yield place
        place = places.get(place.parent_id)
