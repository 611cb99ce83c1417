"""The table of places, and the tree that it becomes."""

import csv
from collections import Counter
from importlib import import_module

import pytest
from django.apps import apps
from django.utils.text import slugify

from practices.models import Place

places = import_module("practices.migrations.0003_places")


@pytest.fixture(scope="module")
def table():
    with places.TABLE.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_a_slug_is_the_name_and_stands_once(table):
    slugs = [row["slug"] for row in table]
    assert len(set(slugs)) == len(slugs)
    assert slugs == [slugify(row["name"]) for row in table]


def test_every_place_but_a_nation_lies_in_a_place_above_it(table):
    kind_of = {row["slug"]: row["kind"] for row in table}
    pairs = {(row["kind"], kind_of.get(row["parent"])) for row in table}
    assert pairs == {("nation", None), ("region", "nation"), ("council", "region"), ("council", "nation")}


def test_the_councils_of_each_nation_and_region_are_counted(table):
    assert Counter(row["parent"] for row in table if row["kind"] == "council") == {
        "north-east": 12,
        "north-west": 24,
        "yorkshire-and-the-humber": 15,
        "east-midlands": 10,
        "west-midlands": 14,
        "east-of-england": 11,
        "london": 33,
        "south-east": 19,
        "south-west": 15,
        "scotland": 32,
        "wales": 22,
        "northern-ireland": 11,
    }


def test_every_point_lies_in_the_united_kingdom(table):
    outside = [
        row["name"]
        for row in table
        if not (49.8 < float(row["latitude"]) < 60.9 and -8.2 < float(row["longitude"]) < 1.8)
    ]
    assert outside == []


def test_codes_are_those_of_the_united_kingdom_and_stand_once(table):
    codes = [row["code"] for row in table if row["code"]]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("GB-") and len(code) == 6 for code in codes)
    assert [row["slug"] for row in table if row["kind"] == "council" and not row["code"]] == [
        "cumberland",
        "westmorland-and-furness",
    ]


@pytest.mark.django_db
def test_the_tree_in_the_database_is_the_table(table):
    rows = Place.objects.values_list("slug", "name", "kind", "code", "parent__slug")
    assert sorted(rows) == sorted(
        (row["slug"], row["name"], row["kind"], row["code"], row["parent"] or None) for row in table
    )


@pytest.mark.django_db
def test_loading_again_keeps_what_staff_changed(table):
    Place.objects.filter(slug="salford").update(name="City of Salford")
    places.add_places(apps, None)
    assert Place.objects.count() == len(table)
    assert Place.objects.get(slug="salford").name == "City of Salford"


@pytest.mark.django_db
def test_a_place_that_went_missing_comes_back(table):
    Place.objects.get(slug="salford").delete()
    places.add_places(apps, None)
    assert Place.objects.get(slug="salford").parent.slug == "north-west"
