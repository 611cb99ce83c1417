"""Columns beside each other over time, as numbers that a template writes into SVG. The table is their twin."""

import math
from dataclasses import dataclass

# In units of the drawing, which is as wide as a phone.
WIDTH, HIGH, LEFT, TOP, BELOW = 400, 220, 34, 12, 26
GAP = 0.25  # of the width that each group has


@dataclass(frozen=True)
class Bar:
    series: int
    x: float
    y: float
    width: float
    height: float


class Columns:
    """`rows`: a label and a number a series. The highest tick is a round number, so that each height can be read."""

    width, high, left, base = WIDTH, HIGH, LEFT, HIGH - BELOW

    def __init__(self, series, rows):
        self.series, self.rows = series, rows
        self.most = round_up(max((number for row in rows for number in row[1:]), default=0))

    @property
    def ticks(self):
        return [(self._y(number), f"{number:g}") for number in (0, self.most / 2, self.most)]

    @property
    def bars(self):
        return [
            self._bar(place, series, number)
            for place, row in enumerate(self.rows)
            for series, number in enumerate(row[1:])
            if number
        ]

    @property
    def labels(self):
        """The first, the middle and the last: between them there is no room on a phone."""
        places = sorted({0, len(self.rows) // 2, len(self.rows) - 1}) if self.rows else []
        anchors = {0: "start", len(self.rows) - 1: "end"}
        ends = {"start": self.left, "end": self.width}
        found = [(place, anchors.get(place, "middle")) for place in places]
        return [
            (ends.get(anchor, round(self._x(place + 0.5), 1)), self.rows[place][0], anchor) for place, anchor in found
        ]

    def _bar(self, place, series, number):
        each = (1 - GAP) * self._group / len(self.series)
        x = self._x(place + GAP / 2) + each * series
        y = self._y(number)
        return Bar(series, round(x, 1), y, round(each - 1, 1), round(self.base - y, 1))

    @property
    def _group(self):
        return (self.width - self.left) / len(self.rows)

    def _x(self, place):
        return self.left + self._group * place

    def _y(self, number):
        return round(self.base - (self.base - TOP) * number / self.most, 1)


def round_up(number):
    """The next even number that begins with 1, 2 or 5, or a 4 and an 8 while it is small: its half is a whole one."""
    if number <= 10:
        return max(2, number + number % 2)
    step = 10 ** math.floor(math.log10(number))
    return next(step * times for times in (1, 2, 4, 5, 6, 8, 10) if step * times >= number)
