"""Members by the thousand, in tables of their own, and every kind of question to the directory: for the bench and for
tests."""

import contextlib
import math

from django.db import connection

from design import letters
from members import entries
from members.entries import Kind, code
from members.models import FIELDS, Profile, User
from networks.cards import BY_NAME, COUNT_UP_TO
from networks.finding import Asked
from practices.models import Boundary, Place, Practice, Role

SCHEMA = "scale_of_people"
TABLES = ("members_user", "members_profile", "members_entry", "members_connection", "members_block")
READER = 1  # the key of whoever asks: connected to thirty, parted from three

LETTERS = str.maketrans("0123456789", "abdegiklmo")
# A name or a word: the first is used most, the rarest hardly ever.
A_NAME = "'n' || translate(floor(exp(random() * ln(6000)))::int::text, '0123456789', 'abdegiklmo')"
A_WORD = "'w' || translate(floor(exp(random() * ln(12000)))::int::text, '0123456789', 'abdegiklmo')"
SOME = f"(SELECT string_agg({A_WORD}, ' ') FROM generate_series(1, 14 + id * 0))"  # noqa: S608 (numbers of ours)

USERS = f"""
    INSERT INTO members_user (id, password, is_superuser, is_staff, is_active, date_joined, email, first_name,
        last_name, approved_at, agreed_version, time_zone, words_by_mail, demo)
    SELECT n, '', false, false, random() > 0.02, now(), n || '@example.org', {A_NAME}, {A_NAME}, now(), 1,
        'Europe/London', false, false
    FROM generate_series(%(first)s, %(first)s + %(people)s - 1) AS n
"""  # noqa: S608
SEEN_BY = ", ".join(f"{name}_seen_by" for name in FIELDS)
PROFILES = f"""
    INSERT INTO members_profile (id, user_id, public_id, organisation, ask_me_about, help_with, listed_at, {SEEN_BY})
    SELECT id, id, substr(md5(id::text), 1, 12), '', '', '', now(), {", ".join(["'members'"] * len(FIELDS))}
    FROM members_user WHERE id >= %(first)s
"""  # noqa: S608
ENTRIES = f"""
    INSERT INTO members_entry (id, member_id, public_id, circle, by_name, codes, vector, made_from)
    SELECT 2 * n + closer, n, public_id, CASE WHEN n %% 10 > 0 THEN 'all' WHEN closer = 0 THEN 'members' ELSE
        'connections' END, name, (SELECT array_agg(DISTINCT code) FROM unnest(carried) AS code),
        to_tsvector('simple', name || ' ' || role || ' ' || asks) || to_tsvector('english', role || ' ' || asks), ''
    FROM (
        SELECT id AS n, public_id, first_name || ' ' || last_name AS name,
            (%(roles)s::text[])[1 + floor(power(random(), 2) * %(role_count)s)::int] AS role, {SOME} AS asks,
            ARRAY[
                (%(boundaries)s::int[])[1 + floor(power(random(), 2) * %(boundary_count)s)::int],
                (%(boundaries)s::int[])[1 + floor(power(random(), 2) * %(boundary_count)s)::int],
                (%(wishes)s::int[])[1 + floor(power(random(), 2) * %(wish_count)s)::int],
                (%(practices)s::int[])[1 + floor(power(random(), 2) * %(practice_count)s)::int]
            ] || string_to_array((%(places)s::text[])[1 + floor(power(random(), 2) * %(place_count)s)::int], ',')::int[]
            || CASE WHEN random() < 0.6 THEN ARRAY[%(offers)s] ELSE ARRAY[]::int[] END
            || CASE WHEN random() < 0.3 THEN ARRAY[%(wants)s] ELSE ARRAY[]::int[] END AS carried
        FROM members_user JOIN members_profile USING (id) WHERE is_active AND id >= %(first)s
    ) AS told, generate_series(0, 1) AS closer WHERE closer = 0 OR n %% 10 = 0
"""  # noqa: S608
AROUND = """
    INSERT INTO members_connection (id, first_id, second_id, connected_at)
    SELECT n, 1, 10 * n, now() FROM generate_series(1, 30) AS n;
    INSERT INTO members_block (id, blocker_id, blocked_id, key, known_as, blocked_at)
    SELECT n, CASE WHEN n = 1 THEN n ELSE 10 * n + 3 END, CASE WHEN n = 1 THEN 13 ELSE 1 END, n, '', now()
    FROM generate_series(1, 3) AS n
"""


@contextlib.contextmanager
def scratch():
    """Tables of the same shape in a schema of their own, which is gone afterwards. The site's rows are not touched."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in TABLES:
            cursor.execute(f"CREATE TABLE {SCHEMA}.{table} (LIKE public.{table} INCLUDING ALL)")
        cursor.execute(f"SET search_path TO {SCHEMA}, public")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET search_path")
                cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def fill(people):
    """So many members and no other; the reader has thirty connections and has to do with three blocks."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}")
        write(people)
        cursor.execute(AROUND)
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")


