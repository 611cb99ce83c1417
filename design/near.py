"""What every page needs and hardly ever changes: in the shared cache for a minute, and in this process for a moment.

Asking Valkey for all shared words costs more than the rest of a short page. What is changed is forgotten at once by the
process that changed it, and a moment later by the others.
"""

import time

from django.conf import settings
from django.core.cache import cache

_near = {}


def get_or_set(key, make, seconds):
    """As the cache's own. The value is shared between requests: nobody may change it."""
    value, until = _near.get(key, (None, 0))
    if time.monotonic() < until:
        return value
    value = cache.get_or_set(key, make, seconds)
    if settings.NEAR_SECONDS:
        _near[key] = value, time.monotonic() + settings.NEAR_SECONDS
    return value


def delete(*keys):
    for key in keys:
        _near.pop(key, None)
    cache.delete_many(keys)
