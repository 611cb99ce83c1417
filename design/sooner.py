"""What Django does for every word and link of every page, done once here (docs/decisions/0084).

Looking up a sentence goes through a catalogue of each library, and through all of them again where English is its own
translation; what came of it is kept with the language. Which language is spoken, and where addresses begin, Django asks
of a store made for coroutines, behind a lock; this site is served by threads alone, each of which has its own. And each
link to a file of ours asks all installed apps whether files are ours at all. And whose page an address is, Django finds
by holding it against one pattern after the other. Whether a kept connection still lives it asks PostgreSQL before the
first question of each request; where that has closed it, something is there to be read.
"""

import select
import threading
import time
from functools import lru_cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.templatetags.static import StaticNode
from django.urls import ResolverMatch, URLResolver, base
from django.utils.translation import get_language, trans_real
from psycopg2.extensions import TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_INTRANS

MOST = 8192
LONGEST = 2_000  # letters of a sentence that is kept

LONGEST_ADDRESS = 200
WHOLE_SITE = "^/"  # the pattern of whose patterns are a whole site's

# In all others nothing more is answered: something failed, or something is being asked.
SOUND = {TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_INTRANS}
ASKED_AFTER = 30  # seconds in which nobody asked over a connection: a proxy between may have forgotten it

_resolve = URLResolver.resolve
_looked_up = trans_real.DjangoTranslation.gettext
_asked = DatabaseWrapper.is_usable


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
    URLResolver.resolve = resolve
    DatabaseWrapper.is_usable = is_usable
    for holder, name, kept in (
        (trans_real, "_active", ["value"]),
        (base, "_prefixes", ["value"]),
        (base, "_urlconfs", ["value"]),
        (connections, "_connections", connections.settings),
        (caches, "_connections", caches.settings),
    ):
        setattr(holder, name, _of_threads(getattr(holder, name), kept))


def resolve(self, path):
    """Whose page this address is; found the first time. Where it is nobody's, Django says so each time."""
    if str(self.pattern) != WHOLE_SITE or len(path) > LONGEST_ADDRESS:
        return _resolve(self, path)
    found = _match(self, str(path), get_language())
    fresh = ResolverMatch.__new__(ResolverMatch)
    # Whoever looks at it before the view may put something in.
    fresh.__dict__ = {**found.__dict__, "kwargs": {**found.kwargs}}
    return fresh


@lru_cache(maxsize=2048)
def _match(resolver, path, language):
    found = _resolve(resolver, path)
    found.tried = None  # a list of all the others, for a page of Django's that nobody sees here
    return found


def _file(name):
    return staticfiles_storage.url(name)


def is_usable(self):
    """Whether this connection lives. PostgreSQL is asked where it has not been for a while, or where something came."""
    if self.connection is None or self.connection.closed:
        return False
    line, now = self.connection, time.monotonic()
    seen, at = getattr(self, "seen_alive", (None, 0))
    is_known = seen is line and now - at < ASKED_AFTER
    is_sound = is_known and line.get_transaction_status() in SOUND and not _has_something_to_read(line)
    if not (is_sound or _asked(self)):
        return False
    self.seen_alive = line, now
    return True


def _has_something_to_read(line):
    poll = select.poll()
    poll.register(line.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _of_threads(store, names):
    """A store of this thread with what stood in the other."""
    fresh = threading.local()
    for name in names:
        if hasattr(store, name):
            setattr(fresh, name, getattr(store, name))
    return fresh
