"""What a new site knows from its first day."""

from collections import Counter
from importlib import import_module

import pytest
from django.apps import apps
from django.utils.text import slugify

from practices.models import Boundary, Family, Practice, Role, Stage

starters = import_module("practices.migrations.0002_starters")

pytestmark = pytest.mark.django_db


def test_there_are_eighteen_boundaries_in_every_family():
    assert Counter(Boundary.objects.values_list("family", flat=True)) == {
        Family.HEALTH: 3,
        Family.CARE: 4,
        Family.HOME: 2,
        Family.JUSTICE: 4,
        Family.MONEY: 2,
        Family.COMMUNITY: 3,
    }


def test_only_domestic_abuse_is_sensitive():
    assert [boundary.slug for boundary in Boundary.objects.filter(sensitive=True)] == ["domestic-abuse"]


def test_practices_stand_in_their_stages_in_the_order_of_the_library():
    names = [list(Practice.objects.filter(stage=stage).values_list("name", flat=True)) for stage in Stage]
    assert names == [[name for name, _ in practices] for practices in starters.PRACTICES.values()]
    assert [len(stage) for stage in names] == [5, 5, 8]


def test_slugs_of_practices_and_roles_are_their_names():
    for word in [*Practice.objects.all(), *Role.objects.all()]:
        assert word.slug == slugify(word.name)


def test_starting_again_keeps_what_staff_changed():
    Boundary.objects.filter(slug="housing").update(name="Homes")
    Practice.objects.filter(slug="rule-or-habit").update(one_line="Ask.")
    counts = [model.objects.count() for model in (Boundary, Practice, Role)]
    starters.add_starters(apps, None)
    assert [model.objects.count() for model in (Boundary, Practice, Role)] == counts
    assert Boundary.objects.get(slug="housing").name == "Homes"
    assert Practice.objects.get(slug="rule-or-habit").one_line == "Ask."
