"""A search by windows finds exactly what a plain walk from the newest would."""

import random

import pytest

from stories.models import Audience, Listing
from stories.search import scale, windows

pytestmark = pytest.mark.django_db
A_CODE = 7
YEAR = 365 * 24 * 3_600_000


def rows_at(moments):
    for key, moment in enumerate(moments):
        codes = [*windows.of(moment), *([A_CODE] if key % 3 else [])]
        audience = Audience.PUBLIC if key % 2 else Audience.MEMBERS
        yield Listing(
            pub_no=moment * Listing.MILLISECOND + key, story_id=key, audience=audience, codes=codes, head="", vector="",
            words=[],
        )  # fmt: skip


def moments(dice, count, now):
    """Some crowded together, some years apart, some at the very edge of a window."""
    for _ in range(count):
        length = dice.choice(windows.LENGTHS)
        edge = (now - dice.randrange(6 * YEAR) >> length) << length
        yield dice.choice([now - int(dice.expovariate(1 / YEAR)), edge, edge - 1, now - dice.randrange(1000)])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("newer", [False, True])
def test_windows_find_what_a_walk_finds(seed, newer):
    dice, now = random.Random(seed), 1_790_000_000_000
    with scale.scratch():
        Listing.objects.bulk_create(rows_at(sorted(moments(dice, 300, now))))
        answering = Listing.objects.filter(audience=Audience.PUBLIC, codes__contains=[A_CODE])
        numbers = sorted(answering.values_list("pk", flat=True), reverse=not newer)
        for start in [0, now * 2 * Listing.MILLISECOND, *dice.sample(numbers, 20)]:
            wanted = dice.choice([1, 5, 21, 400])
            beyond = [number for number in numbers if (number > start if newer else number < start)]
            keys = windows.nearest(answering, wanted, start=start, newer=newer)
            assert sorted(key for (key,) in keys.values_list("pk")) == sorted(beyond[:wanted]), (start, wanted)


def test_the_newest_are_found_up_to_this_moment():
    with scale.scratch():
        scale.fill(30, words=5)
        newest = Listing.objects.order_by("-pub_no").values_list("pk", flat=True)[:5]
        assert {key for (key,) in windows.newest(Listing.objects.all(), 5).values_list("pk")} == set(newest)
