"""What is chosen for whom, compared with the plain answer of the models."""

from datetime import timedelta

import pytest

from digests import choosing, scale
from digests.models import Delivery, Issue
from digests.tests import oracle
from members.models import Block, User
from members.tests.factories import MemberFactory
from practices.models import Boundary
from stories.models import Follow, Reading

pytestmark = pytest.mark.django_db


def chosen(member, issue, now):
    return choosing.choose([member], issue, now=now)[member.pk]


@pytest.fixture
def issue(world):
    return Issue.objects.next_draft(world.now)


SERVICES = [["housing"], ["police"], ["education"], ["housing", "police"], ["mental-health", "police"]]


def told(world, number, **fields):
    """So many live stories, no two of one crossing."""
    return [world.story(live=True, boundaries=SERVICES[n], **fields) for n in range(number)]


def stories_of(letter):
    return [item["id"] for item in letter.items if item["kind"] == "story"]


def test_with_nothing_new_there_is_no_letter(world, reader, issue):
    assert chosen(reader, issue, world.now) == choosing.Chosen([], Delivery.NOTHING_NEW)


def test_fewer_than_three_wait_a_week(world, reader, issue):
    two = told(world, 2)
    assert chosen(reader, issue, world.now) == choosing.Chosen([], Delivery.TOO_FEW)
    third = world.story(live=True, boundaries=["council"])
    assert stories_of(chosen(reader, issue, world.now)) == [story.pk for story in (third, *reversed(two))]


def test_neither_their_own_nor_what_they_opened(world, reader, issue):
    world.story(live=True, author=reader)
    opened = world.story(live=True)
    Reading.objects.create(member=reader, story=opened, read_at=world.now)
    others = [story.pk for story in told(world, 3)]
    assert sorted(stories_of(chosen(reader, issue, world.now))) == others


def test_two_of_one_crossing_at_most(world, reader, issue):
    for _ in range(4):
        world.story(live=True, boundaries=["housing", "mental-health", "police"])
    alone = told(world, 2)
    found = stories_of(chosen(reader, issue, world.now))
    assert len(found) == 4
    assert {story.pk for story in alone} <= set(found)


def test_it_says_why_where_that_harms_nobody(world, reader, issue):
    reader.profile.works_in.set(Boundary.objects.filter(slug__in=["housing", "domestic-abuse"]))
    reader.profile.would_cross_to.set(Boundary.objects.filter(slug="mental-health"))
    world.story(live=True, boundaries=["housing", "mental-health"])
    world.story(boundaries=["domestic-abuse", "mental-health"])
    world.story(live=True, boundaries=["police"])
    found = chosen(reader, issue, world.now)
    assert sorted(item["why"] for item in found.items) == ["", "", "From your service to one that you would cross to"]


def test_old_stories_are_no_news(world, reader, issue):
    told(world, 3)
    late = world.now + timedelta(weeks=7)
    assert chosen(reader, issue, late).reason == Delivery.NOTHING_NEW


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_costs_the_same_whoever_and_whatever(world, issue, django_assert_num_queries, count):
    members = [MemberFactory(profile__weekly_letter=True) for _ in range(count)]
    told(world, 2 + count)
    pool = choosing.Pool(issue, now=world.now)
    choosing.choose(members, issue, now=world.now, pool=pool)  # from here on the question is prepared
    with django_assert_num_queries(2):
        found = choosing.choose(members, issue, now=world.now, pool=pool)
    assert [len(letter.items) for letter in found.values()] == [2 + count] * count


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long), pytest.param(3, marks=pytest.mark.long)])
def test_it_is_what_the_models_say_in_random_worlds(world, issue, seed):
    readers, stories = scale.fill(seed, readers=25, stories=60 * seed, now=world.now)
    issue.picks.set(stories[:3])
    members = list(User.objects.filter(pk__in=readers).select_related("profile").order_by("pk"))
    members[0].is_staff = True
    members[0].save(update_fields=["is_staff"])
    Follow.objects.create(member=members[1], query="boundary=housing", followed_at=world.now, looked_at=world.now)
    for teller in members[5:20]:
        Block.objects.get_or_create(
            blocker=teller, blocked=members[2], defaults={"known_as": "Them", "blocked_at": world.now}
        )
    found = choosing.choose(members, issue, now=world.now)
    hidden = 0
    for member in members:
        letter = found[member.pk]
        plain = oracle.stories_for(member, issue, now=world.now, count=choosing.MOST)
        hidden += plain.count(None)
        expected = plain if len(plain) >= choosing.FEWEST else []
        assert stories_of(letter) == [key for key in expected if key]
    assert hidden
