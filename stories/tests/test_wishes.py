"""The board of what people want help with."""

import pytest

from members.tests.factories import MemberFactory
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db

BOARD = "/stories/wants-help/"


def told(**fields):
    return StoryFactory(**{"live": True, "audience": "public", "help_wanted": "Somebody at the jobcentre.", **fields})


def titles(response):
    return [story.title for story in response.context["page"].items]


def test_the_board_shows_who_wants_help_the_newest_first(client):
    told(title="Older")
    told(title="Newer", help_wanted="Who has <tried> this in a prison?")
    told(title="Wants nothing", help_wanted="")
    page = client.get(BOARD)
    assert titles(page) == ["Newer", "Older"]
    assert "Who has &lt;tried&gt; this in a prison?" in page.text


def test_the_board_shows_each_reader_what_they_may_read(client):
    told(title="Membersonly", audience="members", help_wanted="Helpcanary")
    told(title="Hidden", hidden=True, help_wanted="Helpcanary")
    StoryFactory(sent=True, help_wanted="Helpcanary")
    assert "Helpcanary" not in client.get(BOARD).text
    client.force_login(MemberFactory())
    assert titles(client.get(BOARD)) == ["Membersonly"]


def test_the_board_is_narrowed_by_services_and_place(client):
    told(title="Both", boundaries=["housing", "police"], place="wales")
    told(title="One", boundaries=["housing"])
    assert titles(client.get(BOARD, {"boundary": ["housing", "police"]})) == ["Both"]
    assert titles(client.get(BOARD, {"boundary": "housing"})) == ["One", "Both"]
    assert titles(client.get(BOARD, {"place": "wales"})) == ["Both"]
    assert client.get(BOARD, {"boundary": "nothing"}).status_code == 404


def test_an_unnamed_teller_stays_unnamed_on_the_board(client):
    told(author=MemberFactory(first_name="Canaria", last_name="Canarson"), byline="role", byline_role="housing-officer")
    page = client.get(BOARD).text
    assert "Housing officer" in page
    assert "Canar" not in page


def test_a_long_wish_is_cut_and_an_empty_board_says_what_to_do(client):
    assert "Nobody asks for help here" in client.get(BOARD).text
    told(help_wanted="word " * 2000)
    assert len(client.get(BOARD).text) < 30_000
