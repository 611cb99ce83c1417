"""A session says what is stored of it now, to each request its own copy, and nothing that we did not sign."""

import pytest
from django.contrib.sessions.models import Session

from members.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    store = SessionStore()
    store["said"] = {"words": ["one"]}
    store.save()
    return store


def read(kept):
    return SessionStore(kept.session_key)


def test_each_request_has_a_copy_of_its_own(kept):
    first, second = read(kept), read(kept)
    first["said"]["words"].append("two")
    assert second["said"] == read(kept)["said"] == {"words": ["one"]}


def test_what_is_saved_is_what_the_next_request_finds(kept):
    assert read(kept)["said"] == {"words": ["one"]}
    changed = read(kept)
    changed["said"] = "otherwise"
    changed.save()
    assert read(kept)["said"] == "otherwise"


def test_what_we_did_not_sign_says_nothing(kept, settings):
    assert read(kept)["said"]
    row = Session.objects.get(pk=kept.session_key)
    first, *rest = row.session_data
    Session.objects.update(session_data="".join(["A" if first != "A" else "B", *rest]))
    assert read(kept).get("said") is None
    row.save()
    assert read(kept)["said"]
    settings.SECRET_KEY = "another key, of somebody who is not us"
    assert read(kept).get("said") is None
    settings.SECRET_KEY_FALLBACKS = []
    assert read(kept).get("said") is None


def test_a_key_that_was_replaced_still_reads_what_it_signed(kept, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next key, of the same site"
    assert read(kept)["said"] == {"words": ["one"]}
