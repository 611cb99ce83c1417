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

    def begin(self, order, values):
        return way(values[0], newer=_newer(order)) if values else way_back()

    def first(self, queryset, order, way):
        return Listing.objects.filter(pk__in=along(queryset, self.size + 1, way, newer=_newer(order)))


def _newer(order):
    return not order[0].startswith("-")


def newest(listings, wanted):
    """The keys of the `wanted` newest of these rows, in no order."""
    return along(listings, wanted, way_back())


def nearest(listings, wanted, *, start, newer=False):
    """The keys of those of these rows that come first on the way from a feed number (the number itself left out) to
    older ones, or to newer ones: `wanted` of them at most, in no order."""
    return along(listings, wanted, way(start, newer=newer), newer=newer)


def along(listings, wanted, way, *, newer=False):
    """The same, on a way that was worked out before."""
    steps = [rows.values("pk")[:wanted] for rows in _steps(listings, way, newer)]
    # PostgreSQL takes the steps one after another, and none after it has enough.
    return steps[0].union(*steps[1:], all=True)[:wanted]


def way_back():
    """From now to ever older ones. A minute more than now: one machine's clock may be a little behind another's."""
    return way(int((time.time() + 60) * 1000) * Listing.MILLISECOND)


def way(start, *, newer=False):
    """The numbers of each step from there, as far as the last, which has no end: [begins, ends, the codes of its two
    windows]."""
    steps, begins = [], start
    for length in LENGTHS:
        number = start // Listing.MILLISECOND >> length
        ends = (number + 2 if newer else number - 1) << length
        ends *= Listing.MILLISECOND
        steps.append([begins, ends, [code_of(length, number), code_of(length, number + (1 if newer else -1))]])
        begins = ends - 1 if newer else ends
    return [*steps, [begins]]


def _steps(listings, way, newer):
    """The rows in two windows of each length (where the way begins, and the next), each step without those before it;
    then all the rest. The sum keeps PostgreSQL from walking the keys after all."""
    rows = listings.alias(at=ExpressionWrapper(F("pub_no") + 0, BigIntegerField())).order_by("at" if newer else "-at")
    *steps, (rest,) = way
    for begins, ends, codes in steps:
        step = rows.filter(at__gt=begins, at__lt=ends) if newer else rows.filter(at__lt=begins, at__gte=ends)
        yield step.filter(codes__overlap=codes)
    yield rows.filter(at__gt=rest) if newer else rows.filter(at__lt=rest)


def code_of(length, number):
    """The window of this length with this number, counted from 1970."""
    return code(Kind.WINDOW, LENGTHS.index(length) << NUMBER_BITS | number)
