"""Questions that PostgreSQL reads once a connection (`design/prepared.py`), and lists asked as one parameter."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import IntegerField, Value
from django.utils import timezone

from design import prepared
from design.compiled import compiled
from design.many import Many
from members.tests.factories import MemberFactory
from stories.models import Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
HOSTILE = ["it's", '"', "100 % %s %(a)s", "$1", "a\\b", "'; DROP TABLE stories_story; --"]


@compiled
def titled(reader, titles, *, fixed="", most=9):
    return Story.objects.readable_by(reader).filter(title__in=[*titles, fixed]).order_by("title")[:most]


@compiled
def with_keys(keys):
    return Story.objects.filter(pk__among=keys).order_by("pk")


@compiled
def sessions(keys):
    return Session.objects.filter(pk__among=keys)


@compiled
def numbered(number):
    return Story.objects.annotate(number=Value(number, output_field=IntegerField())).values_list("number", flat=True)


def statements():
    """How many statements of ours this connection knows, and which are parameters of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, parameter_types::text[] FROM pg_prepared_statements WHERE name LIKE 'asked%'")
        return dict(cursor.fetchall())


@pytest.fixture(autouse=True)
def anew():
    """A connection that knows none yet."""
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    prepared.KNOWN.pop(connection.connection, None)
    yield
    prepared.KNOWN.pop(connection.connection, None)


@pytest.fixture
def teller():
    return MemberFactory()


@pytest.fixture
def stories(teller):
    return [StoryFactory(title=title, author=teller, live=True, audience="members") for title in HOSTILE]


def test_a_question_is_prepared_once_and_asked_with_other_values(teller, stories, django_assert_num_queries):
    for reader in (teller, MemberFactory()):
        for title in HOSTILE:
            with django_assert_num_queries(1):
                assert [story.title for story in titled(reader, [title])] == [title]
            assert titled.count(reader, [title, "nobody's"]) == 1
    assert len(statements()) == 2


def test_what_does_not_vary_stands_in_the_words_as_it_is(teller, stories):
    for title in HOSTILE:
        assert [story.title for story in titled(teller, ["nobody's"], fixed=title)] == [title]
    assert len(statements()) == len(HOSTILE)


def test_few_and_many_keys_are_one_statement(stories, django_assert_num_queries):
    keys = sorted(story.pk for story in stories)
    for some in (keys, keys[:1], [], keys[2:4]):
        with django_assert_num_queries(1):
            assert [story.pk for story in with_keys(Many(int, some))] == some
    assert list(statements().values()) == [["bigint[]"]]


def test_a_plan_is_kept_for_a_single_key_too():
    keys = [f"session-{number}" for number in range(3000)]
    Session.objects.bulk_create(Session(session_key=key, session_data="a", expire_date=timezone.now()) for key in keys)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE django_session")
        for key in keys[:12]:
            assert [found.pk for found in sessions(Many(str, [key]))] == [key]
        cursor.execute("SELECT custom_plans, generic_plans FROM pg_prepared_statements WHERE name LIKE 'asked%'")
        assert cursor.fetchall() == [(5, 7)]


@pytest.mark.parametrize("checked", [True, False])
def test_a_number_that_would_be_taken_for_a_text_is_asked_as_it_is(stories, settings, checked):
    settings.CHECK_COMPILED = checked
    if checked:
        with pytest.raises(TypeError, match="no numbers"):
            numbered(7)
    else:
        assert [list(numbered(number)) for number in (7, 8)] == [[7] * len(HOSTILE), [8] * len(HOSTILE)]


def test_a_connection_knows_so_many_and_forgets_what_was_longest_unused(teller, stories, monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 2)
    for most in (1, 2, 1, 3):
        assert len(titled(teller, HOSTILE, most=most)) == most
    assert len(statements()) == 2
    assert [len(titled(teller, HOSTILE, most=most)) for most in (1, 2, 3)] == [1, 2, 3]


def test_behind_a_pooler_nothing_is_prepared(teller, stories, settings):
    settings.POOLED_BY_TRANSACTION = True
    assert [story.title for story in titled(teller, HOSTILE[:1])] == HOSTILE[:1]
    assert titled.count(teller, HOSTILE) == len(HOSTILE)
    assert not statements()


def test_another_connection_prepares_its_own(teller, stories):
    titled(teller, HOSTILE)

    def elsewhere():
        try:
            before = len(statements())
            titled(teller, HOSTILE)  # sees nothing of this test's rows, and asks all the same
            return before, len(statements())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as another:
        assert another.submit(elsewhere).result() == (0, 1)
    assert len(statements()) == 1
