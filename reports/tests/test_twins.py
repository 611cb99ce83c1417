"""What a chart in a report draws is what the table says that stands with it: both read from the page by a parser."""

from html.parser import HTMLParser
from random import Random

import pytest

from reports import charts
from reports.tests.factories import ReportFactory

pytestmark = pytest.mark.django_db


class Charts(HTMLParser):
    """`found`: one dict a figure: `head` and `rows` as the table says them, `bars` a list of widths for each row,
    `lines` the points of each line, `dots` of all of them, `rules` where the numbers on the left stand, `names` of the
    key."""

    def __init__(self, text):
        super().__init__()
        self.found, self._cell, self._in = [], None, ""
        self.feed(text)

    @property
    def _last(self):
        return self.found[-1]

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        kind = attrs.get("class", "")
        if tag == "figure":
            empty = {"head": [], "rows": [], "bars": [], "lines": [], "dots": [], "rules": [], "names": []}
            self.found.append({**empty, "said": []})
        elif tag in {"thead", "tbody"} or kind == "lines__names":
            self._in = kind or tag
        elif tag == "tr" and self._in == "tbody":
            self._last["rows"].append([])
        self._drawn(tag, attrs, kind)
        if tag in {"th", "td", "text", "li"} and "aria-hidden" not in attrs:
            self._cell = ""

    def _drawn(self, tag, attrs, kind):
        if tag == "svg" and kind == "bars":
            self._last["bars"].append([])
        elif tag == "rect":
            self._last["bars"][-1].append(float(attrs["width"].removesuffix("%")))
        elif tag == "polyline":
            self._last["lines"].append([tuple(map(float, point.split(","))) for point in attrs["points"].split()])
        elif tag == "circle":
            self._last["dots"].append((float(attrs["cx"]), float(attrs["cy"])))
        elif tag == "text" and "dominant-baseline" in attrs:
            self._last["rules"].append(float(attrs["y"]))

    def handle_data(self, data):
        if self._cell is not None:
            self._cell += data

    def handle_endtag(self, tag):
        if tag == "figure":
            self._in = ""
        if tag not in {"th", "td", "text", "li"} or self._cell is None or not self.found:
            return
        said, self._cell = self._cell.strip(), None
        if tag == "text":
            self._last["said"].append(said)
        elif tag == "li" and self._in == "lines__names":
            self._last["names"].append(said)
        elif self._in == "thead":
            self._last["head"].append(said)
        elif self._in == "tbody":
            self._last["rows"][-1].append(said)


def number(cell):
    """As a reader reads it: not by the code under test."""
    return float(cell.replace(",", "").strip("£%"))


def chart(client, drawn, rows, head=("Year", "Before", "After")):
    cells = "\n".join("|".join(row) for row in (head, *rows))
    table = {"title": "Days", "cells_text": cells, "drawn": drawn, "unit": "days", "source": "Our count"}
    (found,) = Charts(client.get(ReportFactory(body=[("table", table)]).url).text).found
    assert (found["head"], found["rows"]) == ([*head], [[*row] for row in rows])
    return found


def random_rows(seed, *, least=0):
    chance = Random(seed)
    return [(str(2000 + row), *(f"{chance.randint(least, 5000):,}" for _ in "ab")) for row in range(8)]


ROWS = {
    "a thousand": [("2023", "12", "7"), ("2024", "1,100", "3")],
    "pounds and shares": [("Rent", "£5.50", "£11"), ("Food", "£0", "£2.75")],
    "nothing": [("2023", "0", "0"), ("2024", "0", "0")],
    "many": random_rows(1),
}


def wrong_bars(found):
    """Rows whose bars are not, to a thousandth of the longest, as long as their cells say."""
    numbers = [[number(cell) for cell in row[1:]] for row in found["rows"]]
    most = max(max(row) for row in numbers) or 1
    drawn = [[width / 100 * most for width in row] for row in found["bars"]]
    if [len(row) for row in drawn] != [len(row) for row in numbers]:
        return ["another number of bars"]
    return [row for row, is_drawn in zip(numbers, drawn, strict=True) if row != pytest.approx(is_drawn, abs=most / 999)]


def wrong_lines(found):
    """Columns whose line is not where the numbers on its left say that it is, to half of a hundredth of its height."""
    low, middle, high = found["rules"]
    least, between, most = (number(text) for text in found["said"][:3])
    height = low - high
    assert between == pytest.approx((least + most) / 2, rel=1e-3, abs=1e-3)
    assert middle == pytest.approx((low + high) / 2, abs=0.11)
    wrong = []
    for column, line in enumerate(found["lines"], start=1):
        read = [least + (low - y) / height * (most - least) for _, y in line]
        said = [number(row[column]) for row in found["rows"]]
        if said != pytest.approx(read, abs=(most - least) / 200):
            wrong.append((said, read))
    return wrong


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_each_bar_is_as_long_as_its_cell_says(client, rows):
    assert wrong_bars(chart(client, "bars", rows)) == []


@pytest.mark.parametrize("rows", [*ROWS.values(), random_rows(2, least=-900)], ids=[*ROWS, "below nothing"])
def test_each_line_goes_through_the_numbers_of_its_column(client, rows):
    found = chart(client, "lines", rows)
    assert found["names"] == found["head"][1:]
    assert len(found["lines"]) == len(found["head"]) - 1
    assert found["said"][3:] == [rows[0][0], rows[-1][0]], "the first and the last row are named below"
    assert found["dots"] == [point for line in found["lines"] for point in line]
    across = [[x for x, _ in line] for line in found["lines"]]
    assert across == [sorted(across[0])] * len(across), "from left to right as the rows stand"
    assert wrong_lines(found) == []


def test_what_is_drawn_wrongly_is_found(client, monkeypatch):
    """The test of the test."""
    monkeypatch.setattr(charts, "number_of", lambda cell: float(cell.replace(",", ".").strip("£%")))
    assert wrong_bars(chart(client, "bars", ROWS["a thousand"]))
    assert wrong_lines(chart(client, "lines", ROWS["many"]))
