"""Questions to a list, asked in an address."""

import pytest
from django.http import Http404, QueryDict

from design import near
from practices.finding import Finding
from practices.models import Boundary
from practices.tests.factories import BoundaryFactory

pytestmark = pytest.mark.django_db


def test_an_empty_question_asks_for_everything():
    finding = Finding(QueryDict("place="))
    assert (finding.boundaries, finding.place, finding.chips()) == ([], None, [])


def test_boundaries_and_a_place_combine():
    finding = Finding(QueryDict("boundary=police&boundary=housing&place=salford&other=x"))
    assert [boundary.slug for boundary in finding.boundaries] == ["housing", "police"]
    assert finding.place.slug == "salford"


def test_a_chip_leads_to_the_first_page_without_its_word():
    finding = Finding(QueryDict("boundary=police&boundary=housing&place=salford&after=x&before=y"))
    assert finding.chips() == [
        ("Housing", "?boundary=police&place=salford"),
        ("Police", "?boundary=housing&place=salford"),
        ("Salford", "?boundary=police&boundary=housing"),
    ]


def test_the_last_chip_leads_to_everything():
    assert Finding(QueryDict("place=salford")).chips() == [("Salford", "?")]


@pytest.mark.parametrize(
    "question", ["boundary=nothing", "boundary=%00", "boundary=housing&boundary=x", "place=x", "place=%00", "place=🦊"]
)
def test_words_that_do_not_exist_are_a_page_that_does_not_exist(question):
    with pytest.raises(Http404):
        Finding(QueryDict(question))


def test_a_retired_boundary_is_not_offered():
    BoundaryFactory(name="Workhouses", retired_at="2026-01-01T00:00Z")
    families = Finding(QueryDict()).form.fields["boundary"].choices
    offered = [slug for _, family in families for slug, _ in family]
    assert sorted(offered) == sorted(boundary.slug for boundary in Boundary.objects.active())


def test_a_form_in_which_nothing_is_chosen_is_made_once_and_never_the_answer_to_another_question(monkeypatch):
    kept = {}
    monkeypatch.setattr(near, "get_or_set", lambda key, make, seconds: kept.get(key) or kept.setdefault(key, make()))
    asked = [Finding(QueryDict(question)) for question in ("", "after=x", "boundary=police", "", "boundary=housing")]
    unasked, later, police, again, housing = asked
    assert unasked.form is again.form is later.form
    assert [police.chips()[0][0], housing.chips()[0][0]] == ["Police", "Housing"]
    assert unasked.chips() == later.chips() == again.chips() == []
    assert "checked" not in again.form.drawn_filters
    assert "checked" in police.form.drawn_filters
