"""Rows by the thousand, in tables of their own, and what a question costs there: for the bench and for tests."""

import contextlib
import math
import time

from django.db import connection

from practices.models import Boundary, Place, Practice
from stories.models import Listing, Outcome
from stories.search import codes, slips, windows
from stories.search.asked import COUNT, Asked
from stories.search.results import BEST_FIRST, best_match
from stories.search.vocabulary import KEYS_OF

YEARS = 5  # over which the stories were published, as many as they are
SCHEMA = "scale_of_finding"
TABLES = ("stories_listing", "stories_word")

# A word of the language these rows are written in: the first is used most, the ten thousandth hardly ever.
A_WORD = "'s' || translate(floor(exp(random() * ln(12000)))::int::text, '0123456789', 'abdegiklmo')"
SOME_WORDS = f"(SELECT string_agg({A_WORD}, ' ') FROM generate_series(1, {{count}} + n * 0))"  # noqa: S608

# As `windows.of` makes them.
WINDOWS = "ARRAY[{}]".format(
    ", ".join(f"{windows.code_of(length, 0)} | (moment >> {length})::int" for length in windows.LENGTHS)
)

FILL = f"""
    INSERT INTO stories_listing (pub_no, story_id, audience, codes, head, vector, words, made_from)
    SELECT moment * {Listing.MILLISECOND}, n + %(first)s, CASE WHEN random() < 0.5 THEN 'public' ELSE 'members' END,
        (SELECT array_agg(DISTINCT code) FROM unnest(
            carried || {WINDOWS} || CASE WHEN a = b THEN ARRAY[]::int[] ELSE ARRAY[
                {codes.Kind.PAIR << codes.KEY_BITS} | (least(a, b) << {codes.PAIR_BITS}) | greatest(a, b)
            ] END || string_to_array(place, ',')::int[]
        ) AS code),
        head, head || to_tsvector('english', body), string_to_array(title || ' ' || summary, ' '), ''
    FROM (
        SELECT n, moment, a, b, place, title, summary, body,
            ARRAY[{codes.Kind.BOUNDARY << codes.KEY_BITS} | a, {codes.Kind.BOUNDARY << codes.KEY_BITS} | b,
                practice, outcome, shift] || CASE WHEN random() < 0.2 THEN ARRAY[%(help)s] ELSE ARRAY[]::int[] END
                AS carried,
            setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', summary), 'B') AS head
        FROM (
            SELECT n,
                %(began)s + n * %(every)s::bigint AS moment,
                (%(boundaries)s::int[])[1 + floor(power(random(), 2) * %(boundary_count)s)::int] AS a,
                (%(boundaries)s::int[])[1 + floor(power(random(), 2) * %(boundary_count)s)::int] AS b,
                (%(practices)s::int[])[1 + floor(power(random(), 2) * %(practice_count)s)::int] AS practice,
                (%(outcomes)s::int[])[1 + floor(random() * %(outcome_count)s)::int] AS outcome,
                (%(shifts)s::int[])[1 + floor(random() * %(shift_count)s)::int] AS shift,
                (%(places)s::text[])[1 + floor(power(random(), 2) * %(place_count)s)::int] AS place,
                {SOME_WORDS.format(count=8)} AS title,
                {SOME_WORDS.format(count=14)} AS summary,
                {SOME_WORDS.format(count="%(words)s")} AS body
            FROM generate_series(1, %(stories)s) AS n
        ) AS drawn
    ) AS told
"""  # noqa: S608 (numbers of ours)
COUNT_WORDS = f"""
    INSERT INTO stories_word (word, public_count, members_count, keys)
    SELECT word, count(*) FILTER (WHERE audience = 'public'), count(*) FILTER (WHERE audience = 'members'),
        {KEYS_OF.format(word="word")}
    FROM stories_listing, unnest(words) AS word WHERE length(word) >= 4 GROUP BY word
"""  # noqa: S608 (numbers of ours)


