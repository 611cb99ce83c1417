"""What is different now, in all public stories together: outcomes and shifts, with how their tellers know.

Each number stands beside its evidence: a hunch is not a measurement, and a story that says nothing of it says nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, Count, Q, Value, When
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext

from insights.counting import Asked, ByOutcome, kept
from stories.models import Evidence, Outcome
from stories.models.queries import WHERE_IT_IS_NOW
from stories.models.telling import SHIFTS

# The strongest first.
EVIDENCE = (Evidence.MEASURED, Evidence.SEEN, Evidence.HUNCH, "")


@dataclass
class Row:
    """One line of a table: how many stories, and by how their tellers know."""

    label: str
    by_evidence: dict = field(default_factory=dict)
    outcome: str = ""

    def add(self, evidence, number):
        self.by_evidence[evidence] = self.by_evidence.get(evidence, 0) + number

    @property
    def count(self):
        return sum(self.by_evidence.values())

    @property
    def cells(self):
        """All of them, then measured, seen, a hunch, not said."""
        return [self.count, *(self.by_evidence.get(evidence, 0) for evidence in EVIDENCE)]


@dataclass
class Year(ByOutcome):
    """What became of the stories that opened in one year, and what shifted."""

    year: int = 0
    by_shift: dict = field(default_factory=dict)

    @property
    def shifts(self):
        """How many stories, and how many of them tell of each shift."""
        return [self.count, *(self.by_shift.get(name, 0) for name, _ in SHIFTS)]


@dataclass
class Changes:
    counted_at: datetime
    outcomes: list
    shifts: list
    years: list

    @property
    def story_count(self):
        return sum(row.count for row in self.outcomes)


def changes(asked: Asked, *, now: datetime) -> Changes:
    """The count, at most ten minutes old."""
    return kept(count, asked, now=now)


def count(asked: Asked, *, now: datetime) -> Changes:
    said = {name: Case(When(~Q(**{name: ""}), then=Value(True)), default=Value(False)) for name, _ in SHIFTS}
    told = asked.stories(now).annotate(now=WHERE_IT_IS_NOW, year=ExtractYear("first_published_at"))
    told = told.annotate(**{f"said_{name}": case for name, case in said.items()}).order_by()
    keys = ("now", "year", "evidence", *(f"said_{name}" for name in said))
    return _summed(told.values_list(*keys).annotate(Count("pk")), now)


def _summed(rows, counted_at):
    outcomes = {outcome: Row(outcome.label, outcome=outcome) for outcome in Outcome} | {"": Row(gettext("Not said"))}
    shifts = {name: Row(label) for name, label in SHIFTS}
    years = {}
    for outcome, year, evidence, *said, number in rows:
        outcomes[outcome].add(evidence, number)
        opened = years.setdefault(year, Year(year=year))
        opened.by_outcome[outcome] = opened.by_outcome.get(outcome, 0) + number
        for (name, row), is_said in zip(shifts.items(), said, strict=True):
            if is_said:
                row.add(evidence, number)
                opened.by_shift[name] = opened.by_shift.get(name, 0) + number
    if not outcomes[""].count:
        del outcomes[""]
    return Changes(counted_at, [*outcomes.values()], [*shifts.values()], [years[year] for year in sorted(years)])
