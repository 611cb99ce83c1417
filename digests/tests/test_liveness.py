"""What is asked again as a letter starts says the same as the models."""

import random

import pytest
from django.db import connection

from digests import liveness
from members.models import Block
from members.tests.factories import MemberFactory
from networks.models import Gathering, Membership
from networks.tests.gathered import coalition_of
from stories.models import Byline, CoAuthor, Story

pytestmark = pytest.mark.django_db
QUICKLY = f"{liveness.ALL_OPEN} AND {liveness.NO_BLOCK}"


def holds(condition, member, **keys):
    arrays = {name: f"'{{{','.join(map(str, found))}}}'::bigint[]" for name, found in keys.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {condition.format(**arrays)} FROM members_user AS u WHERE u.id = %s",  # noqa: S608
            [member.pk],
        )
        return cursor.fetchone()[0]


def random_world(world, seed):
    """Stories of every reach and naming, and blocks both ways."""
    dice = random.Random(seed)
    people = [MemberFactory(is_staff=number == 0) for number in range(5)]
    stories = []
    for _ in range(14):
        story = world.story(live=True, author=dice.choice(people))
        if dice.random() < 0.4:
            CoAuthor.objects.create(
                story=story,
                member=dice.choice([person for person in people if person != story.author]),
                joined_at=world.now,
                named=dice.random() < 0.7,
                left_at=world.now if dice.random() < 0.3 else None,
            )
        Story.objects.filter(pk=story.pk).update(
            byline=dice.choice(Byline.values),
            audience=dice.choice(["public", "members", "members", "coalition"]),
            hidden_at=world.now if dice.random() < 0.1 else None,
            live=dice.random() < 0.9,
            source_url="https://example.org/" if dice.random() < 0.15 else "",
        )
        stories.append(story.pk)
    for one in people:
        for other in people:
            if one != other and dice.random() < 0.15:
                Block.objects.create(blocker=one, blocked=other, known_as="Them", blocked_at=world.now)
    return people, stories


def stands_by_name(story, member):
    """Somebody whom a block parts from this member is named on it."""
    if member.is_staff or story.byline != Byline.NAME or story.source_url:
        return False
    names = [story.author, *(one.member for one in story.coauthors.current().filter(named=True))]
    return any(name != member and Block.objects.stands_between(member, name) for name in names)


@pytest.mark.parametrize("seed", range(3))
def test_it_says_what_the_models_say(world, seed):
    people, stories = random_world(world, seed)
    seen = set()
    for member in people:
        readable = Story.objects.readable_by(member).beyond_one_group()
        for story in Story.objects.filter(pk__in=stories):
            may_come = readable.filter(pk=story.pk).exists() and not stands_by_name(story, member)
            assert holds(liveness.CONDITION, member, story_ids=[story.pk]) == may_come
            passes = holds(QUICKLY, member, story_ids=[story.pk])
            assert passes <= may_come, "the quick question lets through what the rule does not"
            seen.add((may_come, passes))
    assert {(True, True), (True, False), (False, False)} == seen


def test_one_that_is_gone_stops_the_whole_letter(world, reader):
    stays, goes = world.story(live=True), world.story(live=True)
    assert holds(liveness.CONDITION, reader, story_ids=[stays.pk, goes.pk])
    Story.objects.filter(pk=goes.pk).update(hidden_at=world.now)
    assert not holds(liveness.CONDITION, reader, story_ids=[stays.pk, goes.pk])
    assert not holds(QUICKLY, reader, story_ids=[stays.pk, goes.pk])
    assert holds(QUICKLY, reader, story_ids=[])
    assert holds(liveness.CONDITION, reader, story_ids=[])


def test_a_teller_who_is_named_must_still_want_it(world, reader):
    story = world.story(live=True, byline="name")
    assert holds(liveness.STILL_NAMED, reader, named_ids=[story.pk])
    Story.objects.filter(pk=story.pk).update(byline="role")
    assert not holds(liveness.STILL_NAMED, reader, named_ids=[story.pk])
    assert holds(liveness.CONDITION, reader, story_ids=[story.pk])


def test_a_gathering_is_still_theirs(world, reader):
    coalition = coalition_of(reader, now=world.now)
    gathering = Gathering.objects.create(
        coalition=coalition,
        title="Lunch",
        begins_at=world.now,
        ends_at=world.now.replace(hour=12),
        put_up_at=world.now,
        changed_at=world.now,
        remind_at=world.now,
        form_key="a",
    )
    assert holds(liveness.STILL_GATHERING, reader, gathering_ids=[gathering.pk])
    assert not holds(liveness.STILL_GATHERING, MemberFactory(), gathering_ids=[gathering.pk])
    Membership.objects.filter(member=reader).update(left_at=world.now, convenes=False)
    assert not holds(liveness.STILL_GATHERING, reader, gathering_ids=[gathering.pk])
