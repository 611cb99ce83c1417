"""What points to somebody without naming them is raised, above all where it stands together."""

import pytest

from confidentiality.check import check
from confidentiality.tests.saying import said


@pytest.mark.parametrize(
    "text", ["the only Black nurse", "the first trans woman", "the youngest prisoner", "the only known case of it"]
)
def test_being_the_only_one_is_looked_at(text):
    assert said(f"She was {text} there.", "UNIQUE")[0][1] == 2


def test_the_first_person_met_is_no_rarity():
    assert said("The first person I rang was kind.", "UNIQUE") == [("The first person", 1)]


def test_a_familys_make_up_is_small_alone_and_looked_at_beside_a_rare_condition():
    assert said("She is a mother of five.", "FAMILY") == [("mother of five", 1)]
    assert said("She is a mother of five. Two years ago they found Huntington's.", "FAMILY") == [("mother of five", 2)]
    assert said("They found Huntington's. " + "We waited. " * 60 + "She is a mother of five.", "FAMILY") == [
        ("mother of five", 1)
    ]


@pytest.mark.parametrize("marks", ["“”", '""', "''", "‘’"])
def test_what_was_said_in_court_is_looked_at(marks):
    quoted = f"{marks[0]}a failure to share what wasn't known{marks[1]}"
    assert said(f"The coroner spoke of {quoted} that day.", "QUOTE") == [(quoted, 2)]
    assert said(f"My colleague spoke of {quoted} that day.", "QUOTE") == []


def test_two_apostrophes_near_a_court_are_no_quotation():
    assert said("The judge's room and the families' room lay apart, and the officers' desk.", "QUOTE") == []


def test_three_kinds_close_together_are_raised_and_say_so():
    text = "A Somali woman from Shipley with three children came in June."
    findings = check(text)
    assert {finding.kind for finding in findings} == {"TRAIT", "PLACE", "FAMILY", "MONTH"}
    assert {finding.level for finding in findings} == {2}
    assert all("details close by" in finding.why for finding in findings)


def test_the_same_far_apart_stay_small():
    gap = " We waited and waited, and then we asked again." * 8
    text = f"A Somali woman came.{gap} It was in Shipley.{gap} That was in June."
    assert {finding.level for finding in check(text)} == {1}


def test_place_month_and_service_alone_tell_of_nobody():
    findings = check("In June 2021 the council in Shipley met the board of Bradford Royal Infirmary.")
    assert [finding.kind for finding in findings if "details close by" in finding.why] == []
