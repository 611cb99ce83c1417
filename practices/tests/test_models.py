"""What holds for the shared words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from wagtail.models import ModelLogEntry

from practices.models import Boundary, Crossing, Place, Practice, Role
from practices.tests.factories import BoundaryFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("staff@example.org", first_name="Sam")


def test_a_retired_boundary_is_no_longer_active(staff):
    kept, retired = BoundaryFactory(), BoundaryFactory()
    retired.retire(by=staff, now=NOON)
    assert set(Boundary.objects.active()) & {kept, retired} == {kept}
    assert Boundary.objects.get(pk=retired.pk).retired_at == NOON


def test_retiring_twice_keeps_the_first_moment_and_one_line_in_the_log(staff):
    boundary = BoundaryFactory()
    boundary.retire(by=staff, now=NOON)
    boundary.retire(by=staff, now=NOON + timedelta(days=1))
    assert Boundary.objects.get(pk=boundary.pk).retired_at == NOON
    entry = ModelLogEntry.objects.for_instance(boundary).get()
    assert (entry.action, entry.user) == ("practices.retire", staff)


def test_a_boundary_that_is_brought_back_is_active_and_the_log_says_who_did_it(staff):
    boundary = BoundaryFactory(retired_at=NOON)
    boundary.bring_back(by=staff)
    boundary.bring_back(by=staff)
    assert boundary in Boundary.objects.active()
    entry = ModelLogEntry.objects.for_instance(boundary).get()
    assert (entry.action, entry.user) == ("practices.bring_back", staff)


def test_a_crossing_is_the_same_from_either_side():
    housing, police = Boundary.objects.get(slug="housing"), Boundary.objects.get(slug="police")
    assert Crossing.of(police, housing) == Crossing.of(housing, police)
    assert Crossing.of(police, housing).slug == "housing--police"
    assert str(Crossing.of(police, housing)) == "between housing and police"


@pytest.mark.parametrize(
    ("slugs", "crossings"),
    [
        ([], []),
        (["police"], []),
        (["police", "housing"], ["housing--police"]),
        (["police", "housing", "benefits"], ["housing--police", "benefits--police", "benefits--housing"]),
    ],
)
def test_boundaries_cross_in_every_pair(slugs, crossings):
    boundaries = [Boundary.objects.get(slug=slug) for slug in slugs]
    assert [crossing.slug for crossing in Crossing.among(boundaries)] == crossings


@pytest.mark.parametrize(
    ("slug", "count", "inside", "outside"),
    [
        ("salford", 1, "salford", "manchester"),
        ("north-west", 25, "salford", "leeds"),
        ("england", 163, "salford", "cardiff"),
        ("wales", 23, "cardiff", "salford"),
    ],
)
def test_within_is_the_place_and_all_its_parts(slug, count, inside, outside):
    found = set(Place.objects.within(Place.objects.get(slug=slug)).values_list("slug", flat=True))
    assert len(found) == count
    assert {slug, inside} <= found
    assert outside not in found


@pytest.mark.parametrize(
    ("slug", "shown"),
    [("salford", "North West"), ("north-west", "North West"), ("fife", "Scotland"), ("wales", "Wales")],
)
def test_a_council_area_is_shown_as_what_it_lies_in(slug, shown):
    assert str(Place.objects.get(slug=slug).region) == shown


def test_up_to_region_holds_no_council_area():
    assert Place.objects.up_to_region().count() == 4 + 9


@pytest.mark.parametrize(("kind", "parent"), [("nation", "england"), ("region", None), ("council", None)])
def test_the_database_refuses_a_place_that_lies_wrong(kind, parent):
    parent = parent and Place.objects.get(slug=parent)
    with pytest.raises(IntegrityError):
        Place.objects.create(name="Nowhere", slug="nowhere", kind=kind, parent=parent)


def test_the_database_refuses_a_code_twice():
    with pytest.raises(IntegrityError):
        Place.objects.create(name="Scotland again", slug="scotland-again", kind="nation", code="GB-SCT")


def test_words_are_called_by_their_names():
    words = [
        Place.objects.get(slug="salford"),
        Practice.objects.get(slug="rule-or-habit"),
        Role.objects.get(slug="midwife"),
    ]
    assert [str(word) for word in words] == ["Salford", "Rule or habit?", "Midwife"]
