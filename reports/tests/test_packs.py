"""Whoever writes reports makes an evidence pack, and a draft report of it with one action."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from insights.models import EvidencePack
from members.tests.factories import EditorFactory, ModeratorFactory, sign_in_staff
from reports.models import ReportPage
from stories.models import Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
PACKS = "/admin/evidence/"


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


def made(editor, **asked):
    response = editor.post(PACKS, {"title": "Between two services", **asked})
    assert response.status_code == 302
    return EvidencePack.objects.get()


def quoted_story():
    story = StoryFactory(live=True, audience="public", byline="name", boundaries=["housing", "police"])
    Story.objects.filter(pk=story.pk).update(may_quote="yes")
    return story, story.quotations.create(words=story.tried, field="tried", picked_at=timezone.now())


def test_a_pack_counts_what_was_chosen(editor):
    quoted_story()
    StoryFactory(live=True, audience="public", byline="name", boundaries=["housing"])
    pack = made(editor, service="housing", other="police")
    assert pack.counts["stories"] == 1
    assert pack.query == {"service": "housing", "other": "police"}
    assert pack.get_absolute_url() in editor.get(PACKS).text


def test_a_pack_without_a_title_is_not_made(editor):
    assert "Enter a title" in editor.post(PACKS, {"title": ""}).text
    assert not EvidencePack.objects.exists()


def test_a_draft_report_holds_the_packs_blocks(editor):
    _, quotation = quoted_story()
    pack = made(editor, service="housing")
    response = editor.post(reverse("evidence_pack_draft", args=[pack.key]))
    report = ReportPage.objects.get(title=pack.title)
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[report.pk])
    assert not report.live
    kinds = [block.block_type for block in report.body]
    assert kinds.count("table") == 3
    assert [block.value for block in report.body if block.block_type == "words"] == [quotation.key]
    (listed,) = [block.value for block in report.body if block.block_type == "stories"]
    assert listed["boundary"] == "housing"
    assert pack.LIMITS[0] in report.body[-1].value.source
    assert editor.get(response["Location"]).status_code == 200
    report.body.stream_block.clean(report.body)


def test_where_a_list_cannot_ask_for_the_time_the_packs_own_stories_stand(editor):
    story, _ = quoted_story()
    pack = made(editor, since="year")
    editor.post(reverse("evidence_pack_draft", args=[pack.key]))
    report = ReportPage.objects.get(title=pack.title)
    assert [block.value for block in report.body if block.block_type == "story"] == [story.slug]


def test_to_other_staff_there_are_no_packs(editor):
    pack = made(editor)
    moderator = sign_in_staff(Client(), ModeratorFactory())
    assert moderator.get(PACKS).status_code == 404
    assert moderator.post(reverse("evidence_pack_draft", args=[pack.key])).status_code == 404
    assert not ReportPage.objects.filter(title=pack.title).exists()