def write(people, *, first=1):
    """So many members with keys from `first` on, nearly all listed; some services, practices, places, roles, names and
    words far more used than others. A tenth shows more to connections."""
    by_key = Place.objects.in_bulk()
    councils = [place for place in by_key.values() if place.kind == Place.Kind.COUNCIL]
    boundaries = list(Boundary.objects.order_by("pk"))
    drawn = {
        "roles": [letters.apart(role.name) for role in Role.objects.order_by("pk")],
        "boundaries": [code(Kind.WORKS_IN, boundary) for boundary in boundaries],
        "wishes": [code(Kind.WOULD_CROSS_TO, boundary) for boundary in boundaries],
        "practices": [code(Kind.PRACTICE, practice) for practice in Practice.objects.order_by("pk")],
        "places": [_line(place, by_key) for place in councils],
    }
    names = {"boundaries": "boundary", "wishes": "wish"}
    counts = {f"{names.get(name, name[:-1])}_count": len(of) for name, of in drawn.items()}
    said = {"offers": code(Kind.OFFERS), "wants": code(Kind.WANTS)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(USERS, {"people": people, "first": first})
        cursor.execute(PROFILES, {"first": first})
        cursor.execute(ENTRIES, {**drawn, **counts, **said, "first": first})


def _line(place, by_key):
    return ",".join(str(code(Kind.PLACE, around)) for around in entries.lineage(place, by_key))


class Questions:
    """Every kind of question to the directory, drawn by `dice` (a `random.Random`).

    `rare`: also what few carry; otherwise only what fills a page of the list.
    """

    def __init__(self, dice, *, rare=True):
        self.reader = User.objects.get(pk=READER)
        self.dice = dice
        self.rarest = 2000 if rare else 60
        self.boundaries = list(Boundary.objects.order_by("pk"))[: None if rare else 3]
        self.practices = list(Practice.objects.order_by("pk"))[: None if rare else 2]
        councils = Place.objects.filter(kind=Place.Kind.COUNCIL).select_related("parent")
        self.places = list(councils)[: None if rare else 5]

    def _some(self, words):
        """As skewed as the rows are."""
        return words[int(self.dice.random() ** 2 * len(words))]

    def _word(self, first="w"):
        rank = int(math.exp(self.dice.random() * math.log(self.rarest))) + 5
        return first + str(rank).translate(LETTERS)

    def _page(self, *, beyond="", **asked):
        rows = Asked(**asked).rows(self.reader).defer("vector")
        if beyond:
            rows = BY_NAME.first(rows, BY_NAME.order, [beyond, ""])
        return rows.order_by(*BY_NAME.order)[: BY_NAME.size + 1]

    def a_to_z(self):
        return self._page()

    def a_to_z_at_depth(self):
        return self._page(beyond="nge")

    def one_service(self):
        return self._page(boundaries=(self._some(self.boundaries),))

    def service_and_wish(self):
        return self._page(boundaries=(self._some(self.boundaries),), to=self._some(self.boundaries))

    def service_and_region(self):
        return self._page(boundaries=(self._some(self.boundaries),), place=self._some(self.places).parent)

    def service_place_and_practice(self):
        return self._page(
            boundaries=(self._some(self.boundaries),),
            place=self._some(self.places),
            practice=self._some(self.practices),
        )

    def other_side_of_mine(self):
        return self._page(across=tuple(self.boundaries[:3]), place=self._some(self.places).parent)

    def a_name(self):
        return self._page(words=(self._word("n"),))

    def beginning_of_a_name(self):
        return self._page(words=(self._word("n")[:3],))

    def words(self):
        return self._page(words=(self._word(),))

    def words_service_and_region(self):
        return self._page(
            words=(self._word(),), boundaries=(self._some(self.boundaries),), place=self._some(self.places).parent
        )

    def people_of_a_page(self):
        """The second question of each page: rights of those who stand on it."""
        keys = [self.dice.randrange(2, 4000) for _ in range(BY_NAME.size)]
        return Profile.objects.found_by(self.reader).filter(user__in=keys).select_related("user")

    def count(self):
        return self._count(words=(self._word(),))

    def count_of_a_service(self):
        return self._count(boundaries=(self._some(self.boundaries),))

    def _count(self, **asked):
        some = Asked(**asked).rows(self.reader).order_by().values("member")[: COUNT_UP_TO + 1]
        return Profile.objects.found_by(self.reader).filter(user__in=some).values("pk")

    KINDS = (
        a_to_z,
        a_to_z_at_depth,
        one_service,
        service_and_wish,
        service_and_region,
        service_place_and_practice,
        other_side_of_mine,
        a_name,
        beginning_of_a_name,
        words,
        words_service_and_region,
        people_of_a_page,
        count,
        count_of_a_service,
    )
