"""What any letter of an issue can hold, read once and kept in memory: stories as posting lists, reports, questions.

A posting list names, for one code of `stories.search.codes`, the places in the pool of the stories that carry it. To
weigh every story for one member is then a sum over the few lists of their interests. A pool is a snapshot: whoever
keeps one asks `is_old` and makes a new one; rights are asked once more as each letter starts (`digests.liveness`).
"""

from bisect import bisect_right
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple

import numpy
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Value
from django.db.models.functions import Coalesce

from networks.models import RuleAnswer, RuleQuestion
from practices.models import Boundary, Crossing, Place
from reports.models import ReportPage
from stories.following import asked_of
from stories.models import Byline, CoAuthor, Outcome, Story
from stories.search import codes

# A story that this old is brought to nobody as news, however long ago their last letter was.
HORIZON = timedelta(weeks=13)
LASTS = timedelta(minutes=1)
SETBACKS = [codes.of_outcome(outcome) for outcome in (Outcome.STALLED, Outcome.STOPPED)]
REGION, COUNCIL = 2, 1  # what lies in the member's region counts so much, and in their council area so much more


class Question(NamedTuple):
    """ "Rule or habit?": who asked and who answered, so that it is not brought to them."""

    id: int
    shown_at: datetime
    author: int
    answered_by: frozenset
    boundaries: frozenset


class Some(NamedTuple):
    """Some positions, to count with and to look up."""

    positions: numpy.ndarray
    keys: frozenset

    @classmethod
    def of(cls, flags):
        found = [position for position, flag in enumerate(flags) if flag]
        return cls(numpy.array(found, dtype=numpy.int64), frozenset(found))


class Pool:
    """`stories[position]` is a key: first what staff picked, then the newest; everything else speaks of positions."""

    def __init__(self, issue, *, now, named_only=False):
        """`named_only`: nothing whose teller, or one of them, is not named. For whoever looks at another's letter."""
        self.made_at, self.named_only = now, named_only
        self.picked = set(issue.picks.values_list("pk", flat=True)) if issue.pk else set()
        self._read_stories(now - HORIZON)
        self._read_words()
        self.reports = list(
            ReportPage.objects.live()
            .filter(first_published_at__gt=now - HORIZON)
            .newest_first()
            .values_list("pk", "first_published_at")
        )
        self.questions = [] if named_only else list(open_questions(now - HORIZON))
        self._searches = {}
        self.interests = {}  # kept by `ranking.Interests`

    def is_old(self, now):
        return now - self.made_at >= LASTS

    # --- Stories ------------------------------------------------------------------------------------------------------

    def _read_stories(self, since):
        stories = all_named(letter_stories()) if self.named_only else letter_stories()
        found = stories.filter(Q(first_published_at__gte=since) | Q(pk__in=self.picked)).values_list(*ROW)
        rows = sorted(found, key=lambda row: row[0] not in self.picked)
        self.stories = [row[0] for row in rows]
        self.picks = sum(key in self.picked for key in self.stories)
        self.position = {key: position for position, key in enumerate(self.stories)}
        # Ascending, as `bisect` wants it: how long before now each of the rest opened.
        self.ages = [self.made_at - row[1] for row in rows[self.picks :]]
        self.codes = [frozenset(row[2]) for row in rows]
        self.sensitive = [bool(row[6] or row[7]) for row in rows]
        self.crossings = [crossings_in(carried) for carried in self.codes]
        self.setbacks = Some.of(not carried.isdisjoint(SETBACKS) for carried in self.codes)
        self.wishes = Some.of(codes.WANTS_HELP in carried for carried in self.codes)
        self.stays = self.setbacks.keys | self.wishes.keys | set(range(self.picks))
        self._read_tellers(rows)
        postings = defaultdict(list)
        for position, carried in enumerate(self.codes):
            for one in carried:
                postings[one].append(position)
        self.postings = {one: numpy.array(positions) for one, positions in postings.items()}

    def _read_tellers(self, rows):
        """Whose own they are, and who stands on them by name."""
        told, named = defaultdict(list), defaultdict(list)
        shows_names = set()
        for position, (_, _, _, author, byline, source, *_) in enumerate(rows):
            told[author].append(position)
            if byline == Byline.NAME and not source:
                shows_names.add(position)
                named[author].append(position)
        beside = CoAuthor.objects.current().filter(story__in=self.stories)
        for story, member, by_name in beside.values_list("story", "member", "named"):
            position = self.position[story]
            told[member].append(position)
            if by_name and position in shows_names:
                named[member].append(position)
        self.told_by, self.named_by = dict(told), dict(named)

    def positions_of(self, keys):
        """Those that are not in the pool are left out."""
        return [self.position[key] for key in keys if key in self.position]

    def fresh_since(self, moment):
        """How many of the first positions are picked, or opened at this moment or later."""
        return self.picks + bisect_right(self.ages, self.made_at - moment)

    # --- What members follow ------------------------------------------------------------------------------------------

    def look_up(self, queries):
        """The stories of the pool that these searches find; one question for all that were not asked before."""
        new = {query: asked_of(query) for query in queries if query not in self._searches}
        if not new:
            return
        self._searches.update(dict.fromkeys(new, ()))
        found = Story.objects.filter(pk__in=self.stories).order_by()
        parts = [
            finding.narrow(found).annotate(query=Value(query)).values_list("query", "pk")
            for query, finding in new.items()
            if finding
        ]
        rows = parts[0].union(*parts[1:], all=True) if parts else []
        positions = defaultdict(list)
        for query, key in rows:
            positions[query].append(self.position[key])
        self._searches.update({query: numpy.array(found) for query, found in positions.items()})

    def found_by(self, query):
        return self._searches[query]

    # --- Words --------------------------------------------------------------------------------------------------------

    def _read_words(self):
        """The names of crossings where nobody is harmed by reading them, and what lies near a place."""
        self.crossing_names = {
            codes.of_pair(a, b): str(Crossing.of(a, b)).capitalize()
            for a, b in combinations(Boundary.objects.filter(sensitive=False), 2)
        }
        self.near = {place.pk: list(nearness(place)) for place in Place.objects.select_related("parent")}


