"""What each story of a pool weighs for its readers, all readers of a batch in one sum, and which are the best of it."""

import numpy

from stories.search import codes

# How much it weighs that a story ...
FOLLOWED = 12  # comes with a crossing or a search that they follow
OVER_THERE = 8  # crosses from where they work to where they would cross to
WITHIN = 6  # crosses between two services where they work
HERE = 4  # touches a service where they work
THERE = 3  # touches one that they would cross to
IN_GROUP = 2  # touches one that a group of theirs is about
PRACTICE = 1  # used a practice that they use
PICKED = 10**4  # staff picked it: before everything else

AT_ONCE = 64  # readers in one sum, so that the figures of all of them stay small
MOST_KEPT = 5000
NONE = numpy.zeros(0, dtype=numpy.int64)


class Interests:
    """What readers are about who answered alike: the posting lists that count for them, and why a story comes."""

    def __init__(self, reader, pool):
        self.pool, self.items = pool, {}
        postings = pool.postings
        lists = [(postings[one], weight) for one, weight in interests(reader, pool) if one in postings]
        found = [pool.found_by(query) for query in reader.searches]
        lists += [(positions, FOLLOWED) for positions in found if len(positions)]
        self.positions = numpy.concatenate([positions for positions, _ in lists]) if lists else NONE
        self.weights = numpy.repeat([weight for _, weight in lists], [len(positions) for positions, _ in lists])
        self.followed = [pair_code(one) for one in reader.crossings]
        self.found = [frozenset(map(int, positions)) for positions in found]
        self.across = across(reader.works_in, reader.would_cross_to)
        self.near = [one for one, _ in pool.near.get(reader.place, ())]

    @classmethod
    def of(cls, reader, pool):
        alike = (*map(tuple, reader[1:4]), reader.place, *map(tuple, reader[5:8]))
        found = pool.interests.get(alike)
        if found is None:
            if len(pool.interests) > MOST_KEPT:
                pool.interests.clear()
            found = pool.interests[alike] = cls(reader, pool)
        return found

    def item(self, position):
        """The story there, as a letter names it; the same for all who are about the same."""
        if position not in self.items:
            self.items[position] = {"kind": "story", "id": self.pool.stories[position], "why": self.why(position)}
        return self.items[position]

    def why(self, position):
        """Short, where it harms nobody who looks over a shoulder; nothing where anything sensitive is touched."""
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


# --- All readers of a batch -------------------------------------------------------------------------------------------


def ranks(readers, about, pool, fresh):
    """A row a reader, a column a story: one whole number each, what it weighs and then the newest first. In a row all
    differ; what is no news to them, or known already, is below zero. `fresh`: how many of the first are news."""
    count, width = len(readers), len(pool.stories)
    begins = numpy.repeat(numpy.arange(count) * width, [len(one.positions) for one in about])
    positions = numpy.concatenate([one.positions for one in about]) + begins
    weights = numpy.concatenate([one.weights for one in about])
    rank = numpy.bincount(positions, weights=weights, minlength=count * width).astype(numpy.int64)
    rank = rank.reshape(count, width) * width + numpy.arange(width, 0, -1)
    rank[:, : pool.picks] += PICKED * width
    rank[numpy.arange(width) >= numpy.array(fresh)[:, None]] = -1
    told_by = pool.told_by
    for row, reader in enumerate(readers):
        if reader.had or reader.opened or reader.member in told_by:
            rank[row, pool.positions_of([*reader.had, *reader.opened]) + told_by.get(reader.member, [])] = -1
    return rank


class Best:
    """Some of the stories in the order of their ranks: the first few for all readers at once, the rest if wanted."""

    def __init__(self, rank, most, among=None):
        self.rank, self.among, self.most = rank, among, most
        self.ranked = rank if among is None else rank[:, among]
        self.is_all = most >= self.ranked.shape[1]
        self.rows = self._ordered(self.ranked, 0 if self.is_all else most)

    def _ordered(self, ranked, most):
        found = ranked.argpartition(-most, axis=1)[:, -most:] if most else numpy.arange(ranked.shape[1])[None, :]
        values = numpy.take_along_axis(ranked, found, axis=1) if most else ranked
        order = (-values).argsort(axis=1)
        best = numpy.take_along_axis(numpy.broadcast_to(found, values.shape), order, axis=1)
        counts = (values >= 0).sum(axis=1)
        positions = (best if self.among is None else self.among[best]).tolist()
        return [row[:known] for row, known in zip(positions, counts.tolist(), strict=True)]

    def of(self, row):
        return self.rows[row]

    def walk(self, row):
        yield from self.rows[row]
        if not self.is_all:
            yield from self.all_of(row)[len(self.rows[row]) :]

    def all_of(self, row):
        return self.rows[row] if self.is_all else self._ordered(self.ranked[row : row + 1], 0)[0]
