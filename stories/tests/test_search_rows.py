"""The row by which a story is found says what readers may read now, after whatever happened to the story."""

import ast
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.utils import quote
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import AdminFactory, MemberFactory, ModeratorFactory, sign_in_staff
from networks.tests.gathered import coalition_of
from practices.models import Boundary, Place
from stories import actions, search, tasks
from stories.models import Listing, Story, Word
from stories.search import codes, rows
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def out_of_date():
    return list(rows.out_of_date(Story.objects.all()))


def words_counted():
    """The counts of words as they stand, and as they would be if they were counted again."""
    kept = {word.word: (word.public_count, word.members_count) for word in Word.objects.all()}
    again = {}
    for listing in Listing.objects.exclude(audience="coalition"):
        for word in listing.words:
            public, members = again.get(word, (0, 0))
            again[word] = (public + 1, members) if listing.audience == "public" else (public, members + 1)
    return kept, again


def approved(story, now):
    actions.send(story, by=story.author, now=now)
    return actions.approve(story, by=ModeratorFactory(), now=now)


def after_edit(story, now):
    edited = edit_of(story, title="Another title", tried="Somethingelse", boundaries=["police"], place="wales")
    return approved(edited, now)


def reach(**changes):
    def act(story, now):
        changed = {"byline": story.byline, "audience": story.audience, **changes}
        return actions.set_reach(story, **changed, by=story.author, now=now)

    return act


def by_author(ceremony, **more):
    return lambda story, now: ceremony(story, by=story.author, now=now, **more)


def in_turn(*steps):
    def act(story, now):
        for step in steps:
            step(story, now)

    return act


def to_one_group(story, now):
    reach(audience="coalition", coalition=coalition_of(story.author, now=now))(story, now)


CEREMONIES = {
    "send": (by_author(actions.send, hide=True), "live"),
    "send, trusted": (by_author(actions.send, publish_first=True), "draft"),
    "approve": (approved, "draft"),
    "approve an edit": (after_edit, "live"),
    "approve what was hidden for the check": (
        in_turn(lambda story, now: edit_of(story, tried="x"), by_author(actions.send, hide=True), approved),
        "live",
    ),
    "ask for changes": (
        lambda story, now: actions.ask_for_changes(story, by=ModeratorFactory(), now=now, comment="Why?"),
        "sent",
    ),
    "hide": (by_author(actions.hide), "live"),
    "show": (by_author(actions.show), "hidden"),
    "withdraw": (by_author(actions.withdraw), "live"),
    "take down": (lambda story, now: actions.take_down(story, by=ModeratorFactory(), now=now, reason="Why."), "live"),
    "narrow the audience": (reach(audience="members"), "live"),
    "narrow the byline": (reach(byline="role"), "live"),
    "one group only": (to_one_group, "live"),
    "take back": (by_author(actions.take_back), "sent"),
}


@pytest.mark.parametrize("name", CEREMONIES)
def test_after_each_ceremony_the_row_is_what_a_full_rebuild_would_make(name, now):
    act, stage = CEREMONIES[name]
    StoryFactory(live=True, audience="members", title="The other one stays")
    story = StoryFactory(stage=stage, audience="public", byline="name", place="salford", title="Canaryword once")
    act(story, now)
    assert out_of_date() == []
    kept, again = words_counted()
    assert kept == again


def test_whatever_changes_who_finds_a_story_says_so():
    """A ceremony that publishes, takes away, narrows or widens calls `search.refresh`, or rows would outlive it."""
    forgotten = []
    for path in sorted((Path(settings.BASE_DIR) / "stories").rglob("*.py")):
        if not {"tests", "migrations", "search"} & set(path.parts):
            functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
            forgotten += [f"{path.name}: {name}" for name in _forgetful(functions)]
    assert forgotten == []


