"""Questions that are written once (`design/compiled.py`): other values, the same rules, and nothing kept too long.

That what is kept is what the rules say is compared with every question of every test, since `CHECK_COMPILED` is on;
here stands that this comparing fails where it should, and what happens in between.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.db.models.functions import Length
from django.utils import timezone

from design.compiled import compiled
from members.actions import block
from members.models import User
from members.tests.factories import MemberFactory, ModeratorFactory
from networks.tests.gathered import coalition_of
from stories.actions import save_draft
from stories.models import Audience, Story
from stories.models.queries import StoryQuerySet
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """A question of its own, and for whom Django was asked to write it."""
    written_for = []

    @compiled
    def readable(reader, titles=("",), *, newest=False):
        written_for.append(reader)
        stories = Story.objects.readable_by(reader).filter(title__in=titles).for_listing()
        return stories.newest_first() if newest else stories.order_by("title")

    readable.written_for = written_for
    return readable


def titles(found):
    return [story.title for story in found]


@pytest.fixture
def world():
    """Four readers of whom each may read something else."""
    teller, friend, stranger = (MemberFactory() for _ in range(3))
    group = coalition_of(teller, friend)
    told = {"author": teller, "live": True, "byline": "name"}
    StoryFactory(title="all", audience="public", **told)
    StoryFactory(title="us", audience="members", **told)
    StoryFactory(title="few", audience="coalition", coalition=group, **told)
    block(teller, known_as="T", by=stranger, now=timezone.now())
    return teller, friend, stranger


@pytest.mark.parametrize("checked", [True, False])
def test_each_reader_gets_what_they_may_read_and_nobody_elses(asked, world, settings, checked):
    settings.CHECK_COMPILED = checked
    teller, friend, stranger = world
    every = ["all", "us", "few"]
    for _ in range(2):
        assert titles(asked(teller, every)) == ["all", "few", "us"]
        assert titles(asked(friend, every)) == ["all", "few", "us"]
        assert titles(asked(MemberFactory(), every)) == ["all", "us"]
        assert titles(asked(stranger, every)) == ["all"]
        assert titles(asked(AnonymousUser(), every)) == ["all"]
        assert titles(asked(MemberFactory(suspended_at=timezone.now()), every)) == ["all"]
        assert titles(asked(friend, ["few", "no", "us"])) == ["few", "us"]
        assert (asked.count(friend, every), asked.count(stranger, every)) == (3, 1)


@pytest.mark.parametrize("checked", [True, False])
def test_sql_around_a_question_is_answered_for_each_reader(asked, world, settings, checked):
    settings.CHECK_COMPILED = checked
    teller, friend, stranger = world
    told = "SELECT count(*), max(told.title) FROM ({}) AS told WHERE told.title <> 'us'"
    for _ in range(2):
        assert asked.around(told, friend, ["all", "us", "few"]) == [(2, "few")]
        assert asked.around(told, stranger, ["all", "us", "few"]) == [(1, "all")]
        assert asked.around(told, ModeratorFactory(), ["all", "us"]) == [(1, "all")]
        assert asked.around(told, teller, []) == []


def test_django_writes_once_for_all_plain_members_and_each_time_for_staff(asked, world, settings):
    settings.CHECK_COMPILED = False
    for reader in [*world, MemberFactory()]:
        asked(reader, ["all"])
    assert len(asked.written_for) == 1
    asked(world[0], ["all", "us"])  # another number of values
    asked(world[0], ["all"], newest=True)
    asked(AnonymousUser(), ["all"])
    assert len(asked.written_for) == 4
    for _ in range(2):
        asked(ModeratorFactory(), ["all"])
        asked(MemberFactory(approved_at=None), ["all"])
        asked(MemberFactory(is_superuser=True), ["all"])
    assert len(asked.written_for) == 10


def test_a_question_reads_as_its_rule_does_or_the_test_fails(asked, world, monkeypatch):
    asked(world[0], ["all"])
    monkeypatch.setattr(StoryQuerySet, "published", lambda stories: stories.filter(live=True))
    with pytest.raises(AssertionError, match="reads otherwise"):
        asked(world[0], ["all"])


def test_a_rule_that_asks_more_of_a_reader_than_their_key_fails_at_once(world):
    @compiled
    def namesakes(reader):
        return User.objects.filter(first_name=reader.first_name)

    with pytest.raises(User.DoesNotExist):
        namesakes(world[0])


@pytest.mark.parametrize(
    "condition",
    [
        lambda title: {"title__startswith": title},
        lambda title: {"title": title.upper()},
        lambda title: {"title__in": ["all"] if title else []},
    ],
)
def test_a_value_that_is_worked_with_is_never_kept(world, settings, condition):
    @compiled
    def like(title):
        return Story.objects.filter(**condition(title)).order_by("title")

    with pytest.raises(TypeError, match="cannot be put in later"):
        like("all")
    settings.CHECK_COMPILED = False
    for title in ("all", "us", "all"):
        assert titles(like(title)) == titles(Story.objects.filter(**condition(title)).order_by("title"))


def test_rows_are_whole_with_what_stands_beside_them(asked, world, django_assert_num_queries):
    StoryFactory(title="two", audience=Audience.PUBLIC, live=True, boundaries=["police", "housing"])
    for _ in range(2):
        (story,) = asked(world[1], ["two"])
        with django_assert_num_queries(0):
            assert [boundary.slug for boundary in story.boundary_list] == ["housing", "police"]
            assert (story.author.first_name != "", story.coauthor_names) == (True, [])


FORMS = {
    "rows": lambda rows: rows.order_by("pk"),
    "rows with what stands beside them": lambda rows: rows.select_related("author__profile", "place").order_by("pk"),
    "rows with what is fetched after them": lambda rows: rows.prefetch_related("tagged_boundaries").order_by("pk"),
    "rows with more": lambda rows: rows.annotate(length=Length("title"), at=F("created_at")).order_by("pk"),
    "some columns of rows": lambda rows: rows.only("title").order_by("pk"),
    "dictionaries": lambda rows: rows.annotate(length=Length("title")).order_by("pk").values("title", "length"),
    "tuples": lambda rows: rows.order_by("pk").values_list("pk", "created_at", "title"),
    "named tuples": lambda rows: rows.order_by("pk").values_list("pk", "author__first_name", named=True),
    "single values": lambda rows: rows.order_by("pk").values_list("title", flat=True),
    "values that a field turns into others": lambda rows: rows.order_by("pk").values_list("latest_revision__content"),
    "in an order that is not asked for": lambda rows: rows.distinct().order_by("title", "pk").values_list("slug"),
    "nothing": lambda rows: rows.filter(title="nobody's"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_comes_is_what_django_makes_of_it_in_every_form(world, form):
    for title in ("b", "a"):
        save_draft(StoryFactory(title=title, author=world[0], place="salford"), by=world[0], now=timezone.now())

    def told(one):
        if not isinstance(one, Story):
            return type(one), one
        held = {name: value for name, value in vars(one).items() if name != "_state"}
        return sorted(held.items()), one._state.adding, one._state.db, sorted(one._state.fields_cache.items())

    def shown(found):
        return repr([told(one) for one in found])

    question = compiled(lambda reader: form(Story.objects.authored_by(reader)))
    rows = list(form(Story.objects.authored_by(world[0])))
    expected = shown(rows)
    for _ in range(2):
        assert shown(question(world[0])) == expected
    assert question.count(world[0]) == len(rows)
