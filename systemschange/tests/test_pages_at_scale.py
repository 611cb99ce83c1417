"""No page costs PostgreSQL much more where there are five times as many stories and members: held in pages read."""

import contextlib

import pytest
from django.db import connection, transaction
from django.test import Client

from bench.pages import community
from bench.pages.__main__ import addresses
from design.cost import costs

pytestmark = [pytest.mark.long, pytest.mark.django_db]
FEW, MANY = 2_000, 10_000
MOST = 2  # times the pages read
# Pages of PostgreSQL that are no burden, whatever they grew from. What two hundred stories show together is read from
# as many rows, which all have their own page once there are many.
LITTLE, OF_AN_OVERVIEW = 300, 5_000
OVERVIEWS = {"crossing", "practice", "place"}
MORE = {"place": "/places/north-west/", "wishes": "/stories/wants-help/", "feed": "/stories/feed/"}


@contextlib.contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def pages_read(size):
    """{(page, who): pages of 8 kB that PostgreSQL reads for it}"""
    with rolled_back():
        world = community.fill(size, size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        member, visitor = Client(), Client()
        member.force_login(world["member"])
        found = {}
        pages = {name: path for name, (path, _) in addresses(world).items()}
        for name, path in {**pages, **MORE}.items():
            for who, client in {"signed out": visitor, "signed in": member}.items():
                with costs() as asked:
                    page = client.get(path)
                if page.status_code == 200:
                    found[name, who] = sum(one.buffers for one in asked)
    return found


def test_what_a_page_reads_does_not_grow_with_stories_and_members():
    few, many = pages_read(FEW), pages_read(MANY)
    assert few.keys() == many.keys()
    assert len(few) == 22  # two of them are for members alone
    least = {key: OF_AN_OVERVIEW if key[0] in OVERVIEWS else LITTLE for key in few}
    grown = {key: (few[key], many[key]) for key in few if many[key] > max(MOST * few[key], least[key])}
    assert grown == {}, (few, many)
