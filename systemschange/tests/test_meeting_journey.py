"""In a real browser, two of them: one asks, the other says yes, and they talk."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from members.tests.factories import ListedMemberFactory
from networks.models import Seat
from systemschange.tests.chromium import sign_in

pytestmark = pytest.mark.long


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_two_members_meet_and_talk(browse, live_server, transactional_db, javascript):
    def opened_for(member):
        client, page = Client(), browse(javascript=javascript)
        client.force_login(member)
        sign_in(page, client, live_server)
        return page

    asha, ben = ListedMemberFactory(first_name="Asha"), ListedMemberFactory(first_name="Ben")
    hers, his = opened_for(asha), opened_for(ben)
    his.goto(asha.profile.get_absolute_url())
    his.get_by_role("link", name="Ask to be introduced").click()
    his.get_by_role("button", name="Ask").click()
    expect(his.locator("#id_reason_error, .error-summary, [role=alert]").first).to_be_visible()
    his.locator("#id_reason").fill("We keep sending each other the same letter.")
    his.get_by_role("button", name="Ask").click()
    expect(his.get_by_text("They may answer until")).to_be_visible()

    hers.goto("/")
    hers.get_by_role("link", name="Read why").click()
    hers.get_by_role("link", name="A frontline worker").click()
    expect(hers.get_by_text("the same letter")).to_be_visible()
    expect(hers.get_by_text("Ben")).to_have_count(0)
    hers.get_by_role("button", name="Yes, introduce us").click()
    expect(hers.get_by_role("heading", name="Ben")).to_be_visible()
    hers.locator("#id_text").fill("Hello Ben.")
    hers.get_by_role("button", name="Send").click()
    expect(hers.get_by_role("listitem").filter(has_text="Hello Ben.")).to_be_visible()

    his.goto(reverse("conversations:list"))
    his.get_by_role("link", name="Asha").click()
    expect(his.get_by_text("Hello Ben.")).to_be_visible()
    his.locator("#id_text").fill("Hello Asha.")
    his.get_by_role("button", name="Send").click()
    expect(his.get_by_role("listitem").filter(has_text="Hello Asha.")).to_be_visible()
    assert set(Seat.objects.values_list("draft", flat=True)) == {""}
    hers.reload()
    expect(hers.get_by_text("Hello Asha.")).to_be_visible()
