"""The factory's short cut leaves what the real verbs leave."""

import json
import re
from datetime import UTC, datetime
from itertools import count

import pytest
from django.db import connection, transaction

from members.tests.factories import MemberFactory, ModeratorFactory, without_tokens
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00")
# Another one each time: of people, and the feed number with what is made of it.
EACH_TIME = {"password", "public_id", "first_name", "email", "pub_no", "made_from"}
PUBLIC = {"audience": "public", "byline": "name", "boundaries": ["mental-health", "housing"], "place": "north-west"}
NUMBERS = count(10_000, 1000)
WAYS = {
    "a draft": {},
    "a draft with much": {**PUBLIC, "demo": True, "search_engines": "no", "period_year": 2025, "byline_role": None},
    "sent": {"sent": True},
    "asked": {"asked": True},
    "live": {"live": True},
    "public": {"live": True, **PUBLIC},
    "with practices": {"live": True, "practices": ["rule-or-habit"], "advice": "Ring first.", "noticed": "Letters."},
    "to be asked again": {"live": True, "review_date": datetime(2031, 1, 1, tzinfo=UTC).date()},
    "read again": {"live": True, "review_date": AT.date()},
    "a retold case": {"live": True, "source_title": "A case", "source_url": "https://example.org/", "open_data": True},
    "hidden": {"hidden": True},
    "withdrawn": {"withdrawn": True},
    "sensitive": {"live": True, "boundaries": ["domestic-abuse", "housing"]},
    "a word to answer for": {"live": True, "tried": "I rang 07700 900123 at night."},
}

MARKS = "systemschange_change"  # the table of `systemschange.changes`, a floor above


def rows():
    """Every row of every table, as JSON; but for the marks of changes, which are made by chance."""
    with connection.cursor() as cursor:
        for table in connection.introspection.get_table_list(cursor):
            if table.name == MARKS:
                continue
            cursor.execute(f'SELECT to_jsonb(found)::text FROM "{table.name}" found')  # noqa: S608 - our own tables
            yield from ((table.name, row) for (row,) in cursor.fetchall())


def numbered_from(number):
    """Keys that come next are the same whatever was made before: no rollback sets them back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(seqrelid, %s) FROM pg_sequence", [number])


def made(number, **fields):
    """What a story leaves in the database, without what is another one each time; and nothing is left of it."""
    with transaction.atomic():
        numbered_from(number)
        before = set(rows())
        author = MemberFactory(first_name="Ada", email="ada@example.org")
        story = StoryFactory(author=author, title="They ring now", at=AT, **fields)
        after = set(rows())
        transaction.set_rollback(True)
    left = [(table, without_chance(json.loads(row), story, author)) for table, row in after - before]
    gone = sorted((table, row) for table, row in before - after)
    return sorted(left, key=str), gone


def without_chance(row, story, author):
    said = json.dumps({name: value for name, value in row.items() if name not in EACH_TIME}, sort_keys=True)
    said = without_tokens(said).replace(story.slug, "slug")
    return MOMENT.sub("now", said)


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
def test_each_column_of_each_table_is_as_the_real_verbs_leave_it(way):
    ModeratorFactory.create_batch(2)
    StoryFactory(live=True, practices=["rule-or-habit"])
    number = next(NUMBERS)
    short, gone = made(number, **WAYS[way])
    whole, gone_too = made(number, **WAYS[way], the_whole_way=True)
    assert short == whole
    assert gone == gone_too
    assert "stories_story" in dict(short)


def test_it_is_a_short_cut(django_assert_max_num_queries):
    author = MemberFactory()
    with django_assert_max_num_queries(80):
        StoryFactory(live=True, author=author)
