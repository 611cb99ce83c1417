"""Stories and readers by the thousand, written row by row: for the bench, and for tests in random worlds."""

import random
from datetime import timedelta

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from digests.models import Delivery, Issue
from members.models import Block, Profile, User
from practices.models import Boundary, Place, Practice, Role
from stories.models import Byline, CoAuthor, Follow, Listing, Outcome, Reading, Story, StoryBoundary
from stories.search import codes
from stories.search.rows import all_places, pub_no, published

WORDS = ("ward", "bridge", "letter", "team", "street", "desk", "morning", "phone", "form", "key", "door", "meeting")


def words(dice, count):
    return " ".join(dice.choices(WORDS, k=count)).capitalize()


def fill_readers(dice, count, *, now, address="reader{number}@example.org"):
    """So many members who get the letter, each with something in their profile. Returns their keys."""
    boundaries = list(Boundary.objects.values_list("pk", flat=True))
    practices = list(Practice.objects.values_list("pk", flat=True))
    places = list(Place.objects.values_list("pk", flat=True))
    users = User.objects.bulk_create(
        [
            User(email=address.format(number=number), first_name=words(dice, 1), approved_at=now, agreed_version=1)
            for number in range(count)
        ],
        batch_size=2000,
    )
    profiles = Profile.objects.bulk_create(
        [Profile(user=user, place_id=dice.choice([*places, None]), weekly_letter=True) for user in users],
        batch_size=2000,
    )
    for field, keys, most in (
        ("works_in", boundaries, 2),
        ("would_cross_to", boundaries, 3),
        ("practices", practices, 3),
    ):
        through = getattr(Profile, field).through
        column = "practice_id" if field == "practices" else "boundary_id"
        rows = [
            through(profile_id=profile.pk, **{column: key})
            for profile in profiles
            for key in dice.sample(keys, dice.randrange(most + 1))
        ]
        through.objects.bulk_create(rows, batch_size=5000)
    Follow.objects.bulk_create(
        [
            Follow(member=user, a_id=a, b_id=b, followed_at=now, looked_at=now)
            for user in users
            if dice.random() < 0.3
            for a, b in [sorted(dice.sample(boundaries, 2))]
        ]
    )
    return [user.pk for user in users]


def fill_stories(dice, count, *, authors, now, over=timedelta(weeks=8)):
    """So many stories of every kind, published evenly until now, with the rows by which they are found."""
    places, roles = list(Place.objects.all()), list(Role.objects.all())
    stories = Story.objects.bulk_create(
        [
            Story(
                author_id=dice.choice(authors),
                title=f"{words(dice, 7)} {number}",
                summary=words(dice, 14),
                byline=dice.choice([Byline.NAME, Byline.ROLE, Byline.ROLE, Byline.HIDDEN]),
                byline_role=dice.choice(roles),
                audience=dice.choice(["public", "members", "members"]),
                place=dice.choice([*places, None]),
                outcome=dice.choice(Outcome.values),
                help_wanted=words(dice, 5) if dice.random() < 0.1 else "",
                source_url="https://example.org/a/" if dice.random() < 0.05 else "",
                created_at=now - over,
                live=True,
                first_published_at=now - over * dice.random(),
            )
            for number in range(count)
        ],
        batch_size=1000,
    )
    boundaries = list(Boundary.objects.values_list("pk", flat=True))
    StoryBoundary.objects.bulk_create(
        [
            StoryBoundary(content_object_id=story.pk, tag_id=key)
            for story in stories
            for key in dice.sample(boundaries, dice.choice([1, 2, 2, 2, 3]))
        ],
        batch_size=5000,
    )
    practices, used = list(Practice.objects.values_list("pk", flat=True)), Story.practices.through
    used.objects.bulk_create(
        [used(story_id=story.pk, practice_id=dice.choice(practices)) for story in stories], batch_size=5000
    )
    write_listings([story.pk for story in stories])
    return [story.pk for story in stories]


def write_listings(keys):
    """The rows by which these are found, without their words."""
    places, nothing = all_places(), SearchVector(Value(""), config="english")
    rows = [
        Listing(
            pub_no=pub_no(story),
            story_id=story.pk,
            audience=story.audience,
            codes=codes.of_story(story, places),
            head=nothing,
            vector=nothing,
            words=[],
            made_from="",
        )
        for story in published().filter(pk__in=keys)
    ]
    Listing.objects.bulk_create(rows, batch_size=1000)


def fill_past(dice, readers, stories, *, now, share=0.5):
    """For a share of the readers a letter two weeks ago, what they opened, blocks, and who told along."""
    before = now - timedelta(weeks=2)
    last = Issue.objects.create(week=before.date(), state=Issue.State.DONE, began_at=before, done_at=before)
    some = [reader for reader in readers if dice.random() < share]
    letters = [
        Delivery(
            issue=last,
            member_id=reader,
            state=dice.choice([Delivery.State.SENT, Delivery.State.SENT, Delivery.State.SKIPPED]),
            story_ids=dice.sample(stories, min(8, len(stories))),
            due_at=before,
            planned_at=before,
            started_at=before,
        )
        for reader in some
    ]
    Delivery.objects.bulk_create(letters, batch_size=5000)
    Reading.objects.bulk_create(
        [Reading(member_id=reader, story_id=key, read_at=now) for reader in some for key in dice.sample(stories, 2)],
        batch_size=5000,
    )
    pairs = {tuple(dice.sample(readers, 2)) for _ in range(len(readers) // 10)}
    Block.objects.bulk_create([Block(blocker_id=a, blocked_id=b, known_as="Them", blocked_at=now) for a, b in pairs])
    beside = {(dice.choice(stories), dice.choice(readers)) for _ in range(len(stories) // 10)}
    CoAuthor.objects.bulk_create(
        [
            CoAuthor(story_id=story, member_id=member, joined_at=now, named=dice.random() < 0.7)
            for story, member in beside
        ]
    )


def fill(seed, *, readers, stories, now):
    """A whole world; returns (readers, stories) as keys."""
    dice = random.Random(seed)  # noqa: S311 (nothing is guarded by it)
    people = fill_readers(dice, readers, now=now)
    told = fill_stories(dice, stories, authors=people, now=now)
    fill_past(dice, people, told, now=now)
    return people, told
