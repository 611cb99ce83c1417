"""What a new site knows from its first day."""

from collections import Counter
from importlib import import_module

import pytest
from django.apps import apps
from django.utils.text import slugify

from practices.models import Boundary, Family, Practice, Role, Stage

starters = import_module("practices.migrations.0002_starters")
texts = import_module("practices.migrations.0006_starter_texts")
in_use = import_module("practices.migrations.0009_starters_in_use")

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


TEXTS = ("what", "when_it_helps", "first_step", "caution", "looks_like")


def test_every_starter_says_all_five_things_and_none_says_them_twice():
    said = [getattr(practice, name) for practice in Practice.objects.all() for name in TEXTS]
    assert len(said) == len(set(said)) == 18 * 5
    assert all(60 < len(text) < 400 for text in said)


@pytest.mark.parametrize("word", ["best practice", "service user", "stakeholder", "beneficiar", "leader", "success"])
def test_no_starter_speaks_like_a_think_tank(word):
    assert not [text for row in Practice.objects.values_list(*TEXTS) for text in row if word in text.lower()]


def test_every_page_is_a_page_and_not_a_paragraph_and_fits_on_one():
    for texts_of_one in Practice.objects.values_list(*TEXTS):
        assert 150 <= sum(len(text.split()) for text in texts_of_one) <= 250


def test_sources_name_what_they_are_and_lead_to_where_they_can_be_read():
    sources = [source for practice in Practice.objects.all() for source in practice.source_list]
    assert len(sources) == 17
    assert all(len(said) > 30 and "http" not in said for said, _ in sources)
    assert Counter(bool(address) for _, address in sources) == {True: 14, False: 3}


def test_a_scene_that_staff_have_written_stays():
    Practice.objects.filter(slug="rule-or-habit").update(looks_like="Ours.", sources="")
    in_use.add_texts(apps, None)
    practice = Practice.objects.get(slug="rule-or-habit")
    assert practice.looks_like == "Ours."
    assert len(practice.source_list) == 1


def test_texts_that_staff_have_written_stay():
    Practice.objects.filter(slug="rule-or-habit").update(what="Ours.", caution="")
    texts.add_texts(apps, None)
    practice = Practice.objects.get(slug="rule-or-habit")
    assert practice.what == "Ours."
    assert practice.caution.startswith("Some rules protect")


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
