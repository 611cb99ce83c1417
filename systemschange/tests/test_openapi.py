"""The OpenAPI document keeps to its specification, and the open data to the document, whatever is asked."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import openapi
from schemathesis.core.failures import FailureGroup

from insights import open_data
from stories.tests.factories import StoryFactory
from systemschange.wsgi import application

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

DOCUMENT = "/api/openapi.json"
EXAMPLES = 40  # of each address


@pytest.fixture
def story():
    """One with everything, beside one with as little as can be and one that is not open."""
    told = {"live": True, "audience": "public", "open_data": True}
    StoryFactory(**told, boundaries=["housing"], place=None, evidence="", flex="")
    StoryFactory(**told | {"open_data": False})
    return StoryFactory(**told, place="salford", practices=["rule-or-habit"], outcome="stalled", lens="me")


def described():
    """Every operation that the document describes, asked of the site's own WSGI application."""
    return [found.ok() for found in openapi.from_wsgi(DOCUMENT, application).get_all_operations()]


def test_the_document_is_what_the_specification_says(story):
    errors = OpenAPIV31SpecValidator(Client().get(DOCUMENT).json()).iter_errors()
    assert [error.message for error in errors] == []


def test_no_question_brings_an_answer_that_the_document_does_not_describe(story):
    """No error of ours, no status, type or field that it does not name. Whatever is asked for is a text, so nothing
    that can be sent is against the document: there is no other half of this test."""
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    asked = 0
    for operation in described():

        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=slow)
        @given(case=operation.as_strategy())
        def ask(case):
            nonlocal asked
            asked += 1
            case.call_and_validate()

        ask()
    assert asked > EXAMPLES


def test_what_is_there_is_as_the_document_says(story, monkeypatch):
    """Made-up addresses are of no story, and made-up cursors of no page: these are of both."""
    monkeypatch.setattr(open_data.BY_ADDRESS, "size", 1)
    by_name = {operation.definition.raw["operationId"]: operation for operation in described()}
    one = by_name["story"].Case(path_parameters={"slug": story.slug}).call_and_validate()
    assert (one.json()["outcome"], one.json()["region"]) == ("stalled", "North West")
    first = by_name["stories"].Case().call_and_validate().json()
    cursor = parse_qs(urlsplit(first["next"]).query)["after"][0]
    last = by_name["stories"].Case(query={"after": cursor}).call_and_validate().json()
    assert (len(first["stories"]), len(last["stories"]), last["next"]) == (1, 1, None)


def test_a_field_that_the_document_does_not_name_is_found(story, monkeypatch):
    """The test of the test."""
    monkeypatch.setattr(open_data, "as_json", lambda story: {"author": "Ann"})
    by_name = {operation.definition.raw["operationId"]: operation for operation in described()}
    with pytest.raises(FailureGroup, match="schema"):
        by_name["story"].Case(path_parameters={"slug": story.slug}).call_and_validate()
