"""Small numbers of a table that outlives its stories."""

from itertools import product

import pytest

from insights.hiding import FEWEST, sheltered


def test_numbers_from_five_on_stand_as_they_are():
    assert sheltered([[20, 8, 7, 5]]) == [[20, 8, 7, 5]]


def test_a_number_alone_under_five_takes_the_smallest_beside_it_along():
    assert sheltered([[30, 18, 9, 3]]) == [[30, 18, None, None]]


def test_nothing_is_told_of_a_row_that_is_small_itself():
    assert sheltered([[4, 4, 0, 0]]) == [[None, None, None, None]]


def test_a_row_whose_total_must_go_loses_a_part_too():
    rows = sheltered([[20, 10, 10], [10, 5, 5], [3, 3, 0]], whole=33)
    assert rows == [[20, 10, 10], [None, None, 5], [None, None, None]]


@pytest.mark.parametrize("total", range(5, 14))
def test_no_story_that_stands_alone_can_be_worked_out(total):
    """Whoever knows the total and what is shown still finds more than one way to fill what is not, unless nothing at
    all is in it."""
    for parts in product(range(total + 1), repeat=3):
        if sum(parts) != total:
            continue
        ((_, *shown),) = sheltered([[total, *parts]])
        places = [place for place, value in enumerate(shown) if value is None]
        rest = total - sum(value for value in shown if value is not None)
        if not places:
            continue
        assert len(places) > 1
        fits = [
            way
            for way in product(range(rest + 1), repeat=len(places))
            if sum(way) == rest and sheltered([[total, *_filled(shown, places, way)]])[0][1:] == shown
        ]
        assert rest == 0 or len({way[0] for way in fits}) > 1 or min(fits[0]) >= FEWEST - 1


def _filled(shown, places, way):
    filled = list(shown)
    for place, value in zip(places, way, strict=True):
        filled[place] = value
    return filled
