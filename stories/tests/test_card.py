"""The card that a teller prints: who may open it, what it says, and where it leads."""

import pytest

from members.models import Concern
from members.tests.factories import MemberFactory, ModeratorFactory
from stories.tests.factories import CoAuthorFactory, StoryFactory
from stories.tests.pages import at, text
from systemschange.tests.chromium import sign_in
from systemschange.tests.test_print import PAGE, printed

pytestmark = pytest.mark.django_db


def test_only_who_tells_the_story_opens_its_card(client):
    story = StoryFactory(live=True, audience="public")
    coauthor = CoAuthorFactory(story=story).member
    answers = {}
    for name, user in [
        ("author", story.author),
        ("co-author", coauthor),
        ("member", MemberFactory()),
        ("moderator", ModeratorFactory()),
    ]:
        client.force_login(user)
        answers[name] = client.get(at("card", story)).status_code
    assert answers == {"author": 200, "co-author": 200, "member": 404, "moderator": 404}
    client.logout()
    assert client.get(at("card", story)).status_code == 302


@pytest.mark.parametrize("traits", [{}, {"live": True}, {"live": True, "audience": "public"}, {"hidden": True}])
def test_it_says_where_the_story_stands_and_no_word_of_it(client, settings, traits):
    settings.SITE_URL, settings.CONTACT_EMAIL = "https://stories.example.org", "people@example.org"
    story = StoryFactory(title="Titlecanary", noticed="Wordcanary", author__last_name="Namecanary", **traits)
    client.force_login(story.author)
    response = client.get(at("card", story))
    card = text(response)
    assert f"https://stories.example.org/stories/{story.slug}/" in card
    assert f"https://stories.example.org/tell-us/?story={story.slug}" in card
    assert "people@example.org" in card
    assert ("Anybody can read it there" in card) == (traits.get("audience") == "public")
    assert "canary" not in card.lower()


def test_whoever_holds_a_card_asks_about_a_story_that_they_cannot_open(client):
    story = StoryFactory(live=True, audience="members")
    assert client.get(story.get_absolute_url()).status_code == 404
    form = client.get(f"/tell-us/?story={story.slug}").context["form"]
    answers = {name: form[name].value() for name in ("kind", "text", "form_key")}
    assert answers["kind"] == "about_me"
    answers["text"] += "Take it down."
    assert "The moderators have it" in text(client.post("/tell-us/", answers))
    assert f"/stories/{story.slug}/" in Concern.objects.worries().get().text


@pytest.mark.parametrize("story", ["", "<b>", "a b", "x" * 17, "../../admin", "a\x00"])
def test_what_is_no_key_of_a_story_is_not_repeated(client, story):
    form = client.get("/tell-us/", {"story": story}).context["form"]
    assert (form["kind"].value(), form["text"].value()) == ("worried", None)


def test_the_page_answers_the_same_whether_or_not_there_is_such_a_story(client, django_assert_num_queries):
    there = StoryFactory()
    with django_assert_num_queries(0):
        pages = [client.get(f"/tell-us/?story={slug}").context["form"]["text"].value() for slug in (there.slug, "zyxw")]
    assert pages[0] == pages[1].replace("zyxw", there.slug)


def test_it_is_one_sheet_with_nothing_to_press(browse, client, live_server):
    story = StoryFactory(live=True)
    client.force_login(story.author)
    page = browse()
    sign_in(page, client, live_server)
    assert len(PAGE.findall(printed(page, at("card", story)))) == 1
    page.emulate_media(media="print")
    assert page.locator(".qr").is_visible()
    for gone in [".no-print", ".site-footer", ".site-nav"]:
        assert not page.locator(gone).first.is_visible(), gone
