"""What is alike on many cards, and what a card is made from."""

from practices import words


def bring_words(stories):
    """The stories of `for_cards()`, each with its place and its teller's role: from the shared words, where they are
    among them (made within the minute, they are not yet, and each costs a question)."""
    known = {"place": words.by_key(words.places()), "byline_role": words.by_key(words.roles())}
    for story in stories:
        for name, by_key in known.items():
            key = getattr(story, f"{name}_id")
            if key is None or key in by_key:
                story._state.fields_cache[name] = by_key.get(key)
    return stories


def shared():
    """The words of its boundaries, its place and its teller's role."""
    return words.every_boundary(), words.places(), words.roles()


def made_from(story):
    """All that follows from what was fetched with a story of `for_cards()` is alike where this is: the names of its
    columns, what they hold, and its teller's. None of a story that was fetched in another way."""
    fetched = vars(story)
    if "marked_boundaries" not in fetched or not story._state.fields_cache.get("author"):
        return None
    return tuple(fetched), _held(fetched), _held(vars(story.author))


def _held(fetched):
    return tuple(
        tuple(value) if value.__class__ is list else value for name, value in fetched.items() if name[0] != "_"
    )
