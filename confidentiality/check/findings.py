"""What the check says: where, what, how much it matters, why, and what to write instead."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

STOP, LOOK, SMALL = 3, 2, 1  # stops sending until answered; look again; small things that add up


class Mark(NamedTuple):
    """A stretch of text that a rule points at; many of them may overlap before they are settled."""

    start: int
    end: int
    kind: str
    level: int


@dataclass(frozen=True, slots=True)
class Finding:
    """`start` and `end` slice the text as Python does; `level` is 3, 2 or 1."""

    start: int
    end: int
    kind: str
    level: int
    why: str
    instead: str


# kind: (why, what to write instead). The order is the order of trust: what stands higher keeps its stretch of text.
EXPLANATIONS = {
    "EMAIL": (_("An e-mail address leads straight to a person."), _("Leave it out, or write “we wrote to them”.")),
    "NHS_NUMBER": (_("An NHS number belongs to one person only."), _("Leave it out.")),
    "NINO": (_("A National Insurance number belongs to one person only."), _("Leave it out.")),
    "BANK": (_("Bank or card details lead to one person, and can be misused."), _("Leave them out.")),
    "URL": (_("A web address can lead to a person."), _("Leave it out, or link to a public page that names nobody.")),
    "IP": (_("A computer's address can lead to a person."), _("Leave it out.")),
    "LOCATION": (_("A position on a map leads to a door."), _("Leave it out, or name the region.")),
    "DOB": (
        _("A date of birth, with very little else, is enough to find somebody."),
        _("Write “in her thirties” instead."),
    ),
    "DATE": (
        _("Somebody who was there may know them by the exact day."),
        _("Write the season and year, like “spring 2023”."),
    ),
    "ADDRESS": (_("An address leads to a door."), _("Leave it out, or write “at home” or “a flat nearby”.")),
    "POSTCODE": (_("A postcode leads to a few doors."), _("Leave it out, or name the region.")),
    "VEHICLE": (_("A number plate leads to its owner."), _("Leave it out, or write “their car”.")),
    "PHONE": (_("A phone number can lead to a person."), _("Leave it out, or write “we had a number to call”.")),
    "REFERENCE": (_("A case or file number leads to one person's records."), _("Leave it out, or write “the case”.")),
    "HANDLE": (_("A name on social media leads straight to a person."), _("Leave it out.")),
    "MONTH": (
        _("A month is fine alone; with other details it can point to somebody."),
        _("Write the season, or the year."),
    ),
    "AGE": (_("An exact age narrows down who it is."), _("Write a range, like “in her thirties” or “a teenager”.")),
    "QUOTE": (_("Words from a court, an inquest or a paper can be searched for."), _("Tell it in your own words.")),
    "UNIQUE": (
        _("“The only” or “the first” says that there is just one."),
        _("Write “one of the few”, or leave it out."),
    ),
    "FAMILY": (_("A family's make-up can point to one family."), _("Write “a parent” or “their children”.")),
    "TRAIT": (
        _("Where somebody comes from, or what they live with, narrows down who it is."),
        _("Leave it out where it does not matter."),
    ),
    "ORG": (
        _("A named service can point to the people in it."),
        _("Write what kind it is, like “a housing association”."),
    ),
    "PERSON": (_("This looks like somebody's name."), _("Write who they were to you, like “a support worker”.")),
    "PLACE": (
        _("A named place narrows down who it is."),
        _("Write what kind it is, like “a small town in the north”."),
    ),
}
NAMES = frozenset(("ORG", "PERSON", "PLACE"))
SHORTEST = 3  # characters that are worth keeping of a name
TRUST = {kind: rank for rank, kind in enumerate(EXPLANATIONS)}


def pointed_at(text, table, kind):
    """Marks for a table of (pattern, level): each match, or its group where the pattern has one that matched."""
    for pattern, level in table:
        for match in pattern.finditer(text):
            yield Mark(*match.span(match.lastindex or 0), kind, level)


def settle(marks, text):
    """The marks that stay where several overlap: the more trusted kind, then the longer, in the text's order.

    A name keeps what others leave of it (“@Madeleine Albright”). Each character is taken at most once, so the work
    grows with the text and no faster.
    """
    taken = bytearray(len(text))
    kept = []
    for mark in sorted(marks, key=_precedence):
        if any(taken[mark.start : mark.end]):
            mark = _what_is_left(mark, taken, text) if mark.kind == "PERSON" else None
        if mark is not None and mark.start < mark.end:
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
            kept.append(mark)
    return sorted(kept)


def _precedence(mark):
    """Names come last, among them the surer ones first."""
    if mark.kind in NAMES:
        return len(TRUST), -mark.level, mark.start - mark.end, TRUST[mark.kind], mark.start
    return TRUST[mark.kind], mark.start - mark.end, -mark.level, 0, mark.start


def _what_is_left(mark, taken, text):
    """The mark without what is taken at its ends, or None if too little is left, or another stands in its middle."""
    start, end = mark.start, mark.end
    while start < end and (taken[start] or not text[start].isalnum()):
        start += 1
    while end > start and (taken[end - 1] or not text[end - 1].isalnum()):
        end -= 1
    if end - start < SHORTEST or any(taken[start:end]):
        return None
    return mark._replace(start=start, end=end, level=min(mark.level, LOOK))


TOGETHER = _(" With the other details close by, it can point to one person.")


def explain(mark, in_company=False):
    why, instead = EXPLANATIONS[mark.kind]
    return Finding(*mark, why + TOGETHER if in_company else why, instead)
