"""The queue is found at once, and its lines name nobody."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from members.tests.factories import EditorFactory, MemberFactory, sign_in_staff
from stories import actions
from stories.tests.desk import QUEUE, SNIPPET, now, page, review, send_edit, titles, version, waiting_since
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db


# --- Found at once ----------------------------------------------------------------------------------------------------


def test_the_first_page_of_the_admin_says_how_many_stories_wait_and_since_when(desk):
    for days in [1, 3]:
        waiting_since(StoryFactory(sent=True), days=days)
    home = page(desk.get(reverse("wagtailadmin_home")))
    assert "<strong>2</strong> stories wait, the oldest for 3\xa0days." in home
    assert f'href="{QUEUE}"' in home
    assert "Moderation (2)" in home


def test_the_first_page_of_the_admin_says_when_nothing_waits(desk):
    home = page(desk.get(reverse("wagtailadmin_home")))
    assert "No story waits for a moderator." in home
    assert "Moderation (" not in home


def test_other_staff_see_neither_panel_nor_menu_item(client):
    StoryFactory(sent=True)
    home = page(sign_in_staff(client, EditorFactory()).get(reverse("wagtailadmin_home")))
    assert ["Stories waiting" in home, f'"{QUEUE}"' in home] == [False, False]


# --- The queue --------------------------------------------------------------------------------------------------------


def test_the_queue_is_in_the_order_in_which_stories_were_sent(desk):
    for title, days in [("Second", 2), ("First", 5), ("Third", 1)]:
        waiting_since(StoryFactory(sent=True, title=title), days=days)
    assert titles(desk.get(QUEUE)) == ["First", "Second", "Third"]


def test_the_queue_holds_only_what_waits(desk):
    for state in [{}, {"jot": True}, {"asked": True}, {"live": True}, {"withdrawn": True}]:
        StoryFactory(**state)
    answer = desk.get(QUEUE)
    assert titles(answer) == []
    assert "Nothing to decide." in page(answer)


def test_a_line_says_what_a_moderator_should_know_first(desk):
    StoryFactory(sent=True, title="A first one", boundaries=["police", "housing"])
    teller = StoryFactory(live=True).author
    StoryFactory(sent=True, title="A second one", author=teller)
    edited = StoryFactory(live=True)
    edit_of(edited, title="An edit")
    actions.send(edited, by=edited.author, now=now(), hide=True)
    StoryFactory(sent=True, title="From elsewhere", source_url="https://example.org/")
    lines = {line.title: line for line in desk.get(QUEUE).context["lines"]}
    assert {title: line.notes for title, line in lines.items()} == {
        "A first one": ["New story", "First story of this teller"],
        "A second one": ["New story"],
        "An edit": ["Edit of a published story", "Hidden until you decide"],
        "From elsewhere": ["New story"],
    }
    assert lines["A first one"].boundaries == ["Housing", "Police"]


def test_a_line_says_what_the_teller_asks_to_widen(desk):
    story = StoryFactory(live=True, byline="role")
    actions.set_reach(story, byline="name", audience="public", by=story.author, now=now())
    [line] = desk.get(QUEUE).context["lines"]
    assert line.notes == [
        "Edit of a published story",
        "Asks to be named: My name",
        "Asks for more readers: Anyone",
    ]


@pytest.mark.long
@pytest.mark.parametrize("byline", ["role", "hidden"])
def test_no_page_of_the_desk_names_an_unnamed_teller(desk, byline):
    teller = MemberFactory(first_name="Zephyrine", last_name="Quillfeather", email="zephyrine@example.org")
    sent = StoryFactory(sent=True, author=teller, byline=byline)
    live = StoryFactory(live=True, author=teller, byline=byline)
    send_edit(live, title="Edited")
    addresses = [reverse("wagtailadmin_home"), QUEUE, QUEUE + "published/", review(sent), review(live)]
    addresses += [reverse(f"{SNIPPET}:revisions_view", args=[story.pk, version(story)]) for story in [sent, live]]
    seen = " ".join(page(desk.get(address)) for address in addresses).lower()
    assert [word for word in ["zephyrine", "quillfeather"] if word in seen] == []


def test_a_title_is_that_of_the_version_that_was_sent(desk):
    story = StoryFactory(live=True, title="As it is live")
    send_edit(story, title="As it was sent")
    assert titles(desk.get(QUEUE)) == ["As it was sent"]


def test_the_queue_is_narrowed_by_a_boundary_of_the_story_or_of_its_edit(desk):
    StoryFactory(sent=True, title="Police", boundaries=["police", "housing"])
    StoryFactory(sent=True, title="Other", boundaries=["housing"])
    edited = StoryFactory(live=True, boundaries=["housing"])
    send_edit(edited, title="Police now", boundaries=["police"])
    answer = desk.get(QUEUE, {"boundary": "police"})
    assert titles(answer) == ["Police", "Police now"]
    assert "2 stories wait here" in page(answer)


def test_a_boundary_about_which_nothing_waits_says_so(desk):
    assert "No story about this waits." in page(desk.get(QUEUE, {"boundary": "police"}))


@pytest.mark.parametrize("query", ["boundary=nonsense", "boundary=%00", "page=x", "page=-1", "page=999", "page=%00"])
def test_a_query_that_means_nothing_is_the_queue(desk, query):
    StoryFactory(sent=True, title="It waits")
    assert titles(desk.get(f"{QUEUE}?{query}")) == ["It waits"]


def test_a_long_queue_turns_pages_and_keeps_its_filter(desk, monkeypatch):
    monkeypatch.setattr("stories.staff.views.A_PAGE", 1)
    for title, days in [("One", 3), ("Two", 2), ("Three", 1)]:
        waiting_since(StoryFactory(sent=True, title=title, boundaries=["police"]), days=days)
    answer = desk.get(QUEUE, {"boundary": "police", "page": 2})
    assert titles(answer) == ["Two"]
    links = page(answer)
    assert "?boundary=police&page=1" in links
    assert "?boundary=police&page=3" in links


@pytest.mark.long
@pytest.mark.parametrize("story_count", [1, 3])
@pytest.mark.parametrize(("address", "query_count"), [(QUEUE, 18), (QUEUE + "published/", 14)])
def test_lists_take_the_same_queries(desk, django_assert_num_queries, story_count, address, query_count):
    for _ in range(story_count):
        StoryFactory(sent=True, boundaries=["police", "housing"])
        StoryFactory(live=True, boundaries=["police", "housing"])
    desk.get(address)
    cache.clear()
    with django_assert_num_queries(query_count):
        desk.get(address)
