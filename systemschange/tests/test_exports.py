"""Every sheet that the admin writes, Wagtail's own too, holds no cell that a spreadsheet would run."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from members.sheets import FORMULA
from members.tests.factories import AdminFactory, sign_in_staff
from reports.tests.factories import ReportFactory
from stories.models import Story
from stories.tests.factories import StoryFactory
from systemschange.tests import sweep

pytestmark = pytest.mark.django_db
HOSTILE = '=HYPERLINK("https://evil.example","x")'
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def cells_of(answer):
    """Every cell of a sheet, or nothing where the answer is none."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.get("Content-Type", "").partition(";")[0]
    if kind == "text/csv":
        return [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) for cell in row]
    if kind == SHEET:
        return [cell.value for row in load_workbook(io.BytesIO(body)).active.iter_rows() for cell in row if cell.value]
    return []


def sheets_of(client):
    """{address: its cells} of every address below /admin/ that names nothing in particular."""
    found = {}
    for _, path in sorted(set(sweep.patterns())):
        if path.startswith("admin/") and "<" not in path and "(" not in path and "logout" not in path:
            for kind in ("csv", "xlsx"):
                address = f"/{path}?export={kind}"
                if cells := cells_of(client.get(address)):
                    found[address] = cells
    return found


@pytest.mark.long
def test_no_sheet_holds_a_formula():
    admin = AdminFactory(first_name=HOSTILE, last_name=HOSTILE)
    report = ReportFactory(title=HOSTILE)
    report.save_revision(user=admin).publish(user=admin)
    story = StoryFactory(live=True, audience="public")
    Story.objects.filter(pk=story.pk).update(title=HOSTILE, noticed=HOSTILE)
    client = Client()
    client.raise_request_exception = False
    sheets = sheets_of(sign_in_staff(client, admin))
    hostile = {address for address, cells in sheets.items() if f"'{HOSTILE}" in map(str, cells)}
    assert {"/admin/moderation/table/csv/?export=csv", "/admin/reports/aging-pages/?export=csv"} <= hostile
    assert len(sheets) > 10
    run = [(address, cell) for address, cells in sheets.items() for cell in cells if FORMULA.match(str(cell))]
    assert run == []
