"""The words of a story as they are searched and counted, and the words that somebody types."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, TextField, Value
from django.db.models.functions import NullIf

from design.letters import LONGEST, apart, typed
from stories.models import Word

__all__ = ["apart", "counted", "keys", "may_begin", "question", "typed"]

MOST_ENDINGS = 50
SHORTEST_PREFIX = 3
SHORTEST_COUNTED = 4


def counted(text):
    """The different words of a text, `apart` already, that are long enough to be mistyped."""
    found = {word for word in text.split() if SHORTEST_COUNTED <= len(word) <= LONGEST and word.isalpha()}
    return sorted(found)


def keys(word):
    """The word, and the word with each one letter left out: two words one slip apart share a key."""
    return sorted({word, *(word[:place] + word[place + 1 :] for place in range(len(word)))})


def may_begin(words):
    """Whether the last of these may be the beginning of a word."""
    return bool(words) and len(words[-1]) >= SHORTEST_PREFIX


def question(words, *, any_of, begins):
    """These words as PostgreSQL's question, all of them or any, in any of their forms."""
    *whole, last = words
    asked = _beginning(last) if begins else SearchQuery(last, config="english")
    for word in whole:
        part = SearchQuery(word, config="english")
        asked = asked | part if any_of else asked & part
    return asked


def _beginning(word):
    """The word, and what published stories have that begins with it, each in any of its forms. PostgreSQL could look
    for beginnings itself, but would read all that the index holds of each, for every step of a search."""
    # As a value, PostgreSQL makes the pattern itself: `compiled` can put another word in.
    begun = Word.objects.filter(word__startswith=Value(word)).order_by("-public_count", "word").values("word")
    endings = Func(ArraySubquery(begun[:MOST_ENDINGS]), Value(" | "), function="array_to_string")
    # An empty list would leave nothing of the question but a stray sign.
    either = Func(Value(" | "), Value(word), NullIf(endings, Value("")), function="concat_ws", output_field=TextField())
    return SearchQuery(either, config="english", search_type="raw")
