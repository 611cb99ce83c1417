"""Reports in the Wagtail admin: what editors can do, and what nobody can."""

import json

import pytest
from django.contrib.admin.utils import quote
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from members.tests.factories import AdminFactory, EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from reports.blocks import GONE, StoryChooser
from reports.models import HomePage, ReportIndexPage, ReportPage
from reports.tests.factories import PictureFactory, ReportFactory
from stories.models import Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db

CHOOSE = "/admin/report_stories/"


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


def post_report(client, slug, *blocks, **extra):
    index = ReportIndexPage.objects.get()
    data = nested_form_data(
        {
            "title": "What we heard",
            "slug": slug,
            "introduction": "It was rarely a bed.",
            "body": streamfield(list(blocks)),
            "notes": streamfield([]),
            "corrections": streamfield([]),
            **extra,
        }
    )
    return client.post(reverse("wagtailadmin_pages:add", args=["reports", "reportpage", index.pk]), data)


def test_an_editor_writes_and_publishes_a_report(editor, client):
    story = StoryFactory(live=True, audience="public", title="The kettle rule")
    response = post_report(
        editor,
        "what-we-heard",
        ("text", rich_text("<p>Most of it was waiting.</p>")),
        ("story", story.slug),
        **{"action-publish": "1"},
    )
    assert response.status_code == 302
    client.logout()
    text = client.get("/reports/what-we-heard/").text
    assert "Most of it was waiting." in text
    assert "The kettle rule" in text


def test_an_empty_story_block_is_asked_about_in_words(editor):
    response = post_report(editor, "empty", ("story", ""), **{"action-publish": "1"})
    assert "Choose a story, or delete this block." in response.text
    assert not ReportPage.objects.exists()


@pytest.mark.parametrize(("what_for", "kept"), [({}, True), ({"action-publish": "1"}, False)])
def test_a_note_that_is_not_there_is_asked_about_before_anybody_reads_it(editor, what_for, kept):
    text = ("text", rich_text("<p>Waiting.[1] And more.[2]</p>"))
    notes = streamfield([("note", rich_text("<p>Asked of 40 teams.</p>"))])
    response = post_report(editor, "notes", text, notes=notes, **what_for)
    assert ("The text names note 2, and there are 1." in response.text) is not kept
    assert ReportPage.objects.exists() is kept


HALF_WRITTEN = {
    "chapter": {"title": ""},
    "picture": {"image": "", "caption": ""},
    "figure": dict.fromkeys(("number", "what", "source", "address"), ""),
    "table": {**dict.fromkeys(("title", "cells_text", "unit", "source", "address"), ""), "drawn": "bars"},
    "person": dict.fromkeys(("name", "role", "words"), ""),
    "quote": {"words": "", "who": ""},
    "story": "",
    "words": "",
    "stories": dict.fromkeys(("heading", "boundary", "other", "practice", "outcome", "count"), ""),
    "crossing": {"first": "", "second": ""},
    "practice": {"practice": "", "why": ""},
    "action": dict.fromkeys(("heading", "text", "label", "address"), ""),
}


@pytest.mark.parametrize("kind", HALF_WRITTEN)
def test_a_draft_is_kept_and_looked_at_with_a_block_that_is_half_written(editor, kind):
    StoryFactory.create_batch(2, live=True, audience="public")
    assert post_report(editor, "half", (kind, HALF_WRITTEN[kind])).status_code == 302
    draft = ReportPage.objects.get()
    assert editor.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk])).status_code == 200
    assert post_report(editor, "whole", (kind, HALF_WRITTEN[kind]), **{"action-publish": "1"}).status_code == 200
    assert not ReportPage.objects.live().exists()


def test_the_page_being_written_shows_the_chosen_story_by_its_title(editor):
    story = StoryFactory(live=True, title="The kettle rule")
    report = ReportFactory(body=[("story", story.slug)])
    assert "The kettle rule" in editor.get(reverse("wagtailadmin_pages:edit", args=[report.pk])).text


