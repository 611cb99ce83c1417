"""Cards are drawn once for the same words: what a teller changes or takes back is gone with the next page."""

import pytest
from django.core.cache import cache
from django.db.models import Value
from django.db.models.functions import Concat
from django.template import Context, Template
from django.utils import timezone, translation

from design import drawn
from members.tests.factories import MemberFactory
from practices import words
from practices.models import Boundary, Place, Practice, Role
from stories import actions
from stories.models import Story
from stories.on_cards import bring_words, made_from
from stories.search import reindex
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return StoryFactory(live=True, audience="public", title="Canary of the north", byline="name")


def shown(client, reader, path="/stories/"):
    client.logout()
    if reader:
        client.force_login(reader)
    return client.get(path).content.decode()


def change(told, **fields):
    Story.objects.filter(pk=told.pk).update(**fields)


@pytest.mark.parametrize("verb", [actions.hide, actions.withdraw])
def test_a_card_goes_with_the_next_page_once_its_teller_takes_the_story_back(client, told, verb):
    member = MemberFactory()
    for reader in (None, member, None, member):
        assert told.title in shown(client, reader)
    verb(told, by=told.author, now=timezone.now())
    for reader in (None, member):
        assert told.title not in shown(client, reader)


def test_a_card_has_the_words_of_now_for_both_readers(client, told):
    member = MemberFactory()
    for reader in (None, member):
        assert "Canary of the north" in shown(client, reader)
    change(told, title="Canary of the south", byline="anonymous")
    for reader in (None, member):
        html = shown(client, reader)
        assert "Canary of the south" in html
        assert "Canary of the north" not in html
        assert told.author.get_full_name() not in html


def test_cards_are_kept_for_each_language_and_each_level():
    some = [StoryFactory(live=True, boundaries=["housing", "mental-health"])]
    drawn.forget()
    for _ in range(2):
        with translation.override("de"):
            german = listed(some, 3)
        assert " und " in german
        assert " und " not in listed(some, 3)
        assert " and " in listed(some, 3)
        assert listed(some, 4).count("<h4") == listed(some, 3).count("<h3") == 1


def listed(stories, level):
    return Template("{% load cards %}{% story_cards some level=level %}").render(
        Context({"some": stories, "level": level})
    )


def test_a_list_of_cards_is_its_cards_one_by_one():
    stories = [StoryFactory(live=True, title=f"Told <b>{number}</b>") for number in range(3)]
    found = list(Story.objects.for_cards().filter(pk__in=[story.pk for story in stories]))
    one = Template("{% load cards %}{% for story in some %}<li>{% story_card story %}</li>{% endfor %}")
    html = one.render(Context({"some": found}))
    assert listed(found, 3) == html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_what_stories_show_together_follows_each_of_them(client):
    practice = Practice.objects.first()
    stories = [StoryFactory(live=True, audience="public", outcome="going") for _ in range(2)]
    for story in stories:
        story.practices.add(practice)
        story.save()
    reindex()
    for _ in range(2):
        assert "2 stories that used it" in shown(client, None, practice.get_absolute_url())
    change(stories[0], hidden_at=timezone.now())
    reindex()
    assert "1 story that used it" in shown(client, None, practice.get_absolute_url())
    Practice.objects.filter(pk=practice.pk).update(name="Called otherwise")
    assert "Called otherwise" in shown(client, None, practice.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_a_boundary_that_became_sensitive_is_so_at_once_and_is_asked_for_once(count, django_assert_num_queries):
    for _ in range(count):
        StoryFactory(live=True, boundaries=["housing", "mental-health"])
    assert not any(told.is_sensitive for told in Story.objects.for_cards())
    housing = Boundary.objects.get(slug="housing")
    Boundary.objects.filter(pk=housing.pk).update(sensitive=True)
    assert not words.by_key(words.every_boundary())[housing.pk].sensitive, "the words of the last minute"
    with django_assert_num_queries(2):
        shown = list(Story.objects.for_cards())
        assert all(told.is_sensitive for told in shown)
    assert [[one.slug for one in told.boundary_list] for told in shown] == [["housing", "mental-health"]] * count


def test_a_boundary_made_within_the_minute_stands_on_its_stories():
    words.every_boundary()
    StoryFactory(live=True, boundaries=["housing"]).boundaries.through.objects.update(
        tag=Boundary.objects.create(name="Probation hostels", slug="probation-hostels", family="home")
    )
    (shown,) = Story.objects.for_cards()
    assert [one.slug for one in shown.boundary_list] == ["probation-hostels"]


def test_a_word_that_changes_between_asking_and_drawing_is_the_new_one_on_the_next_page():
    StoryFactory(live=True, byline="role", byline_role=Role.objects.first(), place=Place.objects.get(slug="salford"))

    def asked():
        return bring_words(list(Story.objects.for_cards()))

    before = asked()
    Role.objects.filter(pk=before[0].byline_role_id).update(name="Housing officer canary")
    Place.objects.filter(kind="region").update(name=Concat("name", Value(" canary")))
    cache.clear()
    assert "canary" not in listed(before, 3), "as they were asked for"
    for _ in range(2):
        html = listed(asked(), 3)
        assert "Housing officer canary" in html
        assert "North West canary" in html


def test_no_story_that_came_whole_is_kept_whole():
    StoryFactory(live=True, tried="Words of a page of its own.")
    (whole,), (card,) = Story.objects.for_listing(), bring_words(list(Story.objects.for_cards()))
    assert made_from(whole) is None
    assert made_from(card)
    assert listed([whole], 3) == listed([card], 3)
