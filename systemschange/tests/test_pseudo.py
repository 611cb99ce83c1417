"""Whoever reads in another language meets no English: every page, form and mail in a language made of brackets."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from members.models import Notice
from systemschange.tests import pseudo
from systemschange.tests.canary_addresses import asked
from systemschange.tests.canary_world import World

# What stands on pages and is no sentence of ours, and why.
ALLOWED = {
    *settings.SITE_NAME.lower().split(), settings.SITE_NAME.lower(),  # a name
    "csv", "json", "pdf", "csv json", "bst", "gmt", "testserver",  # kinds of files, clocks
}  # fmt: skip
# Nothing here is for people of ours: staff read English, and the gallery is its makers'.
ENGLISH = (
    "/admin/",
    "/design/",
    "/api/",
    "/sitemap",
    "/robots",
    "/.well-known/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/worker.js",
)


def corpus():
    """Every text in the database, in small letters: whatever a page shows of it is data."""
    said = []
    for model in set(apps.get_models()) - {Notice}:
        texts = [
            one.name
            for one in model._meta.concrete_fields
            if isinstance(one, (models.CharField, models.TextField, models.JSONField))
        ]
        for row in model._base_manager.values_list(*texts) if texts else ():
            said += [str(value) for value in row if value and pseudo.OPEN not in str(value)]
    return " ".join("\n".join(said).lower().split())


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), pseudo.spoken():
        yield World()
        transaction.set_rollback(True)


def bare(html, data):
    for piece in pseudo.outside(html):
        piece = piece.lower()
        if piece.startswith("zq"):  # what somebody had typed stands in their form again
            continue
        if piece not in ALLOWED and not re.search(rf"\b{re.escape(piece)}\b", data):
            yield piece


@pytest.mark.long
@pytest.mark.parametrize("actor", ["visitor", "member", "author"])
def test_no_page_says_a_word_that_nobody_could_translate(world, actor):
    client, data, found, seen = world.clients[actor], corpus(), {}, 0
    for address in asked(world, actor):
        if address.startswith(ENGLISH):
            continue
        response = client.get(address)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            seen += pseudo.OPEN in response.text
            for piece in bare(response.text, data):
                found.setdefault(piece, address)
    assert not found, "\n".join(f"{piece!r} at {address}" for piece, address in found.items())
    assert seen > 50


def test_a_bare_word_is_found():
    page = '<p>⟦Hello ⟦you⟧⟧, stranger</p><img alt="A wall"><a aria-label="⟦Home⟧">Housing</a>'
    assert list(bare(page, "housing 3")) == ["stranger", "a wall"]


@pytest.mark.long
def test_no_mail_says_one_either(world):
    data, found = corpus(), {}
    for notice in Notice.objects.exclude(html=""):
        for piece in bare(f"<p>{notice.subject}</p>{notice.html}", data):
            found.setdefault(piece, notice.kind)
    assert found == {}
