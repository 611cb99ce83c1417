"""Members as lists show them: made from the row by which a reader finds them, so that a card cannot say more."""

import random
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.paging import Keyset
from members.entries import Kind, code, keys
from members.models import Entry, Profile
from practices import words

BY_NAME = Keyset("by_name", "public_id", size=20)
COUNT_UP_TO = 50
AMONG = 60  # of those who could be named beside a story or a practice, so many are looked at
MOST_BESIDE = 3


@dataclass(frozen=True)
class Card:
    profile: Profile
    role: object
    place: object
    works_in: list
    would_cross_to: list
    practices: list
    offers: bool
    wants: bool

    def __str__(self):
        return str(self.profile)

    def get_absolute_url(self):
        return self.profile.get_absolute_url()


def cards(rows, user):
    """The people of these rows, rights asked once more, in the order of the rows. One query."""
    known = {
        Kind.ROLE: words.roles(),
        Kind.SHOWN_PLACE: words.places(),
        Kind.WORKS_IN: words.every_boundary(),
        Kind.WOULD_CROSS_TO: words.every_boundary(),
        Kind.PRACTICE: words.practices(),
    }
    rows = list(rows)
    people = Profile.objects.found_by(user).filter(user__in=[row.member_id for row in rows]).select_related("user")
    people = {profile.user_id: profile for profile in people}
    return [_card(row, people[row.member_id], known) for row in rows if row.member_id in people]


def _card(row, profile, known):
    def named(kind):
        found = set(keys(row.codes, kind))
        return [word for word in known[kind] if word.pk in found]

    return Card(
        profile=profile,
        role=next(iter(named(Kind.ROLE)), ""),
        place=next(iter(named(Kind.SHOWN_PLACE)), ""),
        works_in=named(Kind.WORKS_IN),
        would_cross_to=named(Kind.WOULD_CROSS_TO),
        practices=named(Kind.PRACTICE),
        offers=code(Kind.OFFERS) in row.codes,
        wants=code(Kind.WANTS) in row.codes,
    )


def counted(rows, user):
    """ "17 people", and no more exact than "50+ people"."""
    return said(counts([rows], user)[0])


def counts(questions, user):
    """How many people answer each of these questions, up to one more than is said; one query, however many."""
    found = [Profile.objects.found_by(user).filter(user__in=_some(rows)).order_by().values("pk") for rows in questions]
    compiled = [people.query.sql_with_params() for people in found]
    with connection.cursor() as cursor:
        parts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS step)" for sql, _ in compiled)  # noqa: S608 (Django's)
        cursor.execute(f"SELECT {parts}", [value for _, params in compiled for value in params])
        return list(cursor.fetchone())


def _some(rows):
    """The members of as many rows as are counted. Found before rights are asked, so that not everybody is asked."""
    return rows.order_by().values("member")[: COUNT_UP_TO + 1]


def said(count, none=_("No people")):
    if count > COUNT_UP_TO:
        return gettext("%(count_up_to)s+ people") % {"count_up_to": COUNT_UP_TO}
    return f"{count} {'person' if count == 1 else 'people'}" if count else none


def beside(user, *carried, day):
    """A few people who can help with something, each carrying one of the lists of codes; others each day, so that
    nobody is asked by everybody. Two queries, one where there is nobody, and none for whoever is no member."""
    if not getattr(user, "is_member", False):
        return []
    rows = Entry.objects.readable_by(user).exclude(member=user.pk).order_by().defer("vector")
    steps = [rows.carrying([*codes, code(Kind.OFFERS)])[:AMONG] for codes in carried]
    found = steps[0].union(*steps[1:]) if len(steps) > 1 else steps[0]
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
