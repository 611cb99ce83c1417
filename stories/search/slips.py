"""Help with typing: the words that were probably meant, from stories that this reader may read and from no other."""

from difflib import SequenceMatcher

from stories.models import Word
from stories.search import words

MOST_CONSIDERED = 200


def corrected(typed, user):
    """The words with what no readable story has put right, or None where there is nothing to put right. One query."""
    doubtful = [word for word in typed if len(word) >= words.SHORTEST_COUNTED]
    if not doubtful:
        return None
    candidates = list(near(doubtful, user).values_list("word", "keys"))
    meant = tuple(_meant(word, candidates) if word in doubtful else word for word in typed)
    return meant if meant != tuple(typed) else None


def near(typed, user):
    """The words of readable stories that are a slip away from one of these, the most used first."""
    keys = sorted({key for word in typed for key in words.keys(word)})
    found = Word.objects.readable_by(user).filter(keys__overlap=keys)
    return found.order_by("-public_count", "word")[:MOST_CONSIDERED]


def _meant(word, candidates):
    """The most used of the words that look most like it; the word itself where it is used, or nothing is like it."""
    keys = set(words.keys(word))
    near = [candidate for candidate, its in candidates if keys & set(its)]
    if not near or word in near:
        return word
    return max(near, key=lambda candidate: SequenceMatcher(None, word, candidate).ratio())
