"""What Django does for every word and link of every page, done once here (docs/decisions/0084).

Looking up a sentence goes through a catalogue of each library, and through all of them again where English is its own
translation; what came of it is kept with the language. Which language is spoken, and where addresses begin, Django asks
of a store made for coroutines, behind a lock; this site is served by threads alone, each of which has its own. And each
link to a file of ours asks all installed apps whether files are ours at all.
"""

import threading

from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import StaticNode
from django.urls import base
from django.utils.translation import trans_real

MOST = 8192
LONGEST = 2_000  # letters of a sentence that is kept

_looked_up = trans_real.DjangoTranslation.gettext


def gettext(self, message):
    """As the language says it; asked of its catalogues the first time."""
    try:
        return self._said[message]
    except AttributeError:
        self._said = {}
    except KeyError:
        pass
    found = _looked_up(self, message)
    if len(self._said) < MOST and len(message) <= LONGEST:
        self._said[message] = found
    return found


def begin():
    trans_real.DjangoTranslation.gettext = gettext
    StaticNode.handle_simple = staticmethod(_file)
    for module, name in ((trans_real, "_active"), (base, "_prefixes"), (base, "_urlconfs")):
        setattr(module, name, _of_threads(getattr(module, name)))


def _file(name):
    return staticfiles_storage.url(name)


def _of_threads(store):
    """A store of this thread with what stood in the other."""
    fresh = threading.local()
    if hasattr(store, "value"):
        fresh.value = store.value
    return fresh
