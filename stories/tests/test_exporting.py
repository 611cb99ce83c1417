"""The table of published stories: what staff may read, unnamed tellers unnamed, no formula that a sheet would run."""

import csv
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from members.tests.factories import AdminFactory, EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from stories import exporting
from stories.models import Story
from stories.tests.desk import QUEUE, page
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
TABLE, CSV, XLSX = QUEUE + "table/", QUEUE + "table/csv/", QUEUE + "table/xlsx/"
HOSTILE = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("https://evil.example","x")'),
    *("＝1+1", "＋1", "－1", "＠SUM(A1)", " =1", "\u3000=1", "\u200b=1", "\ufeff＝1", "\u202e=1"),
]


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


def body(answer):
    return b"".join(answer.streaming_content)


def csv_rows(client):
    return list(csv.DictReader(io.StringIO(body(client.get(CSV)).decode("utf-8-sig"))))


def xlsx_rows(client):
    sheet = load_workbook(io.BytesIO(body(client.get(XLSX)))).active
    head, *rows = sheet.iter_rows()
    return [dict(zip([cell.value for cell in head], row, strict=True)) for row in rows]


@pytest.mark.long
def test_it_holds_what_is_published_for_members_and_anyone_and_nothing_else(editor):
    public = StoryFactory(live=True, audience="public", title="Public")
    members = StoryFactory(live=True, title="Members")
    StoryFactory(live=True, audience="coalition", title="canary")
    for state in [{}, {"sent": True}, {"hidden": True}, {"withdrawn": True}]:
        StoryFactory(title="canary", **state)
    assert [row["title"] for row in csv_rows(editor)] == [members.title, public.title]
    assert [row["title"].value for row in xlsx_rows(editor)] == [members.title, public.title]
    assert "2 published stories" in page(editor.get(TABLE))


@pytest.mark.parametrize("byline", ["role", "hidden"])
def test_an_unnamed_teller_is_nowhere_in_it(editor, byline):
    teller = MemberFactory(first_name="Zephyrine", last_name="Quillfeather", email="zq@example.org")
    StoryFactory(live=True, author=teller, byline=byline, byline_role="housing-officer", place="salford")
    assert b"ephyrine" not in body(editor.get(CSV))
    [row] = csv_rows(editor)
    assert row["teller"] == {"role": "Housing officer", "hidden": "A frontline worker"}[byline]
    assert row["place"] == "North West"
    cells = [str(cell.value) for cell in xlsx_rows(editor)[0].values()]
    assert [cell for cell in cells if "Zephyrine" in cell or "zq@" in cell or str(teller.pk) == cell] == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_cell_that_looks_like_a_formula_is_none(editor, hostile):
    story = StoryFactory(live=True)
    Story.objects.filter(pk=story.pk).update(title=hostile, noticed=hostile)
    [row] = csv_rows(editor)
    assert (row["title"], row["noticed"].replace("\r\n", "\r")) == (f"'{hostile}", f"'{hostile}")
    cells = xlsx_rows(editor)[0]
    assert {cells[name].data_type for name in ["title", "noticed"]} == {"s"}
    assert cells["title"].value.startswith("'")


def test_signs_that_no_sheet_can_hold_are_left_out(editor):
    story = StoryFactory(live=True)
    Story.objects.filter(pk=story.pk).update(noticed="one\x0btwo\x1b three", tried="x" * 10_000)
    assert xlsx_rows(editor)[0]["noticed"].value == "onetwo three"


def test_services_and_practices_are_joined_and_choices_in_words(editor):
    StoryFactory(live=True, boundaries=["police", "housing"], practices=["rule-or-habit", "shared-language"])
    [row] = csv_rows(editor)
    assert row["services"] == "Housing; Police"
    assert sorted(row["practices"].split("; ")) == ["Rule or habit?", "Shared language"]
    assert (row["outcome"], row["audience"]) == ("Still going", "Members of this community")


def test_the_day_stands_in_the_name(editor):
    named = {
        ending: editor.get(address).headers["Content-Disposition"] for ending, address in [("csv", CSV), ("xlsx", XLSX)]
    }
    for ending, head in named.items():
        assert head == f'attachment; filename="stories-{timezone.localdate():%Y-%m-%d}.{ending}"'


@pytest.mark.parametrize("story_count", [1, 3])
def test_it_takes_the_same_queries(django_assert_num_queries, story_count):
    member = MemberFactory()
    for _ in range(story_count):
        StoryFactory(live=True, practices=["rule-or-habit"])
    with django_assert_num_queries(2):
        assert len(list(exporting.rows(exporting.stories_for(member)))) == story_count + 1


def test_it_is_for_staff_in_good_standing(client):
    for factory in [EditorFactory, ModeratorFactory, AdminFactory]:
        assert [sign_in_staff(client, factory()).get(address).status_code for address in [TABLE, CSV, XLSX]] == [
            200
        ] * 3
    sign_in_staff(client, AdminFactory(approved_at=None))
    assert client.get(CSV).status_code == 404
    client.force_login(MemberFactory())
    assert client.get(CSV).status_code == 403
    client.force_login(EditorFactory())
    assert client.get(CSV).status_code == 302
