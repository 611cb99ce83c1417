"""In a real browser: a story that somebody must say yes to first, and one that is asked about again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.tests.factories import MemberFactory
from stories.models import Asking, Story
from stories.tests.factories import StoryFactory
from systemschange.tests.chromium import sign_in
from systemschange.tests.test_journey import PHONE, Person

pytestmark = pytest.mark.long


@pytest.fixture
def signed_in(browse, mailbox, live_server):
    def open_for(user, **options):
        client, page = Client(), browse(**options)
        client.force_login(user)
        sign_in(page, client, live_server)
        return Person(page, mailbox)

    return open_for


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_nothing_is_sent_before_whoever_it_is_about_says_yes(signed_in, celery_worker, javascript):
    story = StoryFactory(author=MemberFactory(email="sam@example.org"), title="The two teams ring each other")
    sam = signed_in(story.author, javascript=javascript, **PHONE)
    sam.page.goto(f"/stories/{story.slug}/draft/")
    sam.follow("Write it with somebody")
    sam.page.locator("#id_email").fill("jo@example.org")
    sam.choose("It is their story too: nothing is sent before they have said yes")
    sam.press("Send the invitation")
    mail = sam.mail("jo@example.org", "Open the invitation")
    assert "Sam" not in mail.as_string()

    jo = signed_in(MemberFactory(first_name="Jo", email="jo@example.org"), javascript=javascript, **PHONE)
    jo.page.goto(f"/stories/together/{Asking.objects.get().token}/")
    assert "The two teams" not in jo.page.content()
    jo.press("Yes, write together")
    assert jo.heading() == "The two teams ring each other"

    sam.page.goto(f"/stories/{story.slug}/check/")
    sam.follow("The yes of the person whose story it is too")
    sam.press("Ask for their yes")
    assert sam.mail("jo@example.org", "Read it and answer")

    jo.follow("Who tells it, and how we name you")
    jo.follow("Read it and answer")
    jo.choose("Not yet, and here is why")
    jo.page.locator("#id_reason").fill("The street is too near.")
    jo.press("Give this answer")
    sam.page.goto(f"/stories/{story.slug}/together/")
    sam.sees("The street is too near.")
    jo.page.goto(f"/stories/{story.slug}/their-word/")
    jo.choose("Yes, send it")
    jo.press("Give this answer")

    sam.page.goto(f"/stories/{story.slug}/send/")
    sam.press("Send")
    sam.page.wait_for_url("**/sent/")
    assert sam.heading() == "It is with a moderator"
    jo.page.goto(f"/stories/{story.slug}/their-word/")
    jo.choose("No")
    jo.press("Give this answer")
    jo.page.wait_for_url("**/draft/")
    assert not Story.objects.get(pk=story.pk).is_in_moderation


def test_one_tap_on_the_question_takes_a_story_away(signed_in, browse):
    story = StoryFactory(live=True, audience="public", title="The two teams ring each other")
    Story.objects.filter(pk=story.pk).update(review_date=timezone.localdate() + timedelta(days=3))
    visitor = browse()
    visitor.goto("/stories/")
    assert story.title in visitor.content()

    author = signed_in(story.author, **PHONE)
    author.page.goto(f"/stories/{story.slug}/agree-again/")
    author.choose("Yes, for another year")
    author.press("It may stay")
    author.sees("We ask you again on")
    author.page.goto(f"/stories/{story.slug}/agree-again/")
    author.press("Withdraw it now")
    author.page.wait_for_url("**/draft/")
    for address in ("/stories/", "/", story.get_absolute_url()):
        visitor.goto(address)
        assert story.title not in visitor.content(), address
