"""Tables for spreadsheets: rows as CSV or as a workbook, with no cell that a spreadsheet would run."""

import csv
import re
import tempfile
from itertools import chain

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise

PART = 64 * 1024
# What a spreadsheet would take for a formula or a command: wide signs too, and behind spaces or signs that nobody sees.
FORMULA = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－﹣＠﹫]|[\t\r\n]")
# Signs that no sheet can hold.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def guarded(value):
    """A cell that a spreadsheet shows as it is, whatever somebody has typed into it."""
    value = UNFIT.sub("", value)
    return f"'{value}" if FORMULA.match(value) else value


class _Line:
    """What `csv` writes to: each line is handed on at once."""

    @staticmethod
    def write(line):
        return line


def csv_lines(rows):
    """The table line by line; the first signs tell Excel that it is UTF-8."""
    writer = csv.writer(_Line)
    return chain(["\ufeff"], (writer.writerow(row) for row in rows))


def xlsx_parts(rows, *, title):
    """The table as a workbook, made in a temporary file: no more than a row is held in memory."""
    from openpyxl import Workbook  # with numpy behind it a fifth of a web worker's memory, for a page that staff open

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([str(cell) if isinstance(cell, Promise) else cell for cell in row])
    with tempfile.TemporaryFile() as kept:
        book.save(kept)
        kept.seek(0)
        yield from iter(lambda: kept.read(PART), b"")


def sheet(rows, *, ending, name):
    """The answer that a browser keeps as a file: "csv" or "xlsx"."""
    parts = csv_lines(rows) if ending == "csv" else xlsx_parts(rows, title=name.capitalize())
    kind = "text/csv; charset=utf-8" if ending == "csv" else XLSX
    kept_as = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{ending}"'
    return StreamingHttpResponse(parts, content_type=kind, headers={"Content-Disposition": kept_as})