def nearness(place):
    """What lies near it, as codes with their weights; a nation is near to nothing."""
    if place.kind != Place.Kind.NATION:
        yield codes.of_word(place.region), REGION
    if place.kind == Place.Kind.COUNCIL:
        yield codes.of_word(place), COUNCIL


ROW = ("pk", "first_published_at", "listing__codes", "author", "byline", "source_url", "sensitive_in_edit", "touches")


def letter_stories():
    """What a letter may bring to any member: as `Story.objects.readable_by` has it, before blocks. The newest first."""
    sensitive = Story.boundaries.through.objects.filter(content_object=OuterRef("pk"), tag__sensitive=True)
    found = Story.objects.published().beyond_one_group().filter(listing__isnull=False)
    return found.annotate(touches=ArraySubquery(sensitive.values("pk")[:1])).newest_first()


def all_named(stories):
    """Those that stand under the names of all who tell them, and what staff retold from elsewhere."""
    unnamed = CoAuthor.objects.current().filter(named=False)
    return stories.filter(Q(byline=Byline.NAME) | ~Q(source_url="")).exclude(pk__in=unnamed.values("story"))


def crossings_in(carried):
    """The pairs among a story's codes; a story inside one service counts as that one."""
    pairs = [one for one in carried if one >> codes.KEY_BITS == codes.Kind.PAIR]
    return pairs or [one for one in carried if one >> codes.KEY_BITS == codes.Kind.BOUNDARY]


def open_questions(since):
    """Those that any member may read: what nobody has answered comes first, then the newest."""
    live = RuleQuestion.objects.live().annotate(shown_at=Coalesce("decided_at", "created_at"))
    answers = RuleAnswer.objects.filter(question=OuterRef("pk"))
    rows = (
        live.filter(shown_at__gte=since)
        .annotate(
            answered=ArraySubquery(answers.values("author")),
            shown=ArraySubquery(answers.live().values("pk")[:1]),
            services=ArraySubquery(
                RuleQuestion.boundaries.through.objects.filter(rulequestion=OuterRef("pk")).values("boundary")
            ),
        )
        .order_by("-shown_at", "-pk")
        .values_list("pk", "shown_at", "author", "answered", "services", "shown")
    )
    for *row, _ in sorted(rows, key=lambda row: bool(row[5])):
        pk, shown_at, author, answered, services = row
        yield Question(pk, shown_at, author, frozenset(answered), frozenset(services))