@pytest.mark.parametrize("change", [{"live": False}, {"audience": "coalition"}])
def test_a_story_that_left_keeps_its_place_without_its_title(change):
    story = StoryFactory(live=True)
    Story.objects.update(**change)
    assert StoryChooser().get_value_data(story.slug) == {"id": story.slug, "title": GONE, "edit_url": None}


def test_the_chooser_lists_readable_stories_by_title_and_teller(editor):
    public = StoryFactory(
        live=True, audience="public", title="For anyone", byline="role", byline_role="housing-officer"
    )
    members = StoryFactory(live=True, title="For members", author__first_name="Canary")
    StoryFactory(sent=True, title="Waiting")
    StoryFactory(live=True, audience="coalition", title="For one group")
    response = editor.get(CHOOSE)
    assert list(response.context["results"]) == [members, public]
    html = json.loads(response.text)["html"]
    assert public.teller in html
    assert f"{CHOOSE}chosen/{quote(public.slug)}/" in html
    assert "Canary" not in html
    assert list(editor.get(CHOOSE + "results/").context["results"]) == [members, public]


def test_choosing_hands_back_the_slug(editor):
    story = StoryFactory(live=True)
    result = json.loads(editor.get(f"{CHOOSE}chosen/{story.slug}/").text)["result"]
    assert result == {"id": story.slug, "title": story.title, "edit_url": None}


@pytest.mark.parametrize("fields", [{"stage": "draft"}, {"stage": "sent"}, {"live": True, "audience": "coalition"}])
def test_nobody_can_choose_what_they_may_not_read(client, fields):
    sign_in_staff(client, AdminFactory())
    assert client.get(f"{CHOOSE}chosen/{StoryFactory(**fields).slug}/").status_code == 404


@pytest.mark.parametrize("address", ["create/", "chosen-multiple/"])
def test_the_chooser_does_nothing_else(editor, address):
    assert editor.get(CHOOSE + address).status_code == 404


def test_a_member_without_staff_rights_chooses_nothing(client):
    client.force_login(MemberFactory())
    assert client.get(CHOOSE).status_code in {302, 403, 404}


def test_moderators_read_no_drafts_of_reports(client):
    sign_in_staff(client, ModeratorFactory())
    draft = ReportFactory(live=False)
    for name in ["wagtailadmin_pages:edit", "wagtailadmin_pages:view_draft"]:
        assert client.get(reverse(name, args=[draft.pk])).status_code in {302, 403, 404}


def test_editors_cannot_hide_pages_behind_a_password(editor):
    report = ReportFactory()
    assert report.private_page_options == []


def test_editors_plan_reports_and_not_the_front_page(editor):
    for page, planned in [(ReportFactory(), True), (HomePage.objects.get(), False)]:
        text = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        assert ("go_live_at" in text) is planned


def test_there_is_one_front_and_one_list():
    assert not HomePage.can_create_at(HomePage.objects.get().get_parent())
    assert not ReportIndexPage.can_create_at(HomePage.objects.get())


PAGE_TOOLS = ["choose-page/{index}/", "choose-page/chosen-multiple/?id={draft}", "pages/{draft}/move/{draft}/confirm/"]


@pytest.mark.parametrize("address", PAGE_TOOLS)
def test_the_draft_of_a_report_is_named_to_those_who_write_pages_only(client, address):
    index = ReportIndexPage.objects.get()
    draft = ReportFactory(title="A draft canary", live=False)
    address = "/admin/" + address.format(index=index.pk, draft=draft.pk)
    moderator = sign_in_staff(client, ModeratorFactory()).get(address)
    editor = sign_in_staff(client, EditorFactory()).get(address, follow=True)
    assert (moderator.status_code, "A draft canary" in editor.text) == (404, True)


def test_the_admins_api_tells_of_a_picture_without_the_address_of_its_file(editor):
    image = PictureFactory(description="A wall of notes.")
    for address in ("/admin/api/main/images/", f"/admin/api/main/images/{image.pk}/"):
        for fields in ("", "?fields=*"):
            answer = editor.get(address + fields)
            assert answer.status_code == 200
            assert "A wall of notes." in answer.content.decode()
            assert image.file.name not in answer.content.decode()
