"""What is in whose letter: chosen right before it goes, for a batch of members in a fixed number of questions.

Stories are weighed by what their reader is about (docs/decisions/0047). What a block takes away leaves its place empty:
so no block, follow or pause of anybody ever changes whether an unnamed story is there, which would tell whose it is.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta

from digests import addressed, facts
from digests.models import Delivery
from digests.pool import HORIZON, Pool
from digests.ranking import AT_ONCE, Best, Interests, ranks

MOST = 8
FEWEST = 3
MOST_REPORTS = 2
MOST_OF_A_CROSSING = 2
FIRST = timedelta(weeks=6)  # a first letter looks back so far

LOOKS_AT = 3 * MOST  # with so many of the best, two of one crossing are seldom too many


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
    found = {}
    for first in range(0, len(known), AT_ONCE):
        found.update(_chosen_for(known[first : first + AT_ONCE], pool, for_them, now))
    return found


def _chosen_for(readers, pool, for_them, now):
    news = News(readers, pool, [max(one.last_at, now - HORIZON) if one.last_at else now - FIRST for one in readers])
    return {one.member: news.chosen_for(row, for_them.get(one.member, [])) for row, one in enumerate(readers)}


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


class News:
    """What is new for each of some readers."""

    def __init__(self, readers, pool, since):
        self.readers, self.pool, self.since = readers, pool, since
        self.about = [Interests.of(reader, pool) for reader in readers]
        self.fresh = [pool.fresh_since(moment) for moment in since]
        self.rank = ranks(readers, self.about, pool, self.fresh)
        self.best = Best(self.rank, LOOKS_AT)
        self.wanted = [
            (wanted.keys, Best(self.rank, LOOKS_AT, among=wanted.positions)) for wanted in (pool.setbacks, pool.wishes)
        ]

    def chosen_for(self, row, for_them):
        reader, pool, since = self.readers[row], self.pool, self.since[row]
        rest = [*question_for(reader, pool, since), *reports_for(reader, pool, since)]
        positions = self.stories_for(row, count=MOST - len(for_them) - len(rest))
        about, shown = self.about[row], positions
        if reader.parted:
            hidden = {position for person in reader.parted for position in pool.named_by.get(person, ())}
            shown = [position for position in positions if position not in hidden]
        items = [*for_them, *map(about.item, shown), *rest]
        if not items:
            return Chosen(reason=Delivery.NOTHING_NEW)
        # Counted with what a block took away and with what they told unnamed, as everybody else's is: whoever alone has
        # no letter would be known for the teller.
        if not for_them and len(self.with_their_own(row, positions)) + len(rest) < FEWEST:
            return Chosen(reason=Delivery.TOO_FEW)
        return Chosen(items)

    def with_their_own(self, row, positions):
        """These, and what their reader told unnamed and others may be brought now."""
        reader = self.readers[row]
        if len(positions) >= FEWEST or reader.member not in self.pool.told_by:
            return positions
        named, known = self.pool.named_by.get(reader.member, ()), self.pool.positions_of([*reader.had, *reader.opened])
        own = [one for one in self.pool.told_by[reader.member] if one < self.fresh[row] and one not in named]
        return varied([*positions, *(one for one in own if one not in known)], self.pool, MOST)

    def stories_for(self, row, *, count):
        """Positions in the pool, the best first; some may be hidden by the name on them."""
        chosen = varied(self.best.of(row), self.pool, count)
        if len(chosen) < count and not self.best.is_all:
            chosen = varied(self.best.all_of(row), self.pool, count)
        return self.with_a_setback_and_a_wish(row, chosen)

    def with_a_setback_and_a_wish(self, row, chosen):
        """With one that went wrong and one whose teller wants help, where there are such: each takes the place of the
        last that is neither, and not picked by staff."""
        for keys, best in self.wanted:
            if not keys.isdisjoint(chosen):
                continue
            stays = self.pool.stays
            place = next((at for at in range(len(chosen) - 1, -1, -1) if chosen[at] not in stays), None)
            if place is not None:
                others = chosen[:place] + chosen[place + 1 :]
                chosen = self._with_one(row, best, others) or chosen
        return chosen

    def _with_one(self, row, best, chosen):
        crossings, seen = self.pool.crossings, {}
        for position in chosen:
            add(crossings[position], seen)
        for position in best.walk(row):
            if fits(crossings[position], seen):
                rank = self.rank[row]
                at = next((at for at, one in enumerate(chosen) if rank[one] < rank[position]), len(chosen))
                return [*chosen[:at], position, *chosen[at:]]
        return None


def varied(order, pool, count):
    """The first of these, with two of one crossing at most."""
    chosen, seen, crossings = [], {}, pool.crossings
    for position in order:
        if fits(crossings[position], seen):
            chosen.append(position)
            if len(chosen) == count:
                break
            add(crossings[position], seen)
    return chosen


def fits(crossings, seen):
    for one in crossings:  # noqa: SIM110 (asked some twenty times a letter)
        if seen.get(one, 0) >= MOST_OF_A_CROSSING:
            return False
    return True


def add(crossings, seen):
    for one in crossings:
        seen[one] = seen.get(one, 0) + 1
