"""The PDF of a report: made for everybody's ears, and gone as soon as it says what the page no longer says."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import MemberFactory
from reports import actions, pdf, tasks
from reports.models import ReportPage, ReportPDF
from reports.pdf import making
from reports.pdf.tree import tree
from reports.tests.factories import PictureFactory, ReportFactory
from reports.tests.test_blocks import GOING, go
from reports.tests.whole import LIST, picked, quotable, whole_report
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
WORDS = "I sat at their desk for a morning."


def made(report):
    actions.renew_pdf(ReportPage.objects.get(pk=report.pk), now=timezone.now())
    return ReportPDF.objects.get(report=report)


def address(report):
    return reverse("reports:pdf", args=[report.slug])


def test_a_report_with_every_block_becomes_a_tagged_pdf():
    report = whole_report(quotable(), corrections=[("correction", {"day": "2026-05-03", "what": "Seven."})])
    with pikepdf.open(BytesIO(made(report).read())) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en-GB"
        assert str(document.docinfo.Title) == report.title
        with document.open_metadata() as metadata:
            assert str(metadata["pdfuaid:part"]) == "1"
        with document.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        assert titles == ["In short", "What we heard", "What we heard", "Notes and sources", "About this report"]
        assert alternatives(root.StructTreeRoot) == ["A wall of paper notes."] * 2


def alternatives(element, found=None):
    """The words for pictures, in the order in which they are read."""
    found = [] if found is None else found
    if isinstance(element, pikepdf.Dictionary):
        if str(element.get("/S", "")) == "/Figure" and "/Alt" in element:
            found.append(str(element.Alt))
        children = element.get("/K")
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            alternatives(child, found)
    return found


def test_the_pdf_has_no_error_that_qpdf_would_find():
    data = made(whole_report(quotable())).read()
    with pikepdf.open(BytesIO(data)) as document:
        assert document.check_pdf_syntax() == []


def test_whoever_reads_the_page_reads_the_pdf(client):
    report = ReportFactory()
    assert client.get(address(report)).status_code == 503
    data = made(report).read()
    response = client.get(address(report))
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    assert response.content == data
    assert client.get(report.url).text.count(address(report)) == 1


def test_a_draft_has_none(client):
    draft = ReportFactory(live=False)
    assert client.get(address(draft)).status_code == 404
    assert actions.renew_pdfs(now=timezone.now()) == 0


def test_what_only_members_read_is_in_no_pdf():
    story = StoryFactory(live=True, may_quote="yes", title="For members")
    report = ReportFactory(body=[("story", story.slug), ("words", picked(story).key), ("stories", LIST)])
    text = str(pdf.contents(report))
    assert "For members" not in text
    assert WORDS not in text


@pytest.mark.parametrize("how", GOING)
def test_words_that_go_take_the_pdf_along_until_it_is_made_anew(client, how):
    story = quotable()
    report = ReportFactory(body=[("words", picked(story).key)])
    old = made(report)
    assert WORDS in str(pdf.contents(report))
    go(how, story)
    assert client.get(address(report)).status_code == 503
    tasks.renew_pdfs()
    new = ReportPDF.objects.get()
    assert WORDS not in str(pdf.contents(report))
    assert new.file.name != old.file.name
    assert client.get(address(report)).content == new.read()


def test_the_old_file_is_deleted(django_capture_on_commit_callbacks):
    story = quotable()
    report = ReportFactory(body=[("words", picked(story).key)])
    old = made(report).file
    go("hide", story)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.renew_pdf(report.pk)
    assert not old.storage.exists(old.name)
    assert old.storage.exists(ReportPDF.objects.get().file.name)


def test_what_says_the_same_is_not_made_twice():
    report = ReportFactory(body=[("stories", LIST)])
    assert [actions.renew_pdfs(now=timezone.now()) for _ in range(2)] == [1, 0]
    quotable()
    assert actions.renew_pdfs(now=timezone.now()) == 1
    assert actions.renew_pdf(report, now=timezone.now()) is False


def test_a_new_layout_makes_a_new_pdf(monkeypatch, tmp_path):
    report = ReportFactory()
    made(report)
    layout = tmp_path / "report.typ"
    layout.write_text(making.LAYOUT.read_text().replace('paper: "a4"', 'paper: "a5"'))
    monkeypatch.setattr(making, "LAYOUT", layout)
    with made(report).file.open() as file, pikepdf.open(file) as document:
        assert round(document.pages[0].mediabox[2]) == 420


def test_publishing_asks_for_a_pdf(monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(tasks.renew_pdf, "delay", asked.append)
    report = ReportFactory(live=False)
    with django_capture_on_commit_callbacks(execute=True):
        report.save_revision().publish()
    assert asked == [report.pk]


def test_no_word_is_read_as_a_command():
    nasty = '#import "x" $a$ *b* `c` <d> @e \\ " ] } //'
    report = ReportFactory(title=nasty, introduction=nasty, body=[("text", f"<p>{nasty.replace('<', '&lt;')}</p>")])
    with pikepdf.open(BytesIO(made(report).read())) as document:
        assert str(document.docinfo.Title) == nasty


def test_headings_never_miss_a_step():
    body = [
        ("text", "<h3>Deep</h3><h2>Higher</h2><h3>Deep again</h3>"),
        ("chapter", {"title": "One"}),
        ("text", "<h3>D</h3>"),
    ]
    parts = pdf.contents(ReportFactory(body=body))["parts"]
    found = [[node["level"] for node in part["of"]] if part["kind"] == "text" else part["level"] for part in parts]
    assert found == [[1, 2, 3], 1, [2]]


def test_rich_text_becomes_a_tree_whatever_its_tags():
    assert tree("<p>A <b>b</b><br/>[1] [9]</p></p><ul><li>x</ul>", 1) == [
        {
            "tag": "p",
            "of": [
                "A ",
                {"tag": "b", "of": ["b"]},
                {"tag": "br", "of": []},
                {"tag": "note", "of": [], "number": 1},
                " ",
                "[9]",
            ],
        },
        {"tag": "ul", "of": [{"tag": "li", "of": ["x"]}]},
    ]


def test_a_link_inside_the_site_gets_its_whole_address(settings):
    (link,) = tree('<a href="/stories/">x</a>')
    assert link["href"] == f"{settings.SITE_URL}/stories/"


@pytest.mark.parametrize("sign_in", [False, True])
def test_the_pdf_costs_what_its_page_does(client, django_assert_max_num_queries, sign_in):
    report = ReportFactory(body=[("picture", {"image": PictureFactory(), "caption": ""})] * 3 + [("stories", LIST)] * 5)
    StoryFactory.create_batch(3, live=True, audience="public")
    made(report)
    if sign_in:
        client.force_login(MemberFactory())
    with django_assert_max_num_queries(18):
        assert client.get(address(report)).status_code == 200
