"""Shutting an author out changes no list, nor does following them: what changed with them would say whose it was.

A block changes lists for its two people, by what stands there with a name and by nothing else.
"""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from members.actions import block, suspend
from members.tests.factories import MemberFactory
from practices.models import Crossing
from stories import actions, following
from stories.models import Story
from stories.tests.factories import CoAuthorFactory, StoryFactory
from systemschange.tests.next_letter import next_letter, stories_in

pytestmark = pytest.mark.django_db
PRACTICE = "borrow-a-view"
TOLD = {"live": True, "boundaries": ["housing", "mental-health"], "practices": [PRACTICE], "place": "north-west"}


@pytest.fixture
def author():
    """Somebody who told a story in every way, beside a story of somebody else."""
    author = MemberFactory(first_name="Rowan")
    for byline in ("role", "hidden", "name"):
        for audience in ("public", "members"):
            StoryFactory(author=author, byline=byline, audience=audience, title=f"{byline} {audience}", **TOLD)
    StoryFactory(title="Somebody else's", audience="public", **TOLD)
    return author


def surfaces():
    crossing = "?boundary=housing&boundary=mental-health"
    yield "/"
    yield reverse("stories:list")
    yield reverse("stories:list") + crossing
    yield reverse("stories:list") + f"?practice={PRACTICE}&place=north-west"
    yield reverse("practices:practice", args=[PRACTICE])
    yield from (story.get_absolute_url() for story in Story.objects.order_by("pk"))


def seen(client, reader):
    """All that a reader is shown, page by page, and what their next letter would bring."""
    client.logout()
    if reader.pk:
        client.force_login(reader)
    # Before they open any of it: a letter brings nothing that was opened.
    letter = next_letter(reader) if reader.pk else None
    pages = {address: client.get(address) for address in surfaces()}
    shown = {address: (answer.status_code, plain(answer)) for address, answer in pages.items()}
    return shown, letter


def plain(answer):
    """Without what differs from reader to reader and from answer to answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|data-owner="\w+"', "", answer.content.decode())


def shut_out(author):
    suspend(author, now=timezone.now())


def close(author):
    author.is_active = False
    author.save()


def be_followed(author):
    """By somebody else: each of their stories, and the crossing they all ran between."""
    now, other = timezone.now(), MemberFactory()
    for story in Story.objects.filter(author=author):
        following.follow(member=other, now=now, story=story)
        following.keep(story, member=other, now=now)
    crossing = Crossing.of(*Story.objects.first().boundary_list)
    following.follow(member=other, now=now, a=crossing.a, b=crossing.b)


@pytest.mark.long
@pytest.mark.parametrize("end", [shut_out, close, be_followed], ids=["suspended", "closed", "followed"])
def test_every_list_and_page_and_letter_stays_as_it_was(client, author, end):
    # Two of a kind: what one has opened is brought to them in no letter.
    pairs = [(AnonymousUser(), AnonymousUser()), (MemberFactory(first_name="Ann"), MemberFactory(first_name="Ann"))]
    before = [seen(client, first) for first, _ in pairs]
    end(author)
    assert [seen(client, second) for _, second in pairs] == before


def blocked_by(author, reader):
    block(author, known_as="Rowan", by=reader, now=timezone.now())


def block_the_reader(author, reader):
    block(reader, known_as="Ann", by=author, now=timezone.now())


@pytest.mark.long
@pytest.mark.parametrize("part", [blocked_by, block_the_reader])
def test_a_block_takes_no_unnamed_story_from_any_list_page_or_letter(client, author, part):
    named = Story.objects.get(title="name members")
    first, second = MemberFactory(first_name="Ann"), MemberFactory(first_name="Ann")
    *_, letter = seen(client, first)
    assert named.pk in stories_in(letter)
    # As if that one story were not there: else the rest would tell.
    actions.hide(named, by=author, now=timezone.now())
    without, _ = seen(client, MemberFactory(first_name="Ann"))
    actions.show(named, by=author, now=timezone.now())
    part(author, second)
    pages, blocked = seen(client, second)
    assert pages == without
    # A letter brings neither of the two the other's name, not even with what anybody may read.
    by_name = set(Story.objects.filter(author=author, byline="name").values_list("pk", flat=True))
    assert blocked == [item for item in letter if item["id"] not in by_name]


@pytest.mark.long
def test_the_pages_that_are_compared_show_the_stories(client, author):
    """What has no difference to show would prove nothing."""
    before = seen(client, AnonymousUser())
    actions.withdraw(Story.objects.get(title="role public"), by=author, now=timezone.now())
    after = seen(client, AnonymousUser())
    changed = {address for address in before[0] if before[0][address] != after[0].get(address)}
    assert changed >= set(list(surfaces())[1:5])


def test_a_suspended_coauthor_changes_nothing_either(client):
    story = StoryFactory(byline="name", audience="public", **TOLD)
    person = CoAuthorFactory(story=story, named=True, member__first_name="Asha")
    before = seen(client, AnonymousUser())
    suspend(person.member, now=timezone.now())
    assert seen(client, AnonymousUser()) == before
