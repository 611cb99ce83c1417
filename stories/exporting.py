"""Published stories as rows of a table, for the programme team: as readers know them, never as who wrote them."""

import csv
import re
import tempfile
from itertools import chain

from django.conf import settings
from openpyxl import Workbook

from stories.models import Outcome, Story

CHUNK = 200
PART = 64 * 1024
# What a spreadsheet would take for a formula or a command: wide signs too, and behind spaces or signs that nobody sees.
FORMULA = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－﹣＠﹫]|[\t\r\n]")
# Signs that no sheet can hold.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

WORDS = (
    "title",
    "summary",
    "noticed",
    "flex",
    "tried",
    "who_with",
    "happened",
    "shift_thinking",
    "shift_behaviour",
    "shift_ground",
    "why_it_matters",
    "evidence_note",
    "surprise",
    "advice",
    "help_wanted",
    "content_note",
)
CHOICES = ("outcome", "lens", "evidence", "audience", "may_quote")


def _day(story):
    return f"{story.first_published_at:%Y-%m-%d}"


COLUMNS = {
    "address": lambda story: settings.SITE_URL + story.get_absolute_url(),
    "published": lambda story: f"{story.first_published_at:%Y}" if story.is_sensitive else _day(story),
    "teller": lambda story: story.teller,
    "place": lambda story: str(story.shown_place or ""),
    "period": lambda story: story.shown_period,
    "services": lambda story: "; ".join(boundary.name for boundary in story.boundary_list),
    "practices": lambda story: "; ".join(practice.name for practice in story.practices.all()),
    **{name: (lambda story, name=name: getattr(story, name)) for name in WORDS},
    **{name: (lambda story, name=name: getattr(story, f"get_{name}_display")()) for name in CHOICES},
    "outcome_now": lambda story: str(Outcome(story.outcome_now).label) if story.outcome_now else "",
    "nothing_shifted": lambda story: "yes" if story.nothing_shifted else "no",
    "open_data": lambda story: "yes" if story.open_data else "no",
    "retold_from": lambda story: story.source_url,
    "demo": lambda story: "yes" if story.demo else "no",
}


def stories_for(user):
    """What this member of staff may read as a reader: public and members' stories that are published."""
    return Story.objects.readable_by(user).newest_first().for_listing().prefetch_related("practices")


def rows(stories):
    """The head, then one row a story; fetched in chunks, each with a fixed number of queries."""
    yield list(COLUMNS)
    for story in stories.iterator(chunk_size=CHUNK):
        yield [guarded(column(story)) for column in COLUMNS.values()]


def guarded(value):
    """A cell that a spreadsheet shows as it is, whatever somebody has typed into it."""
    value = UNFIT.sub("", value)
    return f"'{value}" if FORMULA.match(value) else value


class _Line:
    """What `csv` writes to: each line is handed on at once."""

    @staticmethod
    def write(line):
        return line


def csv_lines(stories):
    """The table line by line; the first signs tell Excel that it is UTF-8."""
    writer = csv.writer(_Line)
    return chain(["\ufeff"], (writer.writerow(row) for row in rows(stories)))


def xlsx_parts(stories):
    """The table as a workbook, made in a temporary file: no more than a row is held in memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Stories")
    for row in rows(stories):
        sheet.append(row)
    with tempfile.TemporaryFile() as kept:
        book.save(kept)
        kept.seek(0)
        yield from iter(lambda: kept.read(PART), b"")
