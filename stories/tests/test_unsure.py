import pytest
from django.test import Client
from django.urls import reverse

from members.tests.factories import MemberFactory
from stories.models import KeptText, Story
from stories.tests.factories import StoryFactory
from stories.tests.pages import JOT, SAFE, SENDING, TOLD, at, fresh, post, text

pytestmark = pytest.mark.django_db
HERE = {"HTTP_ORIGIN": "http://testserver"}
ELSEWHERE = {"HTTP_ORIGIN": "https://elsewhere.example"}
PAGES = [("safety", [], {**SAFE, "content_note": "Typed"}), ("send", [], {**SENDING, "title": "Typed"})]
PAGES += [("write", [slug], {**answers}) for slug, answers in TOLD.items()]


def browser(user=None):
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    return client


@pytest.fixture
def story():
    return StoryFactory()


@pytest.mark.parametrize(("name", "more", "answers"), PAGES)
def test_words_that_came_with_an_old_token_are_in_the_boxes_and_not_in_the_draft(story, name, more, answers):
    before = Story.objects.filter(pk=story.pk).values().get()
    client = browser(story.author)
    address = at(name, story, *more)
    response = client.post(address, {**answers, "edit_number": 2, "csrfmiddlewaretoken": "a" * 64}, **HERE)
    assert response.status_code == 403
    assert "Nothing is saved yet" in text(response)
    form = response.context["form"]
    assert {field: form[field].value() for field in answers} == answers
    assert "data-autosave" not in text(response)
    assert Story.objects.filter(pk=story.pk).values().get() == before
    # One press more, with the token of the page that came back.
    token = response.context["csrf_token"]
    again = client.post(address, {**answers, "edit_number": 2, "csrfmiddlewaretoken": str(token)}, **HERE)
    assert again.status_code == 302
    assert Story.objects.filter(pk=story.pk).values().get() != before


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_jot_with_an_old_token_is_in_the_boxes_too(signed_in):
    client = browser(MemberFactory() if signed_in else None)
    response = client.post(reverse("stories:new"), JOT, **HERE)
    assert response.status_code == 403
    assert {name: response.context["form"][name].value() for name in JOT} == JOT
    assert (Story.objects.count(), KeptText.objects.count()) == (0, 0)
    token = str(response.context["csrf_token"])
    assert client.post(reverse("stories:new"), {**JOT, "csrfmiddlewaretoken": token}, **HERE).status_code == 302


@pytest.mark.parametrize("came_from", [ELSEWHERE, {}, {"HTTP_REFERER": "http://testserver.example/"}])
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_another_site_sends_is_neither_put_in_a_box_nor_kept(story, came_from, signed_in):
    client = browser(story.author if signed_in else None)
    for address in (at("write", story, "noticed"), reverse("stories:new")):
        response = client.post(address, {"noticed": "Planted", "title": "Planted"}, **came_from)
        assert response.status_code == 403
        assert "<h1>Nothing was sent</h1>" in text(response)
    assert fresh(story).noticed == story.noticed
    assert not KeptText.objects.exists()


def test_without_a_session_the_words_wait_until_their_writer_is_back(story):
    client = browser()
    address = at("write", story, "noticed")
    response = client.post(address, {"noticed": "Typed"}, **HERE)
    assert response.url == f"{reverse('account_login')}?next={address}"
    client.force_login(story.author)
    assert client.get(address).context["form"]["noticed"].value() == "Typed"
    assert fresh(story).noticed == story.noticed


def test_another_ones_story_and_a_page_that_does_not_exist_are_missing(story):
    client = browser(MemberFactory())
    assert client.post(at("write", story, "noticed"), {"noticed": "Mine"}, **HERE).status_code == 404
    client.force_login(story.author)
    assert client.post(at("write", story, "epilogue"), {"noticed": "Mine"}, **HERE).status_code == 404


def test_other_pages_say_that_nothing_was_sent(story):
    response = browser(story.author).post(at("withdraw", story), **HERE)
    assert (response.status_code, "<h1>Nothing was sent</h1>" in text(response)) == (403, True)


def test_with_its_token_a_page_is_saved(client, story):
    client.force_login(story.author)
    assert post(client, at("write", story, "noticed"), TOLD["noticed"], story).status_code == 302
