"""A commissioner's question from the first word to the reply, in a browser and under the admin's own policy."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import EditorFactory, MemberFactory, sign_in_staff
from reports.models import CommissionersQuestion
from stories.models import Audience, Story
from systemschange.tests.chromium import sign_in, watch

pytestmark = pytest.mark.long

QUESTION = "What stops somebody at your door?"
ADMIN = CommissionersQuestion.snippet_viewset


def page_of(browse, client, live_server):
    page = browse()
    sign_in(page, client, live_server)
    return page, watch(page, live_server)


def fill(page, **words):
    for name, text in words.items():
        page.locator(f"#id_{name}").fill(text)
    # By keyboard: the calendar of a date field may still lie above the button.
    page.get_by_role("button", name="Save").first.press("Enter")
    page.get_by_role("link", name=QUESTION).first.wait_for()


def test_a_question_is_asked_answered_and_closed_with_what_was_heard(transactional_db, browse, live_server):
    today = timezone.localdate()
    days = {"opens_date": 0, "closes_date": 7, "reply_due_date": 30}
    days = {name: f"{today + timedelta(days=number):%Y-%m-%d}" for name, number in days.items()}
    desk, complaints = page_of(browse, sign_in_staff(Client(), EditorFactory()), live_server)
    desk.goto(reverse(ADMIN.get_url_name("add")))
    said = {"why": "The contract is written in spring.", "organisation": "A council", "role": "Head of commissioning"}
    fill(desk, **days, question=QUESTION, **said)  # the calendar of the last day is closed by what is typed after it

    member = Client()
    member.force_login(MemberFactory())
    phone, heard = page_of(browse, member, live_server)
    phone.goto("/")
    phone.get_by_role("link", name="Questions from commissioners").click()
    phone.get_by_role("link", name=QUESTION).click()
    phone.get_by_role("link", name="Answer with what you saw").click()
    phone.get_by_label("A line you will recognise later").fill("The bell is out of reach")
    phone.get_by_label("What did you notice").fill("It hangs where nobody in a wheelchair can reach it.")
    phone.get_by_role("button", name="Keep this").click()
    phone.wait_for_url("**/safety/")
    # How a draft becomes public is walked by `test_journey`.
    Story.objects.update(live=True, audience=Audience.PUBLIC, first_published_at=timezone.now())

    asked = CommissionersQuestion.objects.get()
    CommissionersQuestion.objects.update(
        opens_date=today - timedelta(days=40),
        closes_date=today - timedelta(days=30),
        reply_due_date=today - timedelta(days=1),
    )
    reader = browse()
    reader.goto(asked.get_absolute_url())
    reader.get_by_text("Their reply is missing").wait_for()
    reader.get_by_role("link", name="The bell is out of reach").wait_for()

    desk.goto(reverse(ADMIN.get_url_name("edit"), args=[asked.pk]))
    fill(desk, heard="That the bell hangs too high.", will_do="It is moved by Friday.")
    reader.reload()
    reader.get_by_text("That the bell hangs too high.").wait_for()
    assert not reader.get_by_text("Their reply is missing").is_visible()
    assert complaints == heard == []