@contextlib.contextmanager
def scratch():
    """Tables of the same shape in a schema of their own, which is gone afterwards. The site's rows are not touched."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in TABLES:
            cursor.execute(f"CREATE TABLE {SCHEMA}.{table} (LIKE public.{table} INCLUDING ALL)")
        # The one thing that LIKE does not copy (the migration on narrow rows says why).
        cursor.execute(f"ALTER TABLE {SCHEMA}.stories_listing SET (toast_tuple_target = 512)")
        cursor.execute(f"SET search_path TO {SCHEMA}, public")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET search_path")
                cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def fill(stories, *, words=280, first=1):
    """So many stories and no other, the key of the first given, published evenly over some years until now; some
    boundaries, practices, places and words far more used than others."""
    boundaries = sorted(Boundary.objects.values_list("pk", flat=True))
    practices = [codes.of_word(practice) for practice in Practice.objects.order_by("pk")]
    by_key = Place.objects.in_bulk()
    councils = [place for place in by_key.values() if place.kind == Place.Kind.COUNCIL]
    lines = [",".join(str(codes.of_word(around)) for around in codes.lineage(place, by_key)) for place in councils]
    drawn = {
        "boundaries": boundaries,
        "practices": practices,
        "places": lines,
        "outcomes": [codes.of_outcome(outcome) for outcome in Outcome.values],
        "shifts": [codes.of_shift(name) for name in codes.SHIFT_NAMES],
    }
    counts = {f"{name.removesuffix('s').replace('boundarie', 'boundary')}_count": len(of) for name, of in drawn.items()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute("TRUNCATE stories_listing")
        more = {"help": codes.WANTS_HELP, "words": words, "first": first - 1}
        cursor.execute(FILL, {**drawn, **counts, **since(stories), **more})
        cursor.execute("TRUNCATE stories_word")
        cursor.execute(COUNT_WORDS)
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")


def since(stories):
    """When the first was published, and how long after it each other: in milliseconds."""
    now = int(time.time() * 1000)
    every = YEARS * 365 * 24 * 3_600_000 // stories
    return {"stories": stories, "began": now - stories * every, "every": every}


LETTERS = str.maketrans("0123456789", "abdegiklmo")


def word(rank):
    """The word that is used most after `rank - 1` others."""
    return f"s{rank}".translate(LETTERS)


class Questions:
    """Every kind of question that lists ask, for one reader, drawn by `dice` (a `random.Random`).

    `rare`: also what few stories carry; otherwise only what fills a page of the list, which is what costs most.
    """

    def __init__(self, reader, stories, dice, *, rare=True):
        self.reader = reader
        self.since = since(stories)
        self.dice = dice
        self.rarest_word = 2000 if rare else 60
        self.boundaries = list(Boundary.objects.order_by("pk"))[: None if rare else 3]
        self.practices = list(Practice.objects.order_by("pk"))[: None if rare else 2]

    def _some(self, words):
        """As skewed as the rows are."""
        return words[int(self.dice.random() ** 2 * len(words))]

    def _pair(self):
        first = self._some(self.boundaries)
        return first, self._some([boundary for boundary in self.boundaries if boundary != first])

    def _word(self):
        return word(int(math.exp(self.dice.random() * math.log(self.rarest_word))) + 5)

    def _newest(self, *, half_way=False, **asked):
        """A page, half way down or somewhere in the newest tenth: what one costs depends on where a window ends."""
        asked = Asked(**asked)
        order = asked.newest_first
        older = 0.5 if half_way else self.dice.random() / 10
        below = self.since["began"] + int(self.since["stories"] * (1 - older)) * self.since["every"]
        start = order.begin(order.order, [below * Listing.MILLISECOND])
        rows = order.first(asked.listings().readable_by(self.reader), order.order, start)
        return rows.order_by(*order.order)[: order.size + 1]

    def newest(self):
        return self._newest()

    def newest_at_depth(self):
        return self._newest(half_way=True)

    def one_boundary(self):
        return self._newest(boundaries=(self._some(self.boundaries),))

    def two_and_a_practice(self):
        return self._newest(boundaries=self._pair(), practice=self._some(self.practices))

    def text_newest(self):
        return self._newest(words=(self._word(),))

    def text_and_boundary(self):
        return self._newest(words=(self._word(),), boundaries=(self._some(self.boundaries),))

    def text_at_depth(self):
        return self._newest(half_way=True, words=(self._word(),))

    def text_and_two_and_a_practice(self):
        practice = self._some(self.practices)
        return self._newest(words=(self._word(),), boundaries=self._pair(), practice=practice)

    def best_match(self):
        asked = Asked(words=(self._word(),))
        rows = best_match(self.reader, *asked.values, windows.way_back(), **asked.reading)
        return rows.order_by("-rank", "-pub_no")[: BEST_FIRST.size + 1]

    def count(self):
        return Asked(words=(self._word(),)).newest(self.reader, COUNT["up_to"] + 1)

    def count_of_a_boundary(self):
        asked = Asked(boundaries=(self._some(self.boundaries),))
        return asked.newest(self.reader, COUNT["up_to"] + 1)

    def slip(self):
        meant = word(self.dice.randrange(1000, 9000))
        return slips.near((meant[:2] + meant[3:],), self.reader)

    KINDS = (
        newest,
        newest_at_depth,
        one_boundary,
        two_and_a_practice,
        text_newest,
        text_and_boundary,
        text_at_depth,
        text_and_two_and_a_practice,
        best_match,
        count,
        count_of_a_boundary,
        slip,
    )
