"""What readers find: words, filters and both together, and what they are never brought to."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse

from members.tests.factories import MemberFactory
from stories import actions
from stories.finding import Finding
from stories.models import Audience, Story
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db
LIST = reverse("stories:list")
TOLD = {"live": True, "audience": "public"}


def found(client, **asked):
    return sorted(story.title for story in client.get(LIST, asked).context["page"].items)


def page(client, **asked):
    return client.get(LIST, asked).content.decode()


@pytest.fixture
def three():
    """Three stories that differ in everything there is to ask for."""
    StoryFactory(
        title="Heating",
        summary="Boilers are mended the same day.",
        boundaries=["housing", "mental-health"],
        practices=["rule-or-habit"],
        place="salford",
        byline="name",
        outcome="stalled",
        shift_ground="",
        **TOLD,
    )
    StoryFactory(
        title="Letters",
        summary="The letter was rewritten.",
        boundaries=["housing", "police"],
        practices=["change-the-form"],
        place="leeds",
        byline="name",
        outcome="spread",
        shift_behaviour="",
        shift_ground="Nobody is turned away.",
        help_wanted="Somebody who knows probation.",
        **TOLD,
    )
    StoryFactory(
        title="Waiting",
        summary="Appointments by bus timetable.",
        boundaries=["education"],
        practices=[],
        place="wales",
        outcome="going",
        shift_thinking="They listen.",
        shift_behaviour="",
        **TOLD,
    )


FILTERS = {
    "a word": ({"q": "boiler"}, ["Heating"]),
    "a word's other form": ({"q": "mending"}, ["Heating"]),
    "the beginning of a word": ({"q": "appointm"}, ["Waiting"]),
    "half a word whose stem is shorter": ({"q": "appointment"}, ["Waiting"]),
    "words that must both be there": ({"q": "letter rewritten"}, ["Letters"]),
    "words that are not in one story": ({"q": "rewritten boiler"}, []),
    "the name of a service": ({"q": "police"}, ["Letters"]),
    "the name of a place": ({"q": "salford"}, ["Heating"]),
    "one service": ({"boundary": "housing"}, ["Heating", "Letters"]),
    "a crossing": ({"boundary": ["housing", "police"]}, ["Letters"]),
    "three services": ({"boundary": ["housing", "police", "education"]}, []),
    "a practice": ({"practice": "rule-or-habit"}, ["Heating"]),
    "a council area": ({"place": "leeds"}, ["Letters"]),
    "a nation with its parts": ({"place": "england"}, ["Heating", "Letters"]),
    "an outcome": ({"outcome": "stalled"}, ["Heating"]),
    "a shift": ({"shift": "thinking"}, ["Waiting"]),
    "wants help": ({"help": "on"}, ["Letters"]),
    "a word and a service": ({"q": "the rewritten", "boundary": "housing"}, ["Letters"]),
    "a word, a crossing, a practice, a place": (
        {"q": "boilers", "boundary": ["housing", "mental-health"], "practice": "rule-or-habit", "place": "north-west"},
        ["Heating"],
    ),
    "all of it": (
        {
            "q": "letter",
            "boundary": ["housing", "police"],
            "practice": "change-the-form",
            "place": "leeds",
            "outcome": "spread",
            "shift": "ground",
            "help": "on",
        },
        ["Letters"],
    ),
    "all of it but one": ({"q": "rewritten", "boundary": "housing", "outcome": "stalled"}, []),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters_and_words_combine(client, three, name):
    asked, expected = FILTERS[name]
    assert found(client, **asked) == expected
    query = QueryDict(mutable=True)
    for key, value in asked.items():
        query.setlist(key, value if isinstance(value, list) else [value])
    narrowed = Finding(query).narrow(Story.objects.readable_by(AnonymousUser()))
    assert sorted(story.title for story in narrowed) == expected


def test_each_choice_has_a_chip_that_takes_it_alone_away(client, three):
    asked = "?q=letter&boundary=housing&outcome=spread&shift=ground&help=on"
    chips = dict(client.get(LIST + asked).context["finding"].chips())
    assert list(chips) == ["“letter”", "Housing", "Spread to others", "On the ground", "Wants help"]
    assert chips["Wants help"] == "?q=letter&boundary=housing&outcome=spread&shift=ground"
    assert chips["“letter”"] == "?boundary=housing&outcome=spread&shift=ground&help=on"


# --- What must not be found -------------------------------------------------------------------------------------------


def test_an_unnamed_story_is_not_found_by_its_council_area_or_its_author(client):
    author = MemberFactory(first_name="Zebedee", last_name="Quillfeather")
    StoryFactory(author=author, place="salford", byline="role", title="Unnamed", **TOLD)
    StoryFactory(author=author, place="salford", byline="name", title="Named", **TOLD)
    assert found(client, place="salford") == found(client, q="salford") == ["Named"]
    assert found(client, q="zebedee") == found(client, q="quillfeather") == []
    assert found(client, q="unnamed", place="north-west") == ["Unnamed"]


def test_a_story_that_narrows_its_byline_leaves_its_council_area_at_once(client):
    story = StoryFactory(place="salford", byline="name", title="Narrowed", **TOLD)
    actions.set_reach(story, byline="role", audience="public", by=story.author, now=story.created_at)
    assert found(client, place="salford") == found(client, q="salford") == []


@pytest.mark.long
@pytest.mark.parametrize("state", [{"jot": True}, {"sent": True}, {"hidden": True}, {"withdrawn": True}, {}])
def test_words_of_what_is_not_published_find_nothing_and_are_not_suggested(client, state):
    StoryFactory(title="Kestrelcanary", audience="public", **state)
    for user in (MemberFactory(), None):
        if user:
            client.force_login(user)
        assert found(client, q="kestrelcanary") == found(client, q="kestrelcan") == []
        assert "Did you mean" not in page(client, q="kestrelcanry")
        client.logout()


def test_words_of_an_edit_that_waits_find_nothing(client):
    story = StoryFactory(title="Live", **TOLD)
    edit_of(story, tried="Kestrelcanary")
    assert found(client, q="kestrelcanary") == []
    assert "Did you mean" not in page(client, q="kestrelcanry")


def test_words_of_a_story_for_members_find_nothing_for_a_visitor(client):
    StoryFactory(live=True, audience="members", title="Kestrelcanary", boundaries=["police"], place="wales")
    StoryFactory(live=True, audience="public", title="Open", boundaries=["housing"])
    asked = {"q": "kestrelcanary"}, {"boundary": "police"}, {"place": "wales"}, {"q": "kestrelcanry"}
    for question in asked:
        shown = page(client, **question)
        assert "Kestrelcanary" not in shown
        assert "Did you mean" not in shown
        assert "No stories" in shown
    client.force_login(MemberFactory())
    assert found(client, q="kestrelcanary") == ["Kestrelcanary"]
    assert "Did you mean" in page(client, q="kestrelcanry")


def test_a_story_for_one_group_is_found_by_nobody_else(client):
    StoryFactory(live=True, audience="coalition", title="Kestrelcanary")
    client.force_login(MemberFactory())
    assert found(client, q="kestrelcanary") == []
    assert "Did you mean" not in page(client, q="kestrelcanry")


def test_a_row_that_should_not_be_there_shows_nothing(client):
    """Rights are asked of the story, not only of its row."""
    StoryFactory(title="Kestrelcanary", **TOLD)
    Story.objects.update(audience=Audience.MEMBERS)
    assert found(client) == []
    assert "Kestrelcanary" not in page(client)


# --- When there is nothing --------------------------------------------------------------------------------------------


def test_a_place_without_stories_widens_to_what_it_lies_in(client):
    for number in range(4):
        StoryFactory(title=f"Near {number}", place="bolton", byline="name", **TOLD)
    StoryFactory(title="Far", place="wales", **TOLD)
    shown = page(client, place="salford")
    assert "Nobody in Salford yet; 4 stories in the North West." in shown
    assert "Near 3" in shown
    assert "Far" not in shown
    assert 'href="?place=north-west"' in shown


def test_a_region_without_stories_widens_to_its_nation_and_then_to_everywhere(client):
    StoryFactory(title="Elsewhere", place="leeds", byline="name", **TOLD)
    assert "Nobody in Salford yet; 1 story in England." in page(client, place="salford")
    assert "Nobody in Cardiff yet; 1 story in other places." in page(client, place="cardiff")


def test_filters_are_let_go_one_after_the_other_and_the_page_says_so(client):
    StoryFactory(title="Close", boundaries=["police"], outcome="stalled", **TOLD)
    shown = page(client, boundary="police", outcome="spread", help="on")
    assert "Nobody has told that yet; 1 story without “Spread to others” and “Wants help”." in shown
    assert "Close" in shown


def test_words_that_are_in_no_one_story_are_looked_for_one_by_one(client):
    StoryFactory(title="Gasworks", **TOLD)
    shown = page(client, q="gasworks elephant")
    assert "No story has all of these words; 1 story with one of them." in shown
    assert found(client, q="gasworks elephant", any="1") == ["Gasworks"]


def test_widening_counts_only_what_the_reader_may_read(client):
    StoryFactory(live=True, audience="members", title="Kestrelcanary", place="bolton", byline="name")
    shown = page(client, place="salford")
    assert "yet;" not in shown
    assert "Nobody has told that story yet" in shown


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("probaton", "probation"),
        ("probattion", "probation"),
        ("prbation", "probation"),
        ("porbation", "probation"),
        ("probatoin officr", "probation officer"),
    ],
)
def test_a_slip_is_offered_the_word_that_was_meant(client, slip, meant):
    StoryFactory(title="The probation officer rang", **TOLD)
    results = client.get(LIST, {"q": slip}).context["results"]
    assert results.meant["text"] == meant
    assert [story.title for story in client.get(LIST + results.meant["address"]).context["page"].items] == [
        "The probation officer rang"
    ]


# --- Order and pages --------------------------------------------------------------------------------------------------


def test_the_best_match_comes_first_and_the_newest_on_request(client):
    StoryFactory(title="A kestrel in the title", **TOLD)
    StoryFactory(title="Another", summary="Nothing.", tried="We saw a kestrel.", **TOLD)
    titles = [story.title for story in client.get(LIST, {"q": "kestrel"}).context["page"].items]
    assert titles == ["A kestrel in the title", "Another"]
    titles = [s.title for s in client.get(LIST, {"q": "kestrel", "order": "newest"}).context["page"].items]
    assert titles == ["Another", "A kestrel in the title"]


@pytest.mark.long
@pytest.mark.parametrize("order", ["", "newest"])
def test_pages_of_a_search_turn_forwards_and_back_without_loss(client, order):
    for number in range(45):
        StoryFactory(title=f"Kestrel {number}" if number % 2 else f"Story {number}", tried="A kestrel.", **TOLD)
    address, seen, pages = f"?q=kestrel&order={order}", [], []
    while address:
        shown = client.get(LIST + address).context["page"]
        seen += [story.title for story in shown.items]
        pages.append([story.title for story in shown.items])
        back, address = shown.newer, shown.older
    assert (len(seen), len(set(seen)), len(pages)) == (45, 45, 3)
    assert [story.title for story in client.get(LIST + back).context["page"].items] == pages[1]


# --- Bad input --------------------------------------------------------------------------------------------------------

ZALGO = "h" + "\u0301\u0302\u0303" * 60 + "eat"


@pytest.mark.parametrize(
    "q",
    [
        "\x00",
        "x" * 10_000,
        "!!! ??? …",
        "& | ! <-> :*",
        "heat & !boiler | (",
        "'; DROP TABLE stories_story; --",
        "the and of",
        "\u202eheat",
        "🙂",
        "\\",
        "%",
        "ﷺ",
        "a" * 199,
        " ".join("abcdefghijklmnopqrstuvwxyz"),
        "heat\ud800"[:4] + "\ufffe",
        "İstanbul ǅ ß",
    ],
)
def test_whatever_is_typed_is_answered(client, three, q):
    for order in ("", "newest"):
        response = client.get(LIST, {"q": q, "order": order, "place": "salford"})
        assert response.status_code == 200


def test_a_search_that_cannot_be_made_says_why_and_keeps_the_words(client, three):
    assert "Enter a word to search for." in page(client, q="???")
    assert "Search for 200 letters or fewer." in page(client, q="x" * 300)
    assert 'value="???"' in page(client, q="???")


def test_heaped_accents_find_the_word_beneath_them(client, three):
    assert found(client, q="re\u0301written") == ["Letters"]
    assert found(client, q=ZALGO) == ["Heating"]


def test_half_of_nothing_typed_is_the_whole_list(client, three):
    assert found(client, q="") == found(client, q="   ") == ["Heating", "Letters", "Waiting"]
