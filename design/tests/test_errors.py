"""Every failure says what happened and what to do, keeps the words that were typed, and gives nothing away."""

import re

import pytest
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.test import Client, RequestFactory

from design import errors

pytestmark = [pytest.mark.django_db, pytest.mark.urls("design.tests.urls")]
WORDS = "The form\nasked <twice> & nobody & knew why"
ESCAPED = "The form\nasked &lt;twice&gt; &amp; nobody &amp; knew why"


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def kept(response):
    """What the page offers to copy, by label."""
    html = response.content.decode()
    labels = re.findall(r'for="kept-\d+">(.*?)</label>', html)
    texts = re.findall(r"<textarea[^>]*>&#10;(.*?)</textarea>", html, re.DOTALL)
    return dict(zip(labels, texts, strict=True))


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/suspect/", 400, "We could not read that"),
        ("/refuse/", 403, "This is not open to you"),
        ("/lose/x/", 404, "Nothing to see at this address"),
        ("/crash/", 500, "Something broke"),
        ("/unreachable/", 503, "Back in a minute"),
    ],
)
def test_each_failure_has_its_page(client, address, status, title):
    response = client.get(address)
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in response.content.decode()
    assert f"<title>{title} · Systems Change</title>" in response.content.decode()
    assert response.cookies == {}


def test_what_is_missing_and_what_is_refused_look_the_same(client):
    missing = [client.get(address).content for address in ("/lose/canary/", "/hide/canary/", "/never/canary/")]
    assert missing[0] == missing[1] == missing[2]
    assert b"canary" not in missing[0]


def test_a_missing_page_marks_no_place_in_the_header(rf):
    anywhere = errors.page_not_found(rf.get("/stories/secret/"))
    assert b"aria-current" not in anywhere.content


@pytest.mark.parametrize("address", ["/suspect/", "/crash/", "/unreachable/"])
def test_pages_for_a_broken_house_ask_nobody(client, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(address)
    assert b'href="/static/css/site.css"' in response.content
    assert response["Cache-Control"] == "no-store"


def test_a_crash_gives_nothing_away(client):
    assert b"private words" not in client.get("/crash/").content


def test_a_post_without_a_token_keeps_the_text():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/fine/", {"noticed": WORDS, "what-tried": "A shared lunch", "surprise": "", "next": "/x/"})
    assert response.status_code == 403
    assert kept(response) == {"Noticed": ESCAPED, "What tried": "A shared lunch"}
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_several_values_of_one_field_are_all_kept():
    response = Client(enforce_csrf_checks=True).post("/fine/", {"boundaries": ["housing", "", "police"]})
    assert kept(response) == {"Boundaries": "housing\npolice"}


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "password1",
        "oldpassword",
        "csrfmiddlewaretoken",
        "code",
        "otp_code",
        "client_secret",
        "pin",
        "form_key",
    ],
)
def test_no_secret_is_ever_shown_again(name):
    response = Client(enforce_csrf_checks=True).post("/fine/", {name: "canary", "email": "sam@example.org"})
    assert kept(response) == {"Email": "sam@example.org"}
    assert b"canary" not in response.content


def test_a_post_with_nothing_typed_says_so():
    response = Client(enforce_csrf_checks=True).post("/fine/", {"action": "resend"})
    assert "Go back, load the page again, and try once more." in response.content.decode()
    assert kept(response) == {}


@pytest.mark.parametrize("address", ["/crash/", "/unreachable/"])
def test_a_broken_house_keeps_the_text_too(address):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    response = client.post(address, {"noticed": WORDS, "csrfmiddlewaretoken": "a" * 32})
    assert kept(response) == {"Noticed": ESCAPED}


def test_a_body_that_nobody_read_is_not_read_by_the_error_page(client):
    assert kept(client.post("/unread-crash/", {"noticed": WORDS})) == {}


@pytest.mark.parametrize("address", ["/unreachable/", "/closed/"])
def test_a_database_that_is_away_is_asked_again_in_a_minute(client, address):
    response = client.get(address)
    assert response.status_code == 503
    assert response["Retry-After"] == "60"


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_cut_is_a_503_and_the_next_request_works(client):
    assert client.get("/interrupted/").status_code == 503
    close_old_connections()  # as the end of a request does; the test client leaves it out
    assert client.get("/fine/").content == b"fine"


def test_a_query_that_took_too_long_is_our_fault(client):
    assert client.get("/slow/").status_code == 500


def test_a_database_lost_outside_the_view_is_a_503_too(client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "design.tests.urls.LosesTheDatabase"]
    response = client.get("/fine/")
    assert response.status_code == 503
    assert response["Retry-After"] == "60"


@pytest.mark.parametrize("error", [None, ValueError(), DatabaseError()])
def test_other_errors_are_not_blamed_on_the_connection(error):
    assert not errors.is_unreachable(error)


def test_a_closed_connection_is_unreachable():
    assert errors.is_unreachable(InterfaceError("connection already closed"))


def test_typed_text_of_a_page_without_a_body_is_empty():
    assert errors.typed_text(RequestFactory().get("/")) == []
