"""In a real browser: staff prepare a letter, send it, pause it and see it go; a member chooses a day and leaves."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from digests import draining, planning
from digests.models import Issue, Wishes
from members.models import Profile
from members.tests.factories import EditorFactory, MemberFactory, send_mail, sign_in_staff
from stories import search
from stories.models import Story
from stories.tests.factories import StoryFactory
from systemschange.tests.chromium import axe_findings, sign_in, watch

pytestmark = pytest.mark.long
PAIRS = [("housing", "police"), ("education", "council"), ("mental-health", "police"), ("housing", "education")]
FRAME = "iframe"


@pytest.fixture
def told(transactional_db):
    """Stories enough for a letter, a day old."""
    yesterday = timezone.now() - timedelta(days=1)
    fields = {"audience": "members", "live": True, "first_published_at": yesterday}
    for number, pair in enumerate(PAIRS):
        story = StoryFactory(title=f"Keys in drawer {number}", boundaries=pair, **fields)
        search.refresh(Story.objects.get(pk=story.pk))
    return list(Story.objects.order_by("pk"))


@pytest.fixture
def readers(told):
    """Asha has read the first story, Ben none."""
    asha, ben = (MemberFactory(first_name=name, profile__weekly_letter=True) for name in ("Asha", "Ben"))
    asha.readings.create(story=told[0], read_at=timezone.now())
    return asha, ben


def preview_of(page, name):
    page.goto("/admin/letter/preview/")
    page.get_by_label("Name, or a whole e-mail address").fill(name)
    page.get_by_role("button", name="Find them").click()
    page.get_by_role("link", name=name, exact=True).click()
    return page.frame_locator(FRAME)


def test_staff_prepare_a_letter_send_it_pause_it_and_see_it_go(browse, live_server, readers, mailbox):
    asha, ben = readers
    staff, page = EditorFactory(first_name="Edith"), browse()
    sign_in(page, sign_in_staff(Client(), staff), live_server)
    wrong = watch(page, live_server)
    page.goto("/admin/letter/")
    page.get_by_label("A note from the team").fill("See you in Leeds.")
    page.get_by_role("button", name="Keep the note and the question").click()
    expect(page.get_by_text("Kept for the next letter.")).to_be_visible()

    hers = preview_of(page, "Asha")
    expect(hers.get_by_text("See you in Leeds.")).to_be_visible()
    expect(hers.get_by_role("link", name="Keys in drawer 1")).to_be_visible()
    expect(hers.get_by_text("Keys in drawer 0")).to_have_count(0)
    his = preview_of(page, "Ben")
    expect(his.get_by_role("link", name="Keys in drawer 0")).to_be_visible()

    page.goto("/admin/letter/")
    page.get_by_role("button", name="Send a test to me").click()
    expect(page.get_by_text("A test is on its way to you")).to_be_visible()
    send_mail()
    [test] = mailbox.to(staff.email)
    assert test["Subject"].startswith("Test: ")
    assert "See you in Leeds." in test.get_body(("plain",)).get_content()

    page.get_by_role("link", name="Send now").click()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("The letter is on its way.")).to_be_visible()
    sent = page.locator("[data-figure=sent]")
    expect(sent).to_have_text("0")
    draining.drain(limit=1)
    expect(sent).to_have_text("1", timeout=15_000)  # by itself
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("It is paused.")).to_be_visible()
    assert draining.drain() == 0
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("It goes on.")).to_be_visible()
    assert draining.drain() == 1
    expect(page.locator("strong", has_text="Gone")).to_be_visible(timeout=15_000)
    expect(sent).to_have_text("2")
    assert [len(mailbox.to(member.email)) for member in readers] == [1, 1]
    assert axe_findings(page, ".moderation") == []
    assert wrong == []


def test_a_member_chooses_a_day_looks_ahead_and_leaves_from_the_mail(browse, live_server, readers, mailbox):
    asha, _ = readers
    page, client = browse(), Client()
    client.force_login(asha)
    sign_in(page, client, live_server)
    wrong = watch(page, live_server)
    page.goto("/letter/")
    page.get_by_label("On which day?").select_option("Monday")
    page.get_by_text("The time of day, and whose clock").click()
    page.get_by_label("At what time?").select_option("6:30 pm")
    page.get_by_role("button", name="Keep my answers").click()
    expect(
        page.get_by_role("main")
        .get_by_text(re.compile("next letter comes on Monday .* half past six in the evening"))
        .first
    ).to_be_visible()
    page.get_by_role("link", name="See what would be in it now").click()
    mail = page.frame_locator(FRAME)
    expect(mail.get_by_role("link", name="Keys in drawer 1")).to_be_visible()
    assert wrong == []

    draft = Issue.objects.next_draft(timezone.now())
    planning.hurry(draft, prepared=draft.pk, now=timezone.now())
    draining.drain()
    [letter] = mailbox.to(asha.email)
    way_out = letter["List-Unsubscribe"].strip("<> \n").removeprefix(settings.SITE_URL)
    assert way_out in letter.get_body(("plain",)).get_content().replace("\n", "")
    page.goto("/letter/last/")
    expect(page.get_by_role("link", name="Keys in drawer 1")).to_be_visible()

    stranger = browse()
    stranger.goto(way_out)
    assert Profile.objects.get(user=asha).weekly_letter is True
    stranger.get_by_role("button", name="Leave the weekly letter").click()
    expect(stranger.get_by_role("heading", name="You will get no more weekly letters")).to_be_visible()
    assert Profile.objects.get(user=asha).weekly_letter is False
    stranger.get_by_role("button", name="Once a month instead").click()
    expect(stranger.get_by_role("heading", name="You will get a letter once a month")).to_be_visible()
    assert Profile.objects.get(user=asha).weekly_letter is True
    assert Wishes.objects.get(member=asha).rhythm == "monthly"


def test_without_javascript_staff_see_how_far_it_has_come_by_asking_again(browse, live_server, readers):
    page = browse(javascript=False)
    sign_in(page, sign_in_staff(Client(), EditorFactory()), live_server)
    draft = Issue.objects.next_draft(timezone.now())
    planning.hurry(draft, prepared=draft.pk, now=timezone.now())
    page.goto(f"/admin/letter/{draft.week}/")
    expect(page.locator("[data-figure=sent]")).to_have_text("0")
    draining.drain(limit=1)
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("[data-figure=sent]")).to_have_text("1")
