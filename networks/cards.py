"""Members as lists show them: made from the row by which a reader finds them, so that a card cannot say more."""

import random
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design import near
from design.compiled import compiled
from design.many import Many
from design.paging import Keyset
from design.templatetags.design import System
from members.entries import Kind, code, keys
from members.models import Entry, Profile
from practices import words

BY_NAME = Keyset("by_name", "public_id", size=20)
COUNT_UP_TO = 50
AMONG = 60  # of those who could be named beside a story or a practice, so many are looked at
MOST_BESIDE = 3


class Said(NamedTuple):
    """What the codes of a row say."""

    role: str
    place: str
    works_in: tuple
    would_cross_to: tuple
    practices: tuple


@dataclass(frozen=True)
class Card:
    profile: Profile
    said: Said

    def __str__(self):
        return str(self.profile)

    def get_absolute_url(self):
        return self.profile.get_absolute_url()

    @property
    def made_from(self):
        """All that its card follows from."""
        return self.profile.public_id, str(self.profile), self.said


@compiled
def _people(reader, members):
    found = Profile.objects.found_by(reader).filter(user__pk__among=members).select_related("user")
    return found.only("public_id", "user", "user__first_name", "user__last_name")


@compiled
def _carrying(reader, carried):
    """Anybody else who carries all of one of these lists of codes."""
    rows = Entry.objects.readable_by(reader).exclude(member=reader.pk).order_by().defer("vector")
    steps = [rows.carrying(codes)[:AMONG] for codes in carried]
    return steps[0].union(*steps[1:]) if len(steps) > 1 else steps[0]


def cards(rows, user):
    """The people of these rows, rights asked once more, in the order of the rows. One query."""
    rows = list(rows)
    if not rows:
        return []
    people = {profile.user_id: profile for profile in _people(user, Many(int, {row.member_id for row in rows}))}
    found = ((people[row.member_id], tuple(row.codes)) for row in rows if row.member_id in people)
    return [Card(profile, _said(codes)) for profile, codes in found]


def _in_order(shared):
    """The shared words by key, each with its place in their order."""
    return near.derived("in order", shared, make=lambda: {word.pk: (turn, word) for turn, word in enumerate(shared)})


def _said(codes):
    """Worked out once for the same codes and the same shared words."""
    shared = words.roles(), words.places(), words.every_boundary(), words.practices()
    known = near.derived("said of people", *shared, make=dict)
    if codes not in known:
        known[codes] = _say(codes, *map(_in_order, shared))
    return known[codes]


def _say(codes, roles, places, boundaries, practices):
    def named(kind, found):
        return [word for _, word in sorted(found[key] for key in set(keys(codes, kind)) if key in found)]

    return Said(
        role=str(next(iter(named(Kind.ROLE, roles)), "")),
        place=str(next(iter(named(Kind.SHOWN_PLACE, places)), "")),
        works_in=tuple(map(System.of, named(Kind.WORKS_IN, boundaries))),
        would_cross_to=tuple(map(System.of, named(Kind.WOULD_CROSS_TO, boundaries))),
        practices=tuple(map(str, named(Kind.PRACTICE, practices))),
    )


def counts(questions, user):
    """How many people answer each of these questions, up to one more than is said; one query, however many."""
    found = [some_of(rows, user).query.sql_with_params() for rows in questions]
    with connection.cursor() as cursor:
        parts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS step)" for sql, _ in found)  # noqa: S608 (Django's)
        cursor.execute(f"SELECT {parts}", [value for _, params in found for value in params])
        return list(cursor.fetchone())


def some_of(rows, user):
    """The people of as many rows as are counted. Rows are found before rights are asked: not everybody is asked."""
    some = rows.order_by().values("member")[: COUNT_UP_TO + 1]
    return Profile.objects.found_by(user).filter(user__in=some).order_by().values("pk")


def said(count, none=_("No people")):
    if count > COUNT_UP_TO:
        return gettext("%(count_up_to)s+ people") % {"count_up_to": COUNT_UP_TO}
    return f"{count} {'person' if count == 1 else 'people'}" if count else none


def beside(user, *carried, day):
    """A few people who can help with something, each carrying one of the lists of codes; others each day, so that
    nobody is asked by everybody. Two queries, one where there is nobody, and none for whoever is no member."""
    if not getattr(user, "is_member", False):
        return []
    found = _carrying(user, [[*codes, code(Kind.OFFERS)] for codes in carried])
    people = sorted({row.member_id: row for row in found}.values(), key=lambda row: row.public_id)
    random.Random(f"{day} {carried}").shuffle(people)  # noqa: S311 (no secret: the same people for a day)
    return cards(people[:MOST_BESIDE], user) if people else []


def on_crossing(crossing, user, *, day):
    """Who works on one side of it and would like to cross to the other."""
    sides = (crossing.a, crossing.b), (crossing.b, crossing.a)
    codes = [[code(Kind.WORKS_IN, here), code(Kind.WOULD_CROSS_TO, there)] for here, there in sides]
    return beside(user, *codes, day=day)


def with_practice(practice, user, *, day):
    return beside(user, [code(Kind.PRACTICE, practice)], day=day)


def in_place(place, user, *, day):
    return beside(user, [code(Kind.PLACE, place)], day=day)