def _forgetful(functions):
    """Those that change reach and refresh nothing; a private one may leave that to whoever calls it beside it."""
    text = {function.name: ast.unparse(function) for function in functions}
    refreshing = {name for name in text if "search.refresh(" in text[name]} | LEFT_TO_CALLERS
    for function in functions:
        name = function.name
        left = name.startswith("_") and any(f"{name}(" in text[caller] for caller in refreshing & text.keys() - {name})
        if _changes_reach(function) and name not in refreshing and not left:
            yield name


REACH = {"live", "hidden_at", "byline", "audience", "place"}
LEFT_TO_CALLERS = {"unpublish"}


def _changes_reach(function):
    """It saves a field of a story's reach, or asks Wagtail to publish or to unpublish."""
    for call in ast.walk(function):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        fields = {
            word.value for word in ast.walk(call) if isinstance(word, ast.Constant) and isinstance(word.value, str)
        }
        if name in {"publish", "unpublish"} or (name == "save" and fields & REACH):
            return True
        if name == "update" and {keyword.arg for keyword in call.keywords} & REACH:
            return True
    return False


def test_a_story_shown_by_its_region_carries_no_code_of_its_council_area():
    story = StoryFactory(live=True, place="salford", byline="role")
    salford, region = Place.objects.get(slug="salford"), Place.objects.get(slug="north-west")
    assert codes.of_word(salford) not in story.listing.codes
    assert codes.of_word(region) in story.listing.codes
    assert codes.of_word(region.parent) in story.listing.codes


def test_a_boundary_made_sensitive_coarsens_the_rows_that_carry_it_when_they_are_indexed_again():
    story = StoryFactory(live=True, place="salford", byline="name")
    salford = codes.of_word(Place.objects.get(slug="salford"))
    assert salford in story.listing.codes
    Boundary.objects.filter(slug="housing").update(sensitive=True)
    assert search.reindex() == 1
    assert salford not in Listing.objects.get().codes
    assert search.reindex() == 0


def test_indexing_again_adds_what_is_missing_and_removes_what_is_no_longer_published():
    missing, gone = StoryFactory(live=True), StoryFactory(live=True)
    missing.listing.delete()
    Story.objects.filter(pk=gone.pk).update(live=False)
    assert search.reindex() == 2
    assert [listing.story for listing in Listing.objects.all()] == [missing]
    assert out_of_date() == []


def test_an_editor_who_makes_a_boundary_sensitive_coarsens_its_stories_at_once(client):
    story = StoryFactory(live=True, place="salford", byline="name")
    housing = Boundary.objects.get(slug="housing")
    sign_in_staff(client, AdminFactory())
    address = reverse(Boundary.snippet_viewset.get_url_name("edit"), args=[quote(housing.pk)])
    client.post(address, {"name": "Housing and homes", "family": "home", "sensitive": "on"})
    assert codes.of_word(Place.objects.get(slug="salford")) not in Listing.objects.get(story=story).codes
    assert "homes" in Listing.objects.get(story=story).words
    assert out_of_date() == []


def test_the_nightly_task_and_the_command_bring_rows_up_to_date():
    for bring in (tasks.reindex, lambda: call_command("reindex_stories", stdout=StringIO())):
        story = StoryFactory(live=True)
        Listing.objects.all().delete()
        bring()
        assert Listing.objects.filter(story=story).exists()


@pytest.mark.long
def test_a_very_long_story_is_published_all_the_same():
    words = " ".join(f"word{number}" for number in range(60_000))
    story = StoryFactory(live=True, tried=words, happened=words)
    assert Listing.objects.filter(story=story).exists()


def test_a_row_is_not_written_again_where_nothing_changed():
    story = StoryFactory(live=True)
    with CaptureQueriesContext(connection) as asked:
        search.refresh(story)
    written = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_rows_go_with_an_erased_story():
    story = StoryFactory(live=True)
    story.delete()
    assert Listing.objects.count() == 0


def test_the_row_holds_no_author(now):
    author = MemberFactory(first_name="Zebedeecanary", last_name="Quillfeather")
    story = StoryFactory(live=True, author=author, byline="name")
    held = str(Listing.objects.filter(story=story).values().get())
    assert "zebedee" not in held.lower()
    assert "quillfeather" not in held.lower()
