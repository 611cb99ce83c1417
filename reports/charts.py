"""Bars and lines drawn from a table: numbers that a template writes into SVG. No script, no colour without a shape."""

import re

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
WIDE, HIGH, LEFT, BELOW = 320, 190, 34, 22
# How a line is told from the next one without its colour.
DASHES = ("none", "7 4", "2 3", "10 3 2 3", "1 4", "14 4", "4 2")


def number_of(cell):
    """1,234 and 43% are numbers; an empty cell or a word is none."""
    text = cell.replace(",", "").removesuffix("%").removeprefix("£").strip()
    return float(text) if NUMBER.fullmatch(text) else None


class Chart:
    """`kind`: bars, lines or nothing. The table has been checked when it was written."""

    def __init__(self, kind, head, rows):
        self.kind, self.names = kind, head[1:]
        self.rows = rows
        self.labels = [row[0] for row in rows]
        self.numbers = [[number_of(cell) or 0 for cell in row[1:]] for row in rows] if kind else []

    @property
    def most(self):
        return max((number for row in self.numbers for number in row), default=0) or 1

    @property
    def bars(self):
        """For each row its cells, and its bars one below the other as shares of the longest."""
        shares = [[f"{max(0, 100 * number / self.most):.4g}%" for number in row] for row in self.numbers]
        return [
            {
                "label": row[0],
                "cells": row[1:],
                "bars": [
                    {"y": 1 + 14 * place, "width": share, "place": place} for place, share in enumerate(row_shares)
                ],
                "height": 14 * len(row_shares) + 2,
            }
            for row, row_shares in zip(self.rows, shares, strict=True)
        ]

    @property
    def least(self):
        return min(0, *(number for row in self.numbers for number in row)) if self.numbers else 0

    @property
    def lines(self):
        """For each column a line through its numbers, from left to right as the rows stand."""
        return [
            {
                "name": name,
                "dash": DASHES[column % len(DASHES)],
                "points": " ".join(f"{self._x(row)},{self._y(self.numbers[row][column])}" for row in self._places),
                "dots": [(self._x(row), self._y(self.numbers[row][column])) for row in self._places],
            }
            for column, name in enumerate(self.names)
        ]

    @property
    def ticks(self):
        """Three numbers on the left, and where they stand."""
        between = (self.least, (self.least + self.most) / 2, self.most)
        return [{"y": self._y(number), "text": f"{number:,.4g}"} for number in between]

    @property
    def ends(self):
        """The first and the last label below; those between stand in the table."""
        return [(LEFT, self.labels[0], "start"), (WIDE - 4, self.labels[-1], "end")]

    @property
    def size(self):
        return {"wide": WIDE, "high": HIGH, "left": LEFT, "base": HIGH - 6}

    @property
    def _places(self):
        return range(len(self.rows))

    def _x(self, row):
        return round(LEFT + row * (WIDE - 8 - LEFT) / max(1, len(self.rows) - 1), 1)

    def _y(self, number):
        tall = HIGH - BELOW - 14
        return round(10 + tall * (1 - (number - self.least) / ((self.most - self.least) or 1)), 1)
