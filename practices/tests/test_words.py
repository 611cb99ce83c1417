"""The shared words as lists and forms ask for them."""

import pytest

from practices import words
from practices.models import Practice, Stage
from practices.tests.factories import BoundaryFactory

pytestmark = pytest.mark.django_db


def test_practices_come_stage_by_stage_in_their_order():
    stages = [list(Practice.objects.filter(stage=stage).order_by("position")) for stage in Stage]
    assert words.practices() == sum(stages, [])


def test_retired_boundaries_are_left_out():
    BoundaryFactory(name="Workhouses", retired_at="2026-01-01T00:00Z")
    names = [boundary.name for boundary in words.boundaries()]
    assert len(names) == 18
    assert names == sorted(names)


def test_places_are_offered_wide_ones_first_and_then_councils_under_theirs():
    (label, wide), *groups = words.place_choices()
    assert label == "Nations and regions"
    assert [name for _, name in wide[:3]] == ["East Midlands", "East of England", "England"]
    assert [name for name, _ in groups] == sorted(name for _, name in wide if name != "England")
    assert ("salford", "Salford") in dict(groups)["North West"]


def test_words_are_asked_for_once_a_minute(django_assert_num_queries):
    ask = [words.boundaries, words.practices, words.places, words.place_choices]
    with django_assert_num_queries(3):
        first = [question() for question in ask]
    with django_assert_num_queries(0):
        assert [question() for question in ask] == first
