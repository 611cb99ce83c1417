"""Small numbers in a table that outlives its stories: which are not shown, so that nobody works out whose one was.

A number under five is not shown, 0 included: two empty places whose sum is known would else say both.
"""

FEWEST = 5


def shown(number):
    return number if number is not None and number >= FEWEST else None


def sheltered(rows, *, whole=None):
    """Rows of a total and its parts, as they may be shown; None is not shown. `whole`: the rows are its parts, and
    readers know it."""
    cells = [_row(row) for row in rows]
    if whole is not None:
        totals = [row[0] for row in cells]
        for row, kept, exact in zip(cells, _not_alone(totals, [row[0] for row in rows]), rows, strict=True):
            row[0] = kept
            if kept is None and None not in row[1:]:
                row[1:] = _without_smallest(exact[1:])
    return cells


def _row(row):
    total, *parts = row
    kept = [shown(part) for part in parts]
    return [shown(total), *(_not_alone(kept, parts))]


def _not_alone(kept, exact):
    """One place that is left empty would be the rest of the sum: the smallest beside it is left empty too."""
    if kept.count(None) != 1:
        return kept
    candidates = [place for place, value in enumerate(kept) if value is not None]
    least = min(candidates, key=lambda place: exact[place], default=None)
    return [None if place == least else value for place, value in enumerate(kept)]


def _without_smallest(parts):
    least = min(range(len(parts)), key=lambda place: parts[place])
    return [None if place == least else value for place, value in enumerate(parts)]
