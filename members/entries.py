"""The rows by which members are found: written, changed and taken away with the member, in the same transaction.

A row carries what its circle of readers is shown and nothing else. So whatever is asked of rows (words, filters,
counts, the order, what stands on a card), nobody is found by a field that whoever asks may not read.
"""

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Q, Value

from design import letters
from members.models import Circle, Entry, Profile, SeenBy
from practices.models import Place, Role

KEY_BITS = 24


class Kind(IntEnum):
    WORKS_IN = 1
    WOULD_CROSS_TO = 2
    PRACTICE = 3
    PLACE = 4  # that and all it lies in
    SHOWN_PLACE = 5
    ROLE = 6
    OFFERS = 7
    WANTS = 8


def code(kind, word=None):
    """A kind in the upper bits, the word's key in the lower."""
    return kind << KEY_BITS | (word.pk if word else 0)


def keys(codes, kind):
    """The keys of the words of one kind among these codes."""
    return [one & (1 << KEY_BITS) - 1 for one in codes if one >> KEY_BITS == kind]


@dataclass(frozen=True)
class Row:
    """What a row must hold; `made_from` tells two of them apart without asking PostgreSQL for vectors."""

    circle: str
    name: str
    role: str
    asks: str
    codes: list

    @classmethod
    def of(cls, profile, seen, *, circle, places):
        return cls(
            circle=str(circle),
            name=str(profile.user),
            role=letters.apart(seen.role.name) if seen.role else "",
            asks=letters.apart(seen.ask_me_about),
            codes=sorted(_codes(seen, places)),
        )

    @property
    def made_from(self):
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]

    def entry(self, profile):
        """The row, not yet saved: PostgreSQL makes the vector as it saves."""
        texts = [(letters.apart(self.name), "simple", "A"), (self.role, "simple", "B"), (self.asks, "simple", "C")]
        # Once more in any of their forms: "nurses" finds a nurse, and "nur" too.
        texts += [(self.role, "english", "B"), (self.asks, "english", "C")]
        first, *others = [SearchVector(Value(text), config=config, weight=weight) for text, config, weight in texts]
        return Entry(
            member_id=profile.user_id,
            public_id=profile.public_id,
            circle=self.circle,
            by_name=letters.plain(self.name)[:140],
            codes=self.codes,
            vector=sum(others, first),
            made_from=self.made_from,
        )


def _codes(seen, places):
    found = {code(Kind.WORKS_IN, boundary) for boundary in seen.works_in}
    found |= {code(Kind.WOULD_CROSS_TO, boundary) for boundary in seen.would_cross_to}
    found |= {code(Kind.PRACTICE, practice) for practice in seen.practices}
    found |= {code(Kind.PLACE, place) for place in lineage(seen.place, places)}
    alone = {Kind.SHOWN_PLACE: seen.place, Kind.ROLE: seen.role}
    found |= {code(kind, word) for kind, word in alone.items() if word}
    said = {Kind.OFFERS: seen.ask_me_about, Kind.WANTS: seen.help_with}
    return found | {code(kind) for kind, text in said.items() if text.strip()}


def lineage(place, places):
    """The place and what it lies in, the smallest first. `places`: all by key."""
    while place:
        yield place
        place = places.get(place.parent_id)


def rows_of(profile, places):
    """Those that a listed member must have: one where both circles are shown the same."""
    members, connections = profile.seen_by(SeenBy.MEMBERS), profile.seen_by(SeenBy.CONNECTIONS)
    row = Row.of(profile, members, circle=Circle.MEMBERS, places=places)
    closer = Row.of(profile, connections, circle=Circle.CONNECTIONS, places=places)
    if (row.role, row.asks, row.codes) == (closer.role, closer.asks, closer.codes):
        return [Row.of(profile, members, circle=Circle.ALL, places=places)]
    return [row, closer]


def refresh(user_id):
    """Bring a member's rows up to what others may find now. Whatever changes an account or a profile calls this last,
    in its own transaction. Returns whether anything had to change."""
    return bool(reindex([user_id]))


@transaction.atomic
def reindex(users=None):
    """The same for these members, or for all. Returns how many had wrong rows.

    For what no form sees too: a shared word renamed or made sensitive, an account changed by hand. Doing it twice
    changes nothing.
    """
    listed = Profile.objects.listed().for_page().order_by("pk")
    there, places, wrong = _rows_there(users), Place.objects.in_bulk(), 0
    if users is not None:
        listed = listed.filter(user__in=users)
    for profile in listed.iterator(chunk_size=500):
        wanted = {row.made_from: row for row in rows_of(profile, places)}
        old = there.pop(profile.user_id, {})
        if old.keys() != wanted.keys():
            Entry.objects.filter(pk__in=old.values()).delete()
            for row in wanted.values():
                row.entry(profile).save(force_insert=True)
            wrong += 1
    Entry.objects.filter(member__in=there).delete()
    return wrong + len(there)


def reindex_with(word):
    """Those who carry this boundary or role, after it was renamed, merged or made sensitive."""
    if isinstance(word, Role):
        return reindex(word.profiles.values_list("user", flat=True))
    carrying = Profile.objects.filter(Q(works_in=word) | Q(would_cross_to=word))
    return reindex(set(carrying.values_list("user", flat=True)))


def _rows_there(users):
    entries = Entry.objects.all() if users is None else Entry.objects.filter(member__in=users)
    there = {}
    for member, made_from, key in entries.values_list("member", "made_from", "pk"):
        there.setdefault(member, {})[made_from] = key
    return there
