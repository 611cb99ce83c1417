"""Pages of a list that changes while it is read. Django's own models stand for ours, which live on upper floors."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from string import ascii_lowercase

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.db.models.functions import Lower
from django.http import Http404, QueryDict
from django.test import RequestFactory

from design.paging import BadCursor, Keyset

pytestmark = pytest.mark.django_db

BY_NAME = Keyset("name", size=3)
LATEST_FIRST = Keyset("-expire_date", "-pk", size=2)
NOON = datetime(2025, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def query(address=""):
    return RequestFactory().get(f"/things/{address}").GET


def names(page):
    return "".join(item.name for item in page.items)


@pytest.fixture
def letters():
    """Groups called a, b, c ..."""
    Group.objects.all().delete()

    def make(count):
        Group.objects.bulk_create(Group(name=letter) for letter in ascii_lowercase[:count])
        return Group.objects.all()

    return make


@pytest.mark.parametrize(("count", "pages"), [(0, [""]), (3, ["abc"]), (4, ["abc", "d"]), (7, ["abc", "def", "g"])])
def test_following_older_shows_each_item_once_and_then_ends(letters, count, pages):
    groups = letters(count)
    page = BY_NAME.page(groups, query())
    seen = [names(page)]
    while page.older:
        page = BY_NAME.page(groups, query(page.older))
        seen.append(names(page))
    assert seen == pages


def test_the_way_back_is_the_way_there(letters):
    groups = letters(7)
    first = BY_NAME.page(groups, query())
    second = BY_NAME.page(groups, query(first.older))
    third = BY_NAME.page(groups, query(second.older))
    back = BY_NAME.page(groups, query(third.newer))
    assert back == second
    start = BY_NAME.page(groups, query(back.newer))
    assert (names(start), start.newer, start.older) == (names(first), "", first.older)


def test_the_first_page_has_nothing_before_it_and_a_full_last_one_nothing_after(letters):
    page = BY_NAME.page(letters(3), query())
    assert (page.newer, page.older) == ("", "")


def test_items_that_come_and_go_neither_repeat_nor_skip_others(letters):
    groups = letters(6)
    first = BY_NAME.page(groups, query())
    Group.objects.create(name="aa")
    Group.objects.filter(name="c").delete()
    assert names(BY_NAME.page(groups, query(first.older))) == "def"


def test_a_page_whose_items_all_went_leads_back_to_the_start(letters):
    groups = letters(4)
    second = BY_NAME.page(groups, query("?kind=x")).older
    Group.objects.filter(name="d").delete()
    page = BY_NAME.page(groups, query(second))
    assert (page.items, page.newer, page.older) == ([], "?kind=x", "")


def test_going_back_when_everything_before_went_leads_to_the_start(letters):
    groups = letters(4)
    second = BY_NAME.page(groups, query(BY_NAME.page(groups, query()).older))
    Group.objects.exclude(name="d").delete()
    page = BY_NAME.page(groups, query(second.newer))
    assert (page.items, page.newer, page.older) == ([], "?", "")


def test_items_of_the_same_moment_are_told_apart_to_the_microsecond():
    moments = [NOON, NOON, NOON, NOON + timedelta(microseconds=1), NOON - timedelta(microseconds=1)]
    Session.objects.bulk_create(
        Session(session_key=str(number), expire_date=moment) for number, moment in enumerate(moments)
    )
    page = LATEST_FIRST.page(Session.objects.all(), query())
    seen = [item.pk for item in page.items]
    while page.older:
        page = LATEST_FIRST.page(Session.objects.all(), query(page.older))
        seen += [item.pk for item in page.items]
    assert seen == ["3", "2", "1", "0", "4"]


def test_order_may_mix_directions_annotations_and_relations():
    keyset = Keyset("-content_type__model", "small", "pk", size=5)
    permissions = Permission.objects.select_related("content_type").annotate(small=Lower("codename"))
    page = keyset.page(permissions, query())
    seen = list(page.items)
    while page.older:
        page = keyset.page(permissions, query(page.older))
        seen += page.items
    assert seen == list(permissions.order_by("-content_type__model", "small", "pk"))


def test_the_rest_of_the_question_stays_and_the_other_cursor_goes(letters):
    page = BY_NAME.page(letters(9), query("?kind=x&kind=y%26z"))
    second = BY_NAME.page(Group.objects.all(), query(page.older))
    older, newer = QueryDict(second.older[1:]), QueryDict(second.newer[1:])
    assert (older.getlist("kind"), sorted(older)) == (["x", "y&z"], ["after", "kind"])
    assert (newer.getlist("kind"), sorted(newer)) == (["x", "y&z"], ["before", "kind"])


def test_a_cursor_is_the_same_each_time_and_shows_nothing_of_the_item():
    session = Session(session_key="12345", expire_date=NOON)
    cursor = LATEST_FIRST.cursor(session)
    assert LATEST_FIRST.cursor(session) == cursor
    sealed = urlsafe_b64decode(cursor + "==")
    assert b"12345" not in sealed
    assert b"2025" not in sealed


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize("value", ["x", "AAAA", "%00", "%F0%9F%A6%8A", "é", "=", "A" * 21, "A" * 5000, "[1]"])
def test_a_cursor_that_is_none_is_a_page_that_does_not_exist(letters, name, value):
    with pytest.raises(BadCursor):
        BY_NAME.page(letters(1), query(f"?{name}={value}"))


def test_a_changed_cursor_is_refused(letters):
    cursor = BY_NAME.cursor(letters(1).get())
    changed = ("B" if cursor[0] == "A" else "A") + cursor[1:]
    with pytest.raises(BadCursor):
        BY_NAME.page(Group.objects.all(), query(f"?after={changed}"))


def test_a_cursor_of_another_list_is_refused(letters):
    cursor = Keyset("-name").cursor(letters(1).get())
    with pytest.raises(BadCursor):
        BY_NAME.page(Group.objects.all(), query(f"?after={cursor}"))


def test_a_bad_cursor_is_a_404():
    assert issubclass(BadCursor, Http404)


def test_an_empty_cursor_is_none(letters):
    assert names(BY_NAME.page(letters(1), query("?after=&before="))) == "a"


@pytest.mark.parametrize("count", [1, 4])
def test_a_page_takes_one_query_and_no_offset(letters, count, django_assert_num_queries):
    groups = letters(count)
    address = f"?after={BY_NAME.cursor(Group(name='0'))}"
    with django_assert_num_queries(1) as queries:
        BY_NAME.page(groups, query(address))
    assert "OFFSET" not in queries[0]["sql"]
    assert "LIMIT 4" in queries[0]["sql"]
