"""Featured stories stand first, for whoever may read them, until their day is over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from stories import actions
from stories.models import Feature, Story
from stories.tests.desk import QUEUE, now, page
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
FEATURED = QUEUE + "featured/"
LIST = reverse("stories:list")


def today():
    return timezone.localdate()


def feature(story, days=3):
    return actions.feature(story, until=today() + timedelta(days=days), by=EditorFactory(), now=now())


@pytest.fixture
def old():
    story = StoryFactory(live=True, audience="public", title="An old one", summary="It still holds.")
    for number in range(4):
        StoryFactory(live=True, audience="public", title=f"Newer {number}")
    return story


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


def on_front_page(client):
    """The featured one first, and after it those that stand below."""
    shown = client.get("/").context
    return [story.title for story in [shown["lead"], *shown["stories"]] if story]


def test_a_featured_story_stands_first_on_the_front_page(client, old):
    assert on_front_page(client) == ["Newer 3", "Newer 2", "Newer 1"]
    feature(old)
    assert on_front_page(client) == ["An old one", "Newer 3", "Newer 2", "Newer 1"]
    assert "Featured story" in page(client.get("/"))


def test_it_stands_at_the_head_of_the_list(client, old):
    assert 'aria-label="Featured"' not in page(client.get(LIST))
    feature(old)
    assert 'aria-label="Featured"' in page(client.get(LIST))
    for query in ["?boundary=housing", "?place=salford"]:
        assert 'aria-label="Featured"' not in page(client.get(LIST + query))


@pytest.mark.parametrize("change", [{"audience": "members"}, {"live": False}, {"hidden_at": timezone.now()}])
def test_only_while_its_reader_may_read_it(client, old, change):
    feature(old)
    Story.objects.filter(pk=old.pk).update(**change)
    assert "An old one" not in on_front_page(client)
    assert "An old one" not in page(client.get(LIST))


def test_its_day_is_the_last(client, old):
    feature(old, days=0)
    assert on_front_page(client)[0] == "An old one"
    Feature.objects.update(until=today() - timedelta(days=1))
    assert "An old one" not in on_front_page(client)


@pytest.mark.parametrize("staff", [EditorFactory, ModeratorFactory])
def test_staff_feature_and_end_it(client, old, staff):
    sign_in_staff(client, staff())
    until = today() + timedelta(days=7)
    seen = page(
        client.post(
            FEATURED, {"address": f"https://x.example{old.get_absolute_url()}?a=b", "until": until}, follow=True
        )
    )
    assert ["An old one" in seen, Feature.objects.get().until == until] == [True, True]
    client.post(FEATURED, {"address": old.slug, "until": until + timedelta(days=1)})
    assert Feature.objects.get().until == until + timedelta(days=1)
    client.post(reverse("stories_staff:end_feature", args=[old.slug]))
    assert not Feature.objects.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"address": ""}, "Enter the story’s address."),
        ({"address": "nothing-here"}, "There is no published story at this address."),
        ({"address": "a\0b"}, "Null characters are not allowed."),
        ({"until": ""}, "Enter a day."),
        ({"until": "soon"}, "Enter a day, such as"),
        ({"until": "2000-01-01"}, "Choose a day between today and three months from now."),
        ({"until": "2999-01-01"}, "Choose a day between today and three months from now."),
    ],
)
def test_what_cannot_be_featured_is_told(editor, old, changed, told):
    sent = {"address": old.slug, "until": today(), **changed}
    assert told in page(editor.post(FEATURED, sent))
    assert not Feature.objects.exists()


@pytest.mark.parametrize("state", [{"sent": True}, {"hidden": True}, {"live": True, "audience": "coalition"}])
def test_nothing_is_featured_that_staff_may_not_read(editor, state):
    story = StoryFactory(title="canary", **state)
    assert "There is no published story" in page(editor.post(FEATURED, {"address": story.slug, "until": today()}))
    feature(story)
    assert "canary" not in page(editor.get(FEATURED))


def test_it_is_for_staff(client, old):
    client.force_login(MemberFactory())
    assert client.get(FEATURED).status_code == 403
    client.force_login(EditorFactory())
    assert client.get(FEATURED).status_code == 302


def test_the_front_page_and_the_list_stay_within_their_budgets(client, old, django_assert_max_num_queries):
    feature(old)
    for address in ["/", LIST]:
        client.get(address)
        with django_assert_max_num_queries(4, info=address):
            client.get(address)
