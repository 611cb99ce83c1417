"""Whoever writes reports makes an evidence pack, its PDF, and a draft report of it with one action."""

from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from insights.models import EvidencePack
from insights.tests.packs import frozen, quoted, some, told
from members.tests.factories import EditorFactory, ModeratorFactory, sign_in_staff
from reports import pdf
from reports.models import ReportPage
from reports.shown import EVERYBODY
from stories.models import Quotation, Story

pytestmark = pytest.mark.django_db
PACKS = "/admin/evidence/"


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


def made(editor, **asked):
    response = editor.post(PACKS, {"title": "Between two services", **asked})
    assert response.status_code == 302
    return EvidencePack.objects.get()


def draft_of(editor, pack):
    response = editor.post(reverse("evidence_pack_draft", args=[pack.key]))
    report = ReportPage.objects.get(title=pack.title)
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[report.pk])
    return report


def test_a_pack_counts_what_was_chosen(editor):
    some(5)
    told(boundaries=["housing"])
    pack = made(editor, service="housing", other="police")
    assert pack.counts["stories"] == 5
    assert pack.query == {"service": "housing", "other": "police"}
    assert pack.get_absolute_url() in editor.get(PACKS).text


def test_a_pack_without_a_title_is_not_made(editor):
    some()
    assert "Enter a title" in editor.post(PACKS, {"title": ""}).text
    assert not EvidencePack.objects.exists()


def test_a_pack_of_few_stories_is_not_made_and_staff_read_why(editor):
    told()
    answer = editor.post(PACKS, {"title": "Few"}).text
    assert "Only 1 story fits. A pack counts 5 or more" in answer
    assert not EvidencePack.objects.exists()


def test_staff_take_one_back(editor):
    some()
    pack = made(editor)
    assert editor.post(reverse("evidence_pack_take_back", args=[pack.key])).status_code == 302
    assert editor.get(pack.get_absolute_url()).status_code == 404


def test_a_draft_report_holds_the_packs_blocks(editor):
    at_rest, went_on = [quoted(some(5, outcome=outcome)[0]) for outcome in ("stopped", "going")]
    pack = made(editor, service="housing")
    report = draft_of(editor, pack)
    assert not report.live
    kinds = [block.block_type for block in report.body]
    assert kinds.count("table") == 3
    assert [block.value for block in report.body if block.block_type == "words"] == [at_rest.key, went_on.key]
    (listed,) = [block.value for block in report.body if block.block_type == "stories"]
    assert listed["boundary"] == "housing"
    assert str(pack.limits[0]) in report.body[-1].value.source
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[report.pk])).status_code == 200
    report.body.stream_block.clean(report.body)


def test_words_leave_the_draft_with_their_tellers_yes(editor):
    some(5)
    quotation = quoted(told(tried="Zqwords I rang them."))
    report = draft_of(editor, made(editor))

    def shown():
        return str(pdf.contents(report))

    assert "Zqwords" in shown()
    assert "Zqwords" not in str(report.body.raw_data[:])
    Quotation.objects.filter(pk=quotation.pk).update(answer="no", answered_at=timezone.now())
    assert "Zqwords" not in shown()


def test_where_a_list_cannot_ask_for_the_time_the_packs_own_stories_stand(editor):
    slugs = {story.slug for story in some(5)}
    report = draft_of(editor, made(editor, since="year"))
    assert {block.value for block in report.body if block.block_type == "story"} == slugs


def test_to_other_staff_there_are_no_packs(editor):
    some()
    pack = made(editor)
    moderator = sign_in_staff(Client(), ModeratorFactory())
    assert moderator.get(PACKS).status_code == 404
    for name in ("evidence_pack_draft", "evidence_pack_take_back"):
        assert moderator.post(reverse(name, args=[pack.key])).status_code == 404
    assert EvidencePack.objects.exists()
    assert not ReportPage.objects.filter(title=pack.title).exists()


def read(client, pack):
    response = client.get(reverse("evidence_pdf", args=[pack.key]))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]
    return response.content


def test_the_pdf_is_tagged_and_whole(client):
    for outcome in ("stopped", "going"):
        quoted(some(5, outcome=outcome)[0])
    data = read(client, frozen())
    with pikepdf.open(BytesIO(data)) as document:
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert str(metadata["pdfuaid:part"]) == "1"
        with document.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        assert document.check_pdf_syntax() == []
    assert titles == [
        "How much was told",
        "What is different, and how people know",
        "What did not work",
        "What went on, or it is too early to say",
        "What this is not",
        "About this pack",
    ]


def test_what_leaves_the_page_leaves_the_pdf_with_it():
    some(5)
    story = told(title="Zqgone", tried="Zqwords I rang them.")
    quotation = quoted(story)
    pack = frozen()

    def shown():
        return str(pdf.of_pack(EvidencePack.objects.get(pk=pack.pk), EVERYBODY))

    assert "Zqgone" in shown()
    assert "Zqwords" in shown()
    Quotation.objects.filter(pk=quotation.pk).update(answer="no", answered_at=timezone.now())
    assert "Zqwords" not in shown()
    Story.objects.filter(pk=story.pk).update(audience="members")
    assert "Zqgone" not in shown()
    assert "Some of the stories counted here have been withdrawn since" in shown()


def test_the_pdf_says_what_the_page_says(client):
    some(6, outcome="stopped")
    told(outcome="going")
    pack = frozen(title="Between <two> services")
    page, told_in = client.get(pack.get_absolute_url()).text, str(pdf.of_pack(pack, EVERYBODY))
    for words in (pack.at_rest_line, *map(str, pack.limits), pack.counts["told_crossings"][0]["name"]):
        assert words in page
        assert words in told_in
    assert "Between &lt;two&gt; services" in page
    assert "Between <two> services" in told_in
