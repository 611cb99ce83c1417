"""What a letter brings, asked of the models one member at a time: slow, plain, and what `digests.choosing` must equal.

Nothing is taken from there but the numbers that were decided on.
"""

from datetime import timedelta
from itertools import combinations

from digests import ranking as weighed
from digests.models import Delivery
from members.models import Block
from networks.models import Coalition
from practices.models import Place
from stories.following import narrow
from stories.models import Byline, Reading, Story


def stories_for(member, issue, *, now, count):
    """Keys, the best first, with None in the place of each that a block hides."""
    letters = Delivery.objects.filter(member=member).arrived().exclude(issue=issue)
    last = letters.order_by("-pk").first()
    since = max(min(last.planned_at, last.started_at), now - timedelta(weeks=13)) if last else now - timedelta(weeks=6)
    had = {key for letter in letters for key in letter.story_ids}
    had |= set(Reading.objects.filter(member=member).values_list("story", flat=True))
    had |= set(Story.objects.told_by(member).values_list("pk", flat=True))
    picked = set(issue.picks.values_list("pk", flat=True))
    stories = Story.objects.published().beyond_one_group().newest_first().for_listing().prefetch_related("practices")
    stories = [one for one in stories if one.first_published_at >= since or one.pk in picked]
    stories = [one for one in stories if one.pk not in had]
    likes = About(member)
    weights = {one.pk: likes.weight(one) + (one.pk in picked) * weighed.PICKED for one in stories}
    stories.sort(key=lambda one: -weights[one.pk])  # stable: the newest first among equals
    chosen = with_variety(stories, count)
    for is_wanted in (went_wrong, wants_help):
        chosen = with_one(is_wanted, chosen, stories, picked)
    readable = set(Story.objects.readable_by(member).values_list("pk", flat=True))
    return [one.pk if one.pk in readable and not is_parted(one, member) else None for one in chosen]


class About:
    """What a member is about, and what a story weighs for them."""

    def __init__(self, member):
        profile, everything = member.profile, Story.objects.all()
        self.place = profile.place
        self.works_in = {one.pk for one in profile.works_in.all()}
        self.would_cross_to = {one.pk for one in profile.would_cross_to.all()}
        self.practices = {one.pk for one in profile.practices.all()}
        self.groups = set(Coalition.objects.joined_by(member).going_on().values_list("boundaries", flat=True))
        follows = member.follows.filter(story=None)
        self.followed = [set(narrow(follow, everything).values_list("pk", flat=True)) for follow in follows]

    def weight(self, story):
        boundaries, practices = {one.pk for one in story.boundary_list}, {one.pk for one in story.practices.all()}
        total = weighed.FOLLOWED * sum(story.pk in found for found in self.followed)
        for pair in combinations(sorted(boundaries), 2):
            crosses = any({a, b} == {*pair} for a in self.works_in for b in self.would_cross_to)
            total += weighed.OVER_THERE * crosses + weighed.WITHIN * self.works_in.issuperset(pair)
        total += weighed.HERE * len(boundaries & self.works_in) + weighed.THERE * len(boundaries & self.would_cross_to)
        total += weighed.IN_GROUP * len(boundaries & self.groups) + weighed.PRACTICE * len(practices & self.practices)
        return total + nearness(story.shown_place, self.place)


def nearness(told_in, lives_in):
    """Two for the same region, three for the same council area; a nation is near to nothing."""
    if told_in is None or lives_in is None or lives_in.kind == Place.Kind.NATION:
        return 0
    around = {told_in, told_in.parent, told_in.parent and told_in.parent.parent}
    same_council = told_in == lives_in and told_in.kind == Place.Kind.COUNCIL
    return 2 * (lives_in.region in around) + same_council


def crossings(story):
    keys = sorted(one.pk for one in story.boundary_list)
    return set(combinations(keys, 2)) or {(key,) for key in keys}


def went_wrong(story):
    return story.outcome_now in {"stalled", "stopped"}


def wants_help(story):
    return bool(story.help_wanted.strip())


def has_room(story, chosen):
    return all(sum(one in crossings(other) for other in chosen) < 2 for one in crossings(story))


def with_variety(stories, count):
    chosen = []
    for story in stories:
        if len(chosen) < count and has_room(story, chosen):
            chosen.append(story)
    return chosen


def with_one(is_wanted, chosen, stories, picked):
    """One of these takes the place of the last that is of no sort and not picked."""
    if any(map(is_wanted, chosen)):
        return chosen
    plain = [one for one in chosen if not (went_wrong(one) or wants_help(one) or one.pk in picked)]
    if not plain:
        return chosen
    rest = [one for one in chosen if one != plain[-1]]
    for story in filter(is_wanted, stories):
        if has_room(story, rest):
            return sorted([*rest, story], key=stories.index)
    return chosen


def is_parted(story, member):
    """A name stands on it that a block parts from this member."""
    if story.byline != Byline.NAME or story.source_url or member.is_staff:
        return False
    names = [story.author, *(one.member for one in story.coauthors.current().filter(named=True))]
    return any(name != member and Block.objects.stands_between(member, name) for name in names)
