"""What members add to stories, by hand in a real browser: each of these also works without JavaScript."""

import pytest

from members.tests.factories import PASSWORD, MemberFactory, ModeratorFactory, sign_in_staff
from stories.models import Experiment, FollowUp, OrganisationResponse, Response, Story
from stories.tests.contributing import heard_by_organisations, known_member, published
from systemschange.tests.chromium import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def person(browse, client, live_server):
    """A browser in which this member is signed in."""

    def of(member, *, desk=False, **options):
        page = browse(**options)
        sign_in_staff(client, member) if desk else client.force_login(member)
        sign_in(page, client, live_server)
        return page

    return of


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


def approve_what_waits(desk):
    desk.goto("/admin/")
    follow(desk, "Read what was added")
    press(desk, "Approve")
    desk.get_by_text("Nothing to decide").wait_for()


def test_a_teller_says_six_months_later_that_it_stalled(person):
    story = published(outcome="going")
    teller = person(story.author, javascript=False, **PHONE)
    teller.goto(f"/stories/{story.slug}/draft/")
    follow(teller, "Add what has happened since")
    press(teller, "Send it")
    teller.get_by_role("link", name="Enter what has happened since").wait_for()
    teller.locator("#id_text").fill("The desk has a new lead, and the calls stopped.")
    teller.get_by_label("Stalled").check()
    teller.locator("#id_period_year").fill("2026")
    press(teller, "Send it")
    teller.get_by_text("With a moderator: only you see it").wait_for()
    approve_what_waits(person(ModeratorFactory(), desk=True))
    teller.goto(story.get_absolute_url())
    teller.get_by_text("Where is it now? Stalled, since 2026").wait_for()
    teller.get_by_text("First told as: still going.").wait_for()
    assert FollowUp.objects.get().is_live


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_somebody_signed_out_on_a_phone_says_that_it_did_not_work_for_them(browse, javascript):
    story = published()
    known_member(email="kim@example.org")
    phone = browse(javascript=javascript, **PHONE)
    phone.goto(story.get_absolute_url())
    follow(phone, "I tried this too")
    phone.get_by_label("What did you do differently?").fill("We rang on a Friday.")
    phone.get_by_label("What happened?").fill("Nobody picks up on a Friday.")
    phone.get_by_label("It did not work").check()
    phone.locator("#id_place").select_option("salford")
    press(phone, "Send it")
    phone.locator("main").get_by_role("link", name="Sign in").click()
    phone.locator("#id_login").fill("kim@example.org")
    phone.locator("#id_password").fill(PASSWORD)
    press(phone, "Sign in")
    phone.get_by_text("It stands beside the story now.").wait_for()
    assert Experiment.objects.get().is_live
    visitor = browse(javascript=javascript, **PHONE)
    visitor.goto(story.get_absolute_url())
    visitor.get_by_text("Nobody picks up on a Friday.").wait_for()
    assert "Salford" not in visitor.content()


def test_a_teller_closes_responses(person):
    story = published()
    reader = person(known_member(), javascript=False)
    reader.goto(story.get_absolute_url())
    follow(reader, "Write a response")
    reader.locator("#id_text").fill("We borrowed your slip of paper.")
    reader.get_by_label("My role", exact=True).check()
    press(reader, "Send it")
    reader.get_by_text("We borrowed your slip of paper.").wait_for()
    teller = person(story.author, javascript=False)
    teller.goto(f"/stories/{story.slug}/draft/")
    follow(teller, "Choose who may respond")
    teller.get_by_label("No, and do not show what is there").check()
    press(teller, "Save")
    reader.goto(story.get_absolute_url())
    assert "We borrowed your slip" not in reader.content()
    assert reader.get_by_role("link", name="Write a response").count() == 0
    assert Response.objects.get(story=story).is_live


def test_an_organisation_answers_and_stands_apart(person, browse):
    story = heard_by_organisations()
    writer = person(MemberFactory(last_name="Quillfeather"), javascript=False, **PHONE)
    writer.goto(story.get_absolute_url())
    follow(writer, "Answer for yours")
    writer.locator("#id_organisation").fill("Northside Homes")
    writer.get_by_label("We are looking into it").check()
    writer.locator("#id_text").fill("The letters come from a supplier. We have asked.")
    press(writer, "Send it")
    approve_what_waits(person(ModeratorFactory(), desk=True))
    visitor = browse()
    visitor.goto(story.get_absolute_url())
    visitor.get_by_role("heading", name="Northside Homes").wait_for()
    assert "Quillfeather" not in visitor.content()
    assert OrganisationResponse.objects.get().is_live
    Story.objects.filter(pk=story.pk).update(organisations_may_respond=False)
    visitor.goto(story.get_absolute_url())
    assert "Northside Homes" not in visitor.content()
