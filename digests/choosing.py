"""What is in whose letter: chosen right before it goes, for a batch of members in a fixed number of questions.

Stories are weighed by what their reader is about (docs/decisions/0047). What a block takes away leaves its place empty:
so no block, follow or pause of anybody ever changes whether an unnamed story is there, which would tell whose it is.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta

import numpy

from digests import addressed, facts
from digests.models import Delivery
from digests.pool import HORIZON, Pool
from stories.search import codes

MOST = 8
FEWEST = 3
MOST_REPORTS = 2
MOST_OF_A_CROSSING = 2
WORTH_PARTING = 16  # among so many times as many, the best are found without sorting all
FIRST = timedelta(weeks=6)  # a first letter looks back so far

# How much it weighs that a story ...
FOLLOWED = 12  # comes with a crossing or a search that they follow
OVER_THERE = 8  # crosses from where they work to where they would cross to
WITHIN = 6  # crosses between two services where they work
HERE = 4  # touches a service where they work
THERE = 3  # touches one that they would cross to
IN_GROUP = 2  # touches one that a group of theirs is about
PRACTICE = 1  # used a practice that they use
PICKED = 10**4  # staff picked it: before everything else


@dataclass
class Chosen:
    """`items`: what the letter brings, in order; none, and `reason` says why it does not go."""

    items: list = field(default_factory=list)
    reason: str = ""


def choose(members, issue, *, now, pool=None):
    """By key of the member: what their letter of this issue brings. `pool`: a kept one (see `digests.pool`)."""
    pool = pool or Pool(issue, now=now)
    known = facts.of(members, issue, picked=pool.picked, since=now - HORIZON, now=now)
    pool.look_up({query for one in known for query in one.searches})
    for_them = addressed.to(known, issue, first=now - FIRST, now=now)
    return {one.member: chosen_for(one, pool, for_them.get(one.member, []), now=now) for one in known}


def chosen_for(reader, pool, for_them, *, now):
    since = max(reader.last_at, now - HORIZON) if reader.last_at else now - FIRST
    rest = [*question_for(reader, pool, since), *reports_for(reader, pool, since)]
    positions, hidden = stories_for(reader, pool, since, count=MOST - len(for_them) - len(rest))
    reasons = Reasons(reader, pool)
    told = [
        {"kind": "story", "id": pool.stories[position], "why": reasons.why(position)}
        for position in positions
        if position not in hidden
    ]
    items = [*for_them, *told, *rest]
    if not items:
        return Chosen(reason=Delivery.NOTHING_NEW)
    # Counted with what a block took away, as everybody else's is.
    if len(for_them) + len(positions) + len(rest) < FEWEST and not for_them:
        return Chosen(reason=Delivery.TOO_FEW)
    return Chosen(items)


def had_last(reader, kind):
    """Keys of this kind in their last letter; most letters hold none, and then nothing is parsed."""
    if not reader.last_items or f'"{kind}"' not in reader.last_items:
        return ()
    return {item["id"] for item in json.loads(reader.last_items) if item["kind"] == kind}


def question_for(reader, pool, since):
    """One that they might be able to answer: it is about a service where they work."""
    had = had_last(reader, "rule")
    for one in pool.questions:
        known = reader.member == one.author or reader.member in one.answered_by or one.id in had
        if one.shown_at > since and not known and not one.boundaries.isdisjoint(reader.works_in):
            return [{"kind": "rule", "id": one.id, "why": ""}]
    return []


def reports_for(reader, pool, since):
    had = had_last(reader, "report")
    new = [key for key, shown_at in pool.reports if shown_at > since and key not in had]
    return [{"kind": "report", "id": key, "why": ""} for key in new[:MOST_REPORTS]]


# --- Stories ----------------------------------------------------------------------------------------------------------


def stories_for(reader, pool, since, *, count):
    """Positions in the pool, the best first; and those among them that a block hides by the name on them."""
    fresh = pool.fresh_since(since)
    rank = ranks(reader, pool, fresh)
    positions = with_a_setback_and_a_wish(varied(rank, pool, count), rank, pool)
    hidden = {position for person in reader.parted for position in pool.named_by.get(person, ())}
    return positions, hidden


def ranks(reader, pool, fresh):
    """One whole number for each of the first stories: what it weighs, then the newest first. All differ; those that
    they know already are below zero."""
    rank = weights(reader, pool)[:fresh] * fresh + numpy.arange(fresh, 0, -1)
    rank[: pool.picks] += PICKED * fresh
    known = pool.positions_of([*reader.had, *reader.opened]) + pool.told_by.get(reader.member, [])
    rank[[position for position in known if position < fresh]] = -1
    return rank


def weights(reader, pool):
    """What each story of the pool weighs for this reader."""
    postings = pool.postings
    lists = [(postings[one], weight) for one, weight in interests(reader, pool) if one in postings]
    lists += [(pool.found_by(query), FOLLOWED) for query in reader.searches if len(pool.found_by(query))]
    if not lists:
        return numpy.zeros(len(pool.stories), dtype=numpy.int64)
    found, each = zip(*lists, strict=True)
    positions, each = numpy.concatenate(found), numpy.repeat(each, list(map(len, found)))
    return numpy.bincount(positions, weights=each, minlength=len(pool.stories)).astype(numpy.int64)


def interests(reader, pool):
    """(code, weight) pairs; a code that stands here twice weighs twice."""
    works_in, would_cross_to = reader.works_in, reader.would_cross_to
    yield from ((pair_code(pair), FOLLOWED) for pair in reader.crossings)
    yield from ((one, OVER_THERE) for one in across(works_in, would_cross_to))
    yield from ((pair(a, b), WITHIN) for a in works_in for b in works_in if a < b)
    for weight, boundaries in ((HERE, works_in), (THERE, would_cross_to), (IN_GROUP, reader.groups_cross)):
        yield from ((codes.code(codes.Kind.BOUNDARY, key), weight) for key in boundaries)
    yield from ((codes.code(codes.Kind.PRACTICE, key), PRACTICE) for key in reader.practices)
    yield from pool.near.get(reader.place, ())


def pair_code(pair):
    return codes.code(codes.Kind.PAIR, pair)


def pair(a, b):
    return pair_code(min(a, b) << codes.PAIR_BITS | max(a, b))


def across(works_in, would_cross_to):
    return {pair(a, b) for a in works_in for b in would_cross_to if a != b}


def in_order(rank, most):
    """Positions of the highest ranks, the highest first: so many, without those that are known."""
    if most * WORTH_PARTING < len(rank):
        best = rank.argpartition(-most)[-most:]
        best = best[(-rank[best]).argsort()]
    else:
        best = (-rank).argsort()[:most]
    return best[rank[best] >= 0].tolist()


def in_order_among(positions, rank):
    ranked = rank[positions]
    order = (-ranked).argsort()
    return positions[order[ranked[order] >= 0]].tolist()


def varied(rank, pool, count):
    """The best, with two of one crossing at most."""
    most = 3 * MOST
    found = _varied(in_order(rank, most), pool, count)
    return found if len(found) == count or most >= len(rank) else _varied(in_order(rank, len(rank)), pool, count)


def _varied(order, pool, count):
    chosen, seen, crossings = [], {}, pool.crossings
    for position in order:
        for one in crossings[position]:
            if seen.get(one, 0) >= MOST_OF_A_CROSSING:
                break
        else:
            chosen.append(position)
            if len(chosen) == count:
                break
            add(crossings[position], seen)
    return chosen


def fits(crossings, seen):
    return all(seen.get(one, 0) < MOST_OF_A_CROSSING for one in crossings)


def add(crossings, seen):
    for one in crossings:
        seen[one] = seen.get(one, 0) + 1


def with_a_setback_and_a_wish(chosen, rank, pool):
    """With one that went wrong and one whose teller wants help, where there are such: each takes the place of the last
    that is neither, and not picked by staff."""
    for wanted in (pool.setbacks, pool.wishes):
        if not wanted.keys.isdisjoint(chosen):
            continue
        free = [position for position in chosen if position not in pool.stays]
        if free:
            chosen = _with_one(wanted, [position for position in chosen if position != free[-1]], rank, pool) or chosen
    return chosen


def _with_one(wanted, chosen, rank, pool):
    seen = {}
    for position in chosen:
        add(pool.crossings[position], seen)
    those = wanted.positions[: wanted.positions.searchsorted(len(rank))]
    for position in in_order_among(those, rank):
        if fits(pool.crossings[position], seen):
            return sorted([*chosen, position], key=lambda position: -rank[position])
    return None


# --- Why --------------------------------------------------------------------------------------------------------------


class Reasons:
    """Short ones, where they harm nobody who looks over a shoulder; none where anything sensitive is touched."""

    def __init__(self, reader, pool):
        self.pool = pool
        self.followed = [pair_code(one) for one in reader.crossings]
        self.found = [pool.found_by(query) for query in reader.searches]
        self.across = across(reader.works_in, reader.would_cross_to)
        self.near = [one for one, _ in pool.near.get(reader.place, ())]

    def why(self, position):
        pool = self.pool
        if pool.sensitive[position]:
            return ""
        if position < pool.picks:
            return "Chosen by the team"
        carried = pool.codes[position]
        for followed in self.followed:
            if followed in carried and followed in pool.crossing_names:
                return f"{pool.crossing_names[followed]}, which you follow"
        if any(position in found for found in self.found):
            return "From a search that you follow"
        if not carried.isdisjoint(self.across):
            return "From your service to one that you would cross to"
        if not carried.isdisjoint(self.near):
            return "From near you"
        return "Its teller would like help" if position in pool.wishes.keys else ""
