"""What is alike on many cards, and what a card is made from."""

from functools import lru_cache
from operator import itemgetter

from practices import words
from stories.models import Story
from stories.models.telling import among

WORDS = "place", "byline_role"


def bring_words(stories):
    """The stories of `for_cards()`, each with its boundaries, its place and its teller's role: from the shared words,
    where they are among them (made within the minute, they are not yet, and each costs a question)."""
    boundaries = words.by_key(words.every_boundary())
    known = {"place": words.by_key(words.places()), "byline_role": words.by_key(words.roles())}
    for story in stories:
        if (found := among(boundaries, story.marked_boundaries)) is not None:
            story.name_boundaries(found)
        for name, by_key in known.items():
            key = getattr(story, f"{name}_id")
            if key is None or key in by_key:
                story._state.fields_cache[name] = by_key.get(key)
    return stories


def made_from(story):
    """All that the card of a story of `for_cards()` follows from: the columns that were fetched for it, by name, its
    teller's, and the shared words that are at hand.

    None where one of those is not at hand, or the story was fetched in another way: one that came whole holds more than
    a process should keep.
    """
    if not isinstance(story, Story):
        return None
    fetched, beside = vars(story), story._state.fields_cache
    if "marked_boundaries" not in fetched or "tried" in fetched or not beside.get("author"):
        return None
    if any(fetched[f"{name}_id"] and name not in beside for name in WORDS):
        return None
    boundaries = tuple((boundary.name, boundary.family, boundary.sensitive) for boundary in story.boundary_list)
    return tuple(fetched), _held(fetched), _held(vars(story.author)), boundaries, _words(beside)


def _held(fetched):
    values = _all_but_djangos_own(tuple(fetched))(fetched)
    return tuple([tuple(value) if value.__class__ is list else value for value in values])


@lru_cache(maxsize=64)
def _all_but_djangos_own(names):
    return itemgetter(*(name for name in names if name[0] != "_"))


def _words(beside):
    """Of its teller's role, its place, and what that lies in."""
    role, place = beside.get("byline_role"), beside.get("place")
    said = [role and role.name]
    while place:
        said += place.name, place.kind
        place = place.parent
    return tuple(said)
