"""What is alike on many cards: places and roles, which every page has near."""

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
