"""Addresses of many things of one kind: Django is asked how they read once, and only the keys differ.

`reverse` walks all rooms of the site for each of twenty cards. What stands here is made by it, for keys that mean
nothing in an address; any other key goes to it as before.
"""

import re
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

PLAIN = re.compile(r"[-a-zA-Z0-9_]+\Z").match
MARKS = tuple(f"key-{number}-of-an-address" for number in range(4))


def address(name, *keys):
    """As `reverse(name, args=keys)` says it, in the language of the page."""
    if len(keys) > len(MARKS) or not all(type(key) is str and PLAIN(key) for key in keys):
        return reverse(name, args=keys)
    where = get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    pattern = _pattern(where, name, len(keys))
    return pattern % keys if pattern else reverse(name, args=keys)


@lru_cache(maxsize=1024)
def _pattern(where, name, count):
    """How such an address reads, with a gap for each key; empty where it cannot be told with marks. `where`: the
    language and the like, in which it may read otherwise."""
    try:
        found = reverse(name, args=MARKS[:count])
    except NoReverseMatch:
        return ""
    found = found.replace("%", "%%")
    for mark in MARKS[:count]:
        found = found.replace(mark, "%s")
    return found
