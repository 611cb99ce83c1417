"""What every page needs and hardly ever changes: in the shared cache for a minute, and in this process for a moment.

Asking Valkey for all shared words costs more than the rest of a short page. What is changed is forgotten at once by the
process that changed it, and a moment later by the others.
"""

import time
from collections import OrderedDict
from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

MOST_DERIVED = 256
SECONDS_DERIVED = 10  # by then what it was made of has been fetched anew, and would only be held in memory

_near = {}
_derived = OrderedDict()
_lock = Lock()


def get_or_set(key, make, seconds):
    """As the cache's own. The value is shared between requests: nobody may change it."""
    return for_a_moment(key, lambda: cache.get_or_set(key, make, seconds))


def for_a_moment(key, make):
    """The same of what stands in the cache already, or anywhere else."""
    value, until = _near.get(key, (None, 0))
    if time.monotonic() < until:
        return value
    value = make()
    if settings.NEAR_SECONDS:
        _near[key] = value, time.monotonic() + settings.NEAR_SECONDS
    return value


def delete(*keys):
    for key in keys:
        _near.pop(key, None)
    cache.delete_many(keys)


def derived(name, *sources, make):
    """What `make()` makes of shared values, once for these very objects in each language; nobody may change it.

    Other objects, even with the same words, are made anew: so it is as old as they are and not a moment older.
    """
    key = name, get_language(), *map(id, sources)
    found = _derived.get(key)
    if found is None:
        # The sources stand beside it, so that no other object comes to have their numbers.
        found = make(), sources, time.monotonic()
        _keep(key, found)
    return found[0]


def _keep(key, found):
    """The newest stands last; what is old, or too much, goes from the other end."""
    with _lock:
        _derived[key] = found
        while len(_derived) > MOST_DERIVED or next(iter(_derived.values()))[2] < found[2] - SECONDS_DERIVED:
            _derived.popitem(last=False)


def forget():
    """For tests that speak another language by the name of one."""
    _derived.clear()
