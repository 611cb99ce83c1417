"""Numbers of members: how many came to a first story, and where they are. In fives, counted once a month.

Counted so seldom, and each cut by itself: who watches the numbers sees what many did since, and no number goes up on
the day on which somebody joined or told. A field that its member shows to nobody is not counted.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncQuarter

from confidentiality.rounding import part_of, rounded
from insights.staff.quarters import Quarter
from members.models import Profile, SeenBy, User
from networks.counting import introductions_between
from practices import words
from stories.models import Story

QUARTERS = 8
LATELY = timedelta(days=90)


def count(now: datetime) -> dict:
    return {
        "members": rounded(User.objects.current().count()),
        "joined": joined(now),
        "places": _by_place(),
        "boundaries": _by_boundary(),
        "introductions": introductions_between(now - LATELY, now),
    }


def joined(now):
    """For each of the last quarters: let in, of those begun a story, of those published one."""
    quarters = [Quarter.of(now)]
    while len(quarters) < QUARTERS:
        quarters.insert(0, quarters[0].before)
    own = Story.objects.filter(author=OuterRef("pk"))
    members = User.objects.current().filter(approved_at__gte=quarters[0].begins).order_by()
    members = members.alias(begun=Exists(own), told=Exists(own.filter(first_published_at__isnull=False)))
    counts = {"all": Count("pk"), "begun_count": Count("pk", filter=Q(begun=True))}
    counts |= {"told_count": Count("pk", filter=Q(told=True))}
    by_quarter = members.annotate(quarter=TruncQuarter("approved_at")).values_list("quarter").annotate(**counts)
    found = {Quarter.of(at): numbers for at, *numbers in by_quarter}
    return [[str(one), *_steps(*found.get(one, (0, 0, 0)))] for one in quarters]


def _steps(let_in, begun, told):
    return rounded(let_in), part_of(begun, let_in), part_of(told, let_in)


def _profiles():
    return Profile.objects.filter(user__in=User.objects.current()).order_by()


def _by_place():
    """By the key of each place, with all that lies in it."""
    shown = _profiles().filter(place__isnull=False).exclude(place_seen_by=SeenBy.NOBODY)
    parents = {place.pk: place.parent_id for place in words.places()}
    sums = {}
    for place, number in shown.values_list("place").annotate(Count("pk")):
        while place:
            sums[place] = sums.get(place, 0) + number
            place = parents.get(place)
    return {str(place): rounded(number) for place, number in sums.items()}


def _by_boundary():
    shown = _profiles().exclude(works_in_seen_by=SeenBy.NOBODY).filter(works_in__isnull=False)
    return {str(key): rounded(number) for key, number in shown.values_list("works_in").annotate(Count("pk"))}
