"""Keeping for later and following: private to the member, bounded, and gone with what may no longer be read."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import MemberFactory, UserFactory
from practices.models import Boundary
from stories import actions, following
from stories.actions.ground import lock
from stories.models import Follow, FollowUp, Kept, Reading, Story
from stories.tests.contributing import live as added
from stories.tests.factories import StoryFactory
from stories.tests.pages import at, text

pytestmark = pytest.mark.django_db
KEPT, FOLLOWING = reverse("stories:kept_for_later"), reverse("stories:following")
CROSSING = reverse("stories:follow_crossing", args=["housing", "mental-health"])
SEARCH = reverse("stories:follow_search")
LATER = timezone.now() + timedelta(days=1)


def waits(table, key, strength):
    """Whether somebody else must wait for the row."""
    with connection.copy().cursor() as cursor:
        cursor.execute("SET lock_timeout = 1")
        try:
            cursor.execute(f"SELECT FROM {table} WHERE id = %s FOR {strength} NOWAIT", [key])
        except OperationalError:
            return True
    return False


@pytest.mark.django_db(transaction=True)
def test_who_follows_and_thanks_at_once_waits_for_neither():
    """Each holds one of the two rows; a thanks and a follow point at both."""
    member, story = MemberFactory(), StoryFactory(live=True)
    with transaction.atomic():
        following.follow(member=member, story=story, now=LATER)
        lock(story)
        for table, key in (("members_user", member.pk), ("stories_story", story.pk)):
            assert not waits(table, key, "KEY SHARE"), table
            assert waits(table, key, "NO KEY UPDATE"), table


@pytest.fixture
def member(client):
    member = MemberFactory()
    client.force_login(member)
    return member


def shown(client, address):
    return text(client.get(address))


def later(**fields):
    return StoryFactory(live=True, at=LATER, **fields)


# --- Kept for later ---------------------------------------------------------------------------------------------------


def test_a_member_keeps_a_story_once_and_lets_it_go(client, member):
    story = StoryFactory(live=True, title="They ring")
    assert at("keep", story) in shown(client, story.get_absolute_url())
    assert "Keep this story for later?" in shown(client, at("keep", story))
    for _ in range(2):
        client.post(at("keep", story), {"keep": "yes"})
    assert Kept.objects.count() == 1
    assert "They ring" in shown(client, KEPT)
    assert "You keep this story" in shown(client, at("keep", story))
    client.post(at("keep", story), {"keep": "no"})
    assert "They ring" not in shown(client, KEPT).replace("no longer keep", "")
    assert not Kept.objects.exists()


def test_nobody_else_sees_what_is_kept_or_followed(client, member):
    story = StoryFactory(live=True, title="Keptcanary", author=MemberFactory())
    before = {}
    for person in [story.author, MemberFactory()]:
        client.force_login(person)
        before[person] = shown(client, story.get_absolute_url()), shown(client, KEPT), shown(client, FOLLOWING)
    following.keep(story, member=member, now=timezone.now())
    following.follow(member=member, now=timezone.now(), story=story)
    for person, pages in before.items():
        client.force_login(person)
        now = shown(client, story.get_absolute_url()), shown(client, KEPT), shown(client, FOLLOWING)
        assert [len(page) for page in now] == [len(page) for page in pages]
        assert "Keptcanary" not in now[1] + now[2]


def test_a_withdrawn_story_is_gone_from_what_is_kept_and_followed(client, member):
    story = StoryFactory(live=True, title="Titlecanary")
    following.keep(story, member=member, now=timezone.now())
    following.follow(member=member, now=timezone.now(), story=story)
    assert "Titlecanary" in shown(client, KEPT)
    assert "Titlecanary" in shown(client, FOLLOWING)
    actions.withdraw(story, by=story.author, now=timezone.now())
    assert "Titlecanary" not in shown(client, KEPT) + shown(client, FOLLOWING)
    assert "A story that is no longer there" in shown(client, FOLLOWING)


@pytest.mark.parametrize("name", ["keep", "follow"])
@pytest.mark.parametrize("traits", [{}, {"hidden": True}, {"live": True, "audience": "coalition"}])
def test_what_one_cannot_read_one_cannot_keep_or_follow(client, member, name, traits):
    story = StoryFactory(**traits)
    assert client.get(at(name, story)).status_code == 404
    assert client.post(at(name, story)).status_code == 404


def test_whoever_waits_to_be_let_in_keeps_public_stories_only(client):
    client.force_login(UserFactory())
    assert client.post(at("keep", StoryFactory(live=True))).status_code == 404
    assert client.post(at("keep", StoryFactory(live=True, audience="public"))).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_kept_takes_the_same_queries(client, member, django_assert_num_queries, count):
    for story in StoryFactory.create_batch(count, live=True):
        following.keep(story, member=member, now=timezone.now())
    client.get(KEPT)  # the shared words are known then
    with django_assert_num_queries(4):
        client.get(KEPT)


# --- Following --------------------------------------------------------------------------------------------------------


def test_a_crossing_is_followed_in_either_order_once(client, member):
    assert CROSSING in shown(client, reverse("crossings:crossing", args=["housing", "mental-health"]))
    client.post(CROSSING)
    client.post(reverse("stories:follow_crossing", args=["mental-health", "housing"]))
    assert Follow.objects.get().crossing.slug == "housing--mental-health"


def test_new_stories_of_what_is_followed_stand_on_its_page_until_they_are_seen(client, member):
    StoryFactory(live=True, title="Before")
    client.post(CROSSING)
    client.post(f"{SEARCH}?boundary=police")
    later(title="Here it rings", boundaries=["housing", "mental-health", "police"])
    later(title="Elsewhere", boundaries=["education"])
    later(title="Own one", author=member)
    page = shown(client, FOLLOWING)
    assert page.count("Here it rings") == 2
    assert not [title for title in ("Before", "Elsewhere", "Own one") if title in page]
    Follow.objects.update(looked_at=LATER + timedelta(days=1))
    assert "Here it rings" not in shown(client, FOLLOWING)


def test_what_has_news_stands_before_what_has_none(client, member):
    quiet = StoryFactory(live=True, audience="public", title="Nothing came")
    client.post(CROSSING)
    client.post(at("follow", quiet))
    later(title="Here it rings", boundaries=["housing", "mental-health"])
    page = shown(client, FOLLOWING)
    assert page.index("Here it rings") < page.index("Nothing came")


def test_what_was_opened_is_no_news(client, member):
    client.post(CROSSING)
    story = later(title="Opened one")
    Reading.objects.create(member=member, story=story, read_at=timezone.now())
    assert "Opened one" not in shown(client, FOLLOWING)


def test_what_its_teller_adds_to_a_followed_story_is_news(client, member):
    story = StoryFactory(live=True, audience="public", title="They ring")
    added(FollowUp, story, outcome="going")
    client.post(at("follow", story))
    assert "Stalled" not in shown(client, FOLLOWING)
    added(FollowUp, story, now=LATER)
    assert "Stalled, since early 2026" in shown(client, FOLLOWING)
    actions.hide(story, by=story.author, now=timezone.now())
    assert "Stalled" not in shown(client, FOLLOWING)


def test_looking_is_said_by_a_button_not_by_opening_the_page(client, member):
    client.post(CROSSING)
    before = Follow.objects.get().looked_at
    client.get(FOLLOWING)
    assert Follow.objects.get().looked_at == before
    client.post(reverse("stories:follow_seen"))
    assert Follow.objects.get().looked_at > before


def test_stopping_stops_ones_own_only(client, member):
    following.follow(member=MemberFactory(), now=timezone.now(), story=StoryFactory(live=True))
    client.post(CROSSING)
    for chosen in ["", "x", "²", "9" * 30, *Follow.objects.values_list("pk", flat=True)]:
        client.post(reverse("stories:follow_stop"), {"follow": chosen})
    assert Follow.objects.exclude(member=member).count() == 1
    assert not member.follows.exists()


def test_a_search_is_kept_without_the_page_somebody_was_on_and_in_one_order(client, member):
    client.post(f"{SEARCH}?q=letter&boundary=police&boundary=housing&after=x&place=")
    client.post(f"{SEARCH}?boundary=housing&boundary=police&q=letter")
    assert Follow.objects.get().query == "boundary=housing&boundary=police&q=letter"
    assert "“letter”" in shown(client, FOLLOWING)


@pytest.mark.parametrize("query", ["", "after=x", "place=", "q=" + "a" * 5000])
def test_a_search_for_nothing_is_not_followed(client, member, query):
    assert client.post(f"{SEARCH}?{query}")["Location"] == reverse("stories:list")
    assert not Follow.objects.exists()


def test_a_search_whose_word_was_retired_says_so(client, member):
    client.post(f"{SEARCH}?boundary=police")
    Boundary.objects.filter(slug="police").update(slug="gone")
    cache.clear()
    assert "no longer there" in shown(client, FOLLOWING)


def test_one_follows_no_more_than_the_page_can_show(client, member, monkeypatch):
    monkeypatch.setattr(following, "MOST", 1)
    client.post(CROSSING)
    answer = client.post(f"{SEARCH}?boundary=police", follow=True)
    assert "Stop following something first" in text(answer)
    assert Follow.objects.count() == 1


def test_a_follow_is_of_exactly_one_thing(member):
    story, now = StoryFactory(live=True), timezone.now()
    housing = Boundary.objects.get(slug="housing")
    for wrong in [{}, {"story": story, "query": "q=a"}, {"a": housing}, {"a": housing, "b": housing, "story": story}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(member=member, followed_at=now, looked_at=now, **wrong)


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_followed_takes_the_same_queries(client, member, django_assert_num_queries, count):
    pairs = [("housing", "mental-health"), ("housing", "police"), ("police", "education")]
    for pair in pairs[:count]:
        client.post(reverse("stories:follow_crossing", args=pair))
        client.post(f"{SEARCH}?boundary={pair[0]}&q=ring{pair[1]}")
        later(boundaries=list(pair))
    Story.objects.update(title="They ring")
    shown(client, FOLLOWING)
    with django_assert_num_queries(6):
        client.get(FOLLOWING)
