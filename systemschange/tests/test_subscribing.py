"""A reader without an account, from a crossing's page to the mail and away again, in a real browser without script."""

import re

import pytest

from digests import readers
from digests.models import Subscriber, Subscription
from members.tests.factories import send_mail
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db(transaction=True)


def link_in(message, part):
    return re.search(rf"/letter/new-stories/{part}/\S+", message.get_body(("plain",)).get_content())[0]


def test_a_reader_subscribes_to_a_crossing_hears_of_a_story_and_leaves(browse, mailbox):
    page = browse(javascript=False)
    page.goto("/crossings/housing--mental-health/")
    page.get_by_role("link", name="Get new ones by mail").click()
    page.get_by_role("button", name="Mail me a link to confirm").click()
    page.get_by_text("Enter your e-mail address").first.wait_for()
    page.get_by_label("E-mail address").fill("rita@example.org")
    page.get_by_role("button", name="Mail me a link to confirm").click()
    page.get_by_role("heading", name="Look in your mailbox").wait_for()
    send_mail()
    page.goto(link_in(mailbox.messages[0], "confirm"))
    page.get_by_role("button", name="Yes, send them").click()
    page.get_by_role("heading", name="You get new stories between housing and mental health by mail").wait_for()

    StoryFactory(live=True, audience="public", title="The ward rings on Wednesday")
    readers.tell()
    news = mailbox.to("rita@example.org")[-1]
    assert "The ward rings on Wednesday" in news.get_body(("plain",)).get_content()
    page.goto(link_in(news, "leave"))
    page.get_by_role("button", name="Leave these mails").click()
    page.get_by_role("heading", name="You will get no more of these mails").wait_for()
    assert not Subscriber.objects.exists()


def test_a_reader_joins_two_lists_from_one_page_and_leaves_one_of_them(browse, mailbox):
    page = browse(javascript=False, viewport={"width": 320, "height": 640})
    for chosen in ("a crossing", "reports"):
        page.goto("/")
        page.get_by_role("link", name="Join our mailing list").first.click()
        page.get_by_role("button", name="Mail me a link to confirm").click()
        page.get_by_role("link", name="Choose what you want to hear of").wait_for()
        page.get_by_label("E-mail address").fill("rita@example.org")
        if chosen == "reports":
            page.get_by_label("New reports").check()
        else:
            page.get_by_label("What people tell between two services").check()
            page.get_by_label("One service").select_option("Housing")
            page.get_by_label("The other service").select_option("Mental health")
        page.get_by_role("button", name="Mail me a link to confirm").click()
        page.get_by_role("heading", name="Look in your mailbox").wait_for()
        send_mail()
        page.goto(link_in(mailbox.messages[-1], "confirm"))
        page.get_by_role("button", name="Yes, send them").click()
        page.get_by_role("heading", name=re.compile("^You get new .* by mail$")).wait_for()

    StoryFactory(live=True, audience="public", title="The ward rings on Wednesday")
    readers.tell()
    news = mailbox.to("rita@example.org")[-1]
    page.goto(link_in(news, "leave-one"))
    page.get_by_role("button", name="Leave this one").click()
    page.get_by_role("heading", name="You will get no more of this one").wait_for()
    assert [one.kind for one in Subscription.objects.confirmed()] == ["reports"]
