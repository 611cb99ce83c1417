"""When what is kept is made anew and compared with what was kept: with `CHECK_COMPILED`, which every test has on.

Comparing costs as much as keeping saves, and did a fifth of what all tests cost. So each thing is compared the first,
second, fourth, eighth ... time that a module of tests asks for it.
"""

from collections import Counter

from django.conf import settings

_asked_for = Counter()


def is_due(thing):
    """Whether `thing`, asked for now, is to be compared."""
    if not settings.CHECK_COMPILED:
        return False
    _asked_for[thing] += 1
    times = _asked_for[thing]
    return times & (times - 1) == 0


def from_the_first_time():
    """Before each module of tests."""
    _asked_for.clear()
