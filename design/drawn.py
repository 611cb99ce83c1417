"""HTML that follows from its words alone, drawn once for the same words.

What is kept is found by all that went into it, and by nothing else: no reader, no key of a row, no moment. Whoever asks
has already fetched the words with their own rights; a story that is withdrawn, narrowed or told by a name now has other
words, or none. So nothing here must ever be forgotten in time, and what nobody asks for any more gives way to newer.
"""

from collections import OrderedDict
from contextlib import suppress
from threading import Lock

from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 4096
MOST_LETTERS = 16_000_000  # in all of them together
LONGEST = 100_000  # letters in one of them: forms with every council area are the longest

_kept = OrderedDict()
_letters = 0
_lock = Lock()


def drawn(template, **given):
    """The template with these words. Each is a text, a number, a boolean or None, or a tuple of such."""
    key = (template, *((name, told_apart(value)) for name, value in given.items()))
    return kept(key, lambda: get_template(template).render(given))


def kept(key, draw):
    """What `draw()` made of these words in this language the first time. The key holds all else that it depends on."""
    return kept_in(get_language(), key, draw)


def kept_in(language, key, draw):
    """The same for whoever asks for many at once, and asks for the language first."""
    key = language, key
    found = _kept.get(key)
    if found is None:
        found = draw()
        if len(found) <= LONGEST:
            _keep(key, found)
        return found
    with suppress(KeyError):  # gone meanwhile
        _kept.move_to_end(key)
    return found


def in_a_list(pieces):
    """Drawn pieces as the items of a list."""
    return SafeString("".join(f"<li>{conditional_escape(piece)}</li>" for piece in pieces))


def _keep(key, found):
    global _letters
    with _lock:
        _letters += len(found) - len(_kept.pop(key, ""))
        _kept[key] = found
        while len(_kept) > MOST or _letters > MOST_LETTERS:
            _letters -= len(_kept.popitem(last=False)[1])


def told_apart(value):
    """Equal only where it is drawn alike: safe and unsafe texts are not, nor are 1 and True."""
    if isinstance(value, tuple):
        return type(value), *(told_apart(one) for one in value)
    return type(value), value


def forget():
    """For tests that draw with other templates."""
    global _letters
    with _lock:
        _kept.clear()
        _letters = 0
