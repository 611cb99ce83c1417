"""What somebody asks for: words and filters that combine, and wider questions for when nobody has told that yet."""

from dataclasses import dataclass, replace

from django.db import connection
from django.utils.translation import gettext_lazy as _

from design.paging import Keyset
from practices import words as shared
from stories.models import Listing
from stories.search import codes, windows, words

NEWEST_FIRST = Keyset("-pub_no", size=20)
MATCHES_NEWEST_FIRST = windows.MatchesNewestFirst("-pub_no", size=20)

COUNT = {"one": _("story"), "many": _("stories"), "up_to": 200}
# What is let go of, in this order, when nothing carries all of it.
FILTERS = ("wants_help", "shift", "outcome", "practice", "boundaries")


@dataclass(frozen=True)
class Asked:
    words: tuple = ()
    any_word: bool = False
    boundaries: tuple = ()
    practice: object = None
    place: object = None
    outcome: str = ""
    shift: str = ""
    wants_help: bool = False

    @property
    def codes(self):
        """What a row must carry."""
        found = codes.of_boundaries(self.boundaries) if self.boundaries else []
        found += [codes.of_word(word) for word in (self.practice, self.place) if word]
        if self.outcome:
            found.append(codes.of_outcome(self.outcome))
        if self.shift:
            found.append(codes.of_shift(self.shift))
        return [*found, codes.WANTS_HELP] if self.wants_help else found

    @property
    def newest_first(self):
        """The order of a list with the newest first. Of everything, the newest are simply the newest."""
        return MATCHES_NEWEST_FIRST if self.asks_something else NEWEST_FIRST

    @property
    def asks_something(self):
        return bool(self.words or self.codes)

    def newest(self, user, wanted):
        """The keys of the `wanted` newest rows that answer, of those that this reader may read; in no order."""
        rows = self.listings().readable_by(user)
        if self.asks_something:
            return windows.newest(rows, wanted)
        return rows.newest_first().values("pk")[:wanted]

    @property
    def values(self):
        """What `answering` takes by position: codes and words."""
        return self.codes, list(self.words)

    @property
    def reading(self):
        """What `answering` takes by name: how the words are read."""
        return {"any_word": self.any_word, "begins": words.may_begin(self.words)}

    def listings(self):
        """The rows that answer, of every audience."""
        return answering(*self.values, **self.reading)

    def wider(self):
        """Wider questions, each wider than the one before: places first, then filters, then words."""
        asked = self
        for place in self._places_around():
            asked = replace(asked, place=place)
            yield asked
        for name in FILTERS:
            if getattr(asked, name):
                asked = replace(asked, **{name: type(getattr(asked, name))() if name != "practice" else None})
                yield asked
        if len(asked.words) > 1 and not asked.any_word:
            yield replace(asked, any_word=True)

    def _places_around(self):
        if self.place:
            around = list(codes.lineage(self.place, {place.pk: place for place in shared.places()}))[1:]
            yield from [*around, None]


def tsquery(typed, *, any_word, begins):
    return words.question(typed, any_of=any_word, begins=begins)


def answering(codes, typed, **reading):
    """The rows that carry all of these codes and have these words, of every audience."""
    rows = Listing.objects.carrying(codes)
    return rows.filter(vector=tsquery(typed, **reading)) if typed else rows


@dataclass(frozen=True)
class Widened:
    """A wider question that has an answer."""

    asked: Asked
    count: str


def widen(asked, user):
    """The first wider question that this reader finds something for, or None. One query, however many there are."""
    wider = list(asked.wider())
    if not wider:
        return None
    rows = [question.newest(user, COUNT["up_to"] + 1) for question in wider]
    compiled = [row.query.sql_with_params() for row in rows]
    with connection.cursor() as cursor:
        counts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS step)" for sql, _ in compiled)  # noqa: S608 (Django's)
        cursor.execute(f"SELECT {counts}", [value for _, params in compiled for value in params])
        found = cursor.fetchone()
    return next((Widened(question, said(count)) for question, count in zip(wider, found, strict=True) if count), None)


def said(count):
    """ "4 stories", or "200+ stories"."""
    many = COUNT["many"] if count != 1 else COUNT["one"]
    return f"{min(count, COUNT['up_to'])}{'+' if count > COUNT['up_to'] else ''} {many}"
