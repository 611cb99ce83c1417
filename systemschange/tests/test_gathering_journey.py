"""In two real browsers: a convenor puts up a gathering, a member comes, takes the file, and hears that it has moved."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from members.tests.factories import MemberFactory, send_mail
from networks.models import Gathering
from networks.tests.gathered import coalition_of
from systemschange.tests.chromium import sign_in

pytestmark = pytest.mark.long


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_group_gathers(browse, live_server, mailbox, transactional_db, javascript):
    def opened_for(member):
        client, page = Client(), browse(javascript=javascript)
        client.force_login(member)
        sign_in(page, client, live_server)
        return page

    asha, ben = MemberFactory(first_name="Asha"), MemberFactory(first_name="Ben", email="ben@example.org")
    coalition = coalition_of(asha, ben)
    hers, his = opened_for(asha), opened_for(ben)
    day = timezone.localdate() + timedelta(days=20)

    hers.goto(coalition.get_absolute_url())
    hers.get_by_role("link", name="Gatherings", exact=True).click()
    hers.get_by_role("link", name="Put up a gathering").click()
    hers.get_by_role("button", name="Put it up").click()
    expect(hers.get_by_text("Enter what the gathering is called").first).to_be_visible()
    hers.locator("#id_title").fill("Fridays on one wall")
    hers.locator("#id_day").fill(f"{day:%Y-%m-%d}")
    hers.locator("#id_begins").fill("14:00")
    hers.locator("#id_ends").fill("15:30")
    hers.locator("#id_where").fill("The back room")
    hers.get_by_role("button", name="Put it up").click()
    expect(hers.get_by_role("heading", name="Fridays on one wall")).to_be_visible()

    his.goto(coalition.get_absolute_url())
    his.get_by_role("link", name="Fridays on one wall").click()
    his.get_by_label("I am coming").check()
    his.get_by_role("button", name="Answer").click()
    expect(his.get_by_role("heading", name="Coming: 1")).to_be_visible()
    with his.expect_download() as taken:
        his.get_by_role("link", name="A file for your calendar").click()
    first = event_in(taken.value)
    assert str(first["summary"]) == "Fridays on one wall"
    assert first.decoded("dtstart") == Gathering.objects.get().begins_at

    hers.reload()
    expect(hers.get_by_role("listitem").filter(has_text="Ben")).to_be_visible()
    hers.get_by_role("link", name="Change it").click()
    hers.locator("#id_begins").fill("13:00")
    hers.get_by_role("button", name="Change it").click()
    expect(hers.get_by_text("13:00 to 15:30")).to_be_visible()

    send_mail()
    (mail,) = mailbox.to("ben@example.org")
    assert mail["Subject"] == "A gathering has changed"
    assert "13:00 to 15:30" in mail.get_body(("plain",)).get_content()
    his.reload()
    with his.expect_download() as taken:
        his.get_by_role("link", name="A file for your calendar").click()
    moved = event_in(taken.value)
    assert (moved["uid"], moved["sequence"]) == (first["uid"], 1)
    assert first.decoded("dtstart") - moved.decoded("dtstart") == timedelta(hours=1)


def event_in(download):
    with open(download.path(), "rb") as file:
        (event,) = Calendar.from_ical(file.read()).walk("VEVENT")
    return event
