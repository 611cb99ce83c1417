"""Lengths of time as codes: a question is asked of the newest days first, and of longer ones where those answer too
little.

PostgreSQL has one index by which words and codes are found, and one by which the newest are. Asked for the newest with
a word, it must guess: walk from the newest and read every story's words, or find all that have the word and sort them.
Each is slow for some words. A code for when a story was published lets the first index answer both, and reads no more
than a few times what was wanted, however many stories there are.
"""

import time

from django.db.models import BigIntegerField, ExpressionWrapper, F

from design.paging import Keyset
from stories.models import Listing
from stories.search.codes import Kind, code

# As powers of two of a millisecond: some 3 days, 12 days, 7 weeks, 7 months, 2 years.
LENGTHS = (28, 30, 32, 34, 36)
NUMBER_BITS = 20


def of(moment):
    """The windows, one of each length, in which this millisecond lies."""
    return [code_of(length, moment >> length) for length in LENGTHS]


class MatchesNewestFirst(Keyset):
    """The order of feed numbers, for rows that answer a question."""

    def first(self, queryset, order, values):
        wanted, newer = self.size + 1, not order[0].startswith("-")
        keys = nearest(queryset, wanted, start=values[0], newer=newer) if values else newest(queryset, wanted)
        return Listing.objects.filter(pk__in=keys)


def newest(listings, wanted):
    """The keys of the `wanted` newest of these rows, in no order."""
    # A minute more than now: one machine's clock may be a little behind another's.
    return nearest(listings, wanted, start=int((time.time() + 60) * 1000) * Listing.MILLISECOND)


def nearest(listings, wanted, *, start, newer=False):
    """The keys of those of these rows that come first on the way from a feed number (the number itself left out) to
    older ones, or to newer ones: `wanted` of them at most, in no order."""
    steps = [rows.values("pk")[:wanted] for rows in _steps(listings, start, newer)]
    # PostgreSQL takes the steps one after another, and none after it has enough.
    return steps[0].union(*steps[1:], all=True)[:wanted]


def _steps(listings, start, newer):
    """The rows in two windows of each length (where the way begins, and the next), each step without those before it;
    then all the rest. The sum keeps PostgreSQL from walking the keys after all."""
    rows = listings.alias(at=ExpressionWrapper(F("pub_no") + 0, BigIntegerField())).order_by("at" if newer else "-at")
    begins = start
    for length in LENGTHS:
        number = start // Listing.MILLISECOND >> length
        if newer:
            ends = (number + 2 << length) * Listing.MILLISECOND
            step = rows.filter(at__gt=begins, at__lt=ends)
            begins = ends - 1
        else:
            ends = (number - 1 << length) * Listing.MILLISECOND
            step = rows.filter(at__lt=begins, at__gte=ends)
            begins = ends
        yield step.filter(codes__overlap=[code_of(length, number), code_of(length, number + (1 if newer else -1))])
    yield rows.filter(at__gt=begins) if newer else rows.filter(at__lt=begins)


def code_of(length, number):
    """The window of this length with this number, counted from 1970."""
    return code(Kind.WINDOW, LENGTHS.index(length) << NUMBER_BITS | number)
