"""Picking words of a story in the admin: sentence by sentence, by whoever writes reports."""

import json

import pytest
from django.urls import reverse

from members.tests.factories import EditorFactory, ModeratorFactory, sign_in_staff
from reports.tests.whole import picked, quotable
from stories.models import Quotation
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
THREE = "We rang. They came.\nIt worked."


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


def address(story):
    return reverse("report_words_pick", args=[story.slug])


@pytest.mark.parametrize(
    ("ticked", "words"),
    [
        (["tried:0"], "We rang."),
        (["tried:1", "tried:0"], "We rang. They came."),
        (["tried:1", "tried:2"], "They came.\nIt worked."),
    ],
)
def test_the_words_are_those_of_the_story(editor, ticked, words):
    story = quotable(tried=THREE)
    response = editor.post(address(story), {"picked": ticked})
    assert response.url == reverse("report_words_picked")
    assert Quotation.objects.get().words == words
    assert words.split("\n")[0] in editor.get(response.url).text


@pytest.mark.parametrize("ticked", [[], ["tried:0", "tried:2"], ["tried:0", "happened:0"], ["tried:9"], ["author:0"]])
def test_nothing_else_can_be_picked(editor, ticked):
    assert editor.post(address(quotable(tried=THREE)), {"picked": ticked}).status_code == 200
    assert not Quotation.objects.exists()


def test_a_teller_who_said_no_is_not_offered_and_not_quoted(editor):
    story = quotable(may_quote="no", title="The kettle rule")
    assert "The kettle rule" not in editor.get(reverse("report_words_picked")).text
    assert "does not want to be quoted" in editor.post(address(story), {"picked": ["tried:0"]}).text
    assert not Quotation.objects.exists()


def test_stories_are_found_by_their_title(editor):
    quotable(title="The kettle rule")
    quotable(title="Another one")
    text = editor.get(reverse("report_words_picked"), {"q": "kettle"}).text
    assert ("The kettle rule" in text, "Another one" in text) == (True, False)


@pytest.mark.parametrize("fields", [{"stage": "draft"}, {"stage": "sent"}, {"live": True, "audience": "coalition"}])
def test_nobody_picks_from_what_they_may_not_read(editor, fields):
    assert editor.get(address(StoryFactory(**fields))).status_code == 404


def test_whoever_writes_no_reports_picks_nothing(client):
    story = quotable()
    sign_in_staff(client, ModeratorFactory())
    for page in (address(story), reverse("report_words_picked")):
        assert client.get(page).status_code == 404


def test_picked_words_are_chosen_by_their_key(editor):
    quotation = picked(quotable())
    assert quotation.words in json.loads(editor.get("/admin/report_words/").text)["html"]
    result = json.loads(editor.get(f"/admin/report_words/chosen/{quotation.key}/").text)["result"]
    assert result == {"id": quotation.key, "title": quotation.words, "edit_url": None}


def test_words_of_a_story_that_went_are_not_chosen(editor):
    quotation = picked(quotable())
    type(quotation.story).objects.update(live=False)
    assert editor.get(f"/admin/report_words/chosen/{quotation.key}/").status_code == 404
