"""How members say whether, how often and when they want the letter."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from digests import planning, said, when, wishing
from digests.models import Delivery, Issue, Wishes
from members.models import Profile, User
from members.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db
LETTER = "/letter/"
FRIDAY = datetime(2030, 1, 11, 9, tzinfo=UTC)
EVERY = {"rhythm": "monthly", "weekday": "0", "words": "none", "at": "18:30", "zone": "Europe/Paris"}


def wish(member):
    return Profile.objects.get(user=member).weekly_letter


def row_of(member):
    return Wishes.objects.get(member=member)


def had(member, week):
    issue = Issue.objects.create(week=week, state=Issue.State.DONE, began_at=FRIDAY)
    return issue.deliveries.create(member=member, state=Delivery.State.SENT, due_at=FRIDAY, planned_at=FRIDAY)


# --- The form ---------------------------------------------------------------------------------------------------------


def test_signed_out_one_is_asked_to_sign_in(client):
    for name in ("", "last/", "archive/", "archive/2026-11-26/", "preview/", "preview/mail/"):
        assert client.get(LETTER + name).status_code == 302


@pytest.mark.parametrize(("answer", "wanted"), [("yes", True), ("no", False)])
@pytest.mark.parametrize("before", [None, True, False])
def test_a_page_that_asks_no_more_than_yes_or_no_is_answered(client, answer, wanted, before):
    member = MemberFactory(profile__weekly_letter=before)
    client.force_login(member)
    response = client.post(LETTER, {"weekly_letter": answer, "is_staff": "1"}, follow=True)
    assert wish(member) is wanted
    assert response.redirect_chain == [(LETTER, 302)]
    row = row_of(member)
    assert (row.rhythm, row.weekday, row.at, row.content_free) == ("weekly", 3, time(7, 30), False)


def test_every_answer_is_kept_and_shown_again(client):
    member = MemberFactory()
    client.force_login(member)
    response = client.post(LETTER, {"weekly_letter": "yes", **EVERY}, follow=True)
    row = row_of(member)
    assert (row.rhythm, row.weekday, row.at, row.content_free) == ("monthly", 0, time(18, 30), True)
    assert User.objects.get(pk=member.pk).time_zone == "Europe/Paris"
    assert response.context["form"].initial == {"weekly_letter": "yes", **EVERY, "weekday": 0}


def test_what_is_not_answered_stays(client):
    member = MemberFactory(profile__weekly_letter=True)
    client.force_login(member)
    client.post(LETTER, {"weekly_letter": "yes", **EVERY})
    client.post(LETTER, {"weekly_letter": "no"})
    row = row_of(member)
    assert (row.rhythm, row.weekday, row.at, row.content_free) == ("monthly", 0, time(18, 30), True)


@pytest.mark.parametrize(
    ("typed", "said_back"),
    [
        ({}, "Choose yes or no"),
        ({"weekly_letter": ""}, "Choose yes or no"),
        ({"weekly_letter": "maybe"}, "Choose yes or no"),
        ({"weekly_letter": "a" * 9999}, "Choose yes or no"),
        ({"weekly_letter": "yes", "rhythm": "daily"}, "Choose how often it comes"),
        ({"weekly_letter": "yes", "weekday": "7"}, "Choose a day of the week"),
        ({"weekly_letter": "yes", "weekday": ""}, "Choose a day of the week"),
        ({"weekly_letter": "yes", "words": "some"}, "Choose what the mail may show"),
        ({"weekly_letter": "yes", "at": "03:00"}, "Choose a time from the list"),
        ({"weekly_letter": "yes", "zone": "Mars/Base"}, "Choose a clock from the list"),
    ],
)
def test_a_strange_answer_is_asked_about_and_changes_nothing(client, typed, said_back):
    member = MemberFactory()
    client.force_login(member)
    response = client.post(LETTER, typed)
    assert said_back in response.text
    assert "<title>Error: Weekly letter" in response.text
    assert wish(member) is None
    assert not Wishes.objects.exists()


def test_what_stands_folded_away_is_opened_where_it_is_wrong(client):
    client.force_login(MemberFactory())
    assert '<details class="disclosure">' in client.get(LETTER).text
    assert '<details class="disclosure" open>' in client.post(LETTER, {"weekly_letter": "yes", "at": "x"}).text


def test_yes_or_no_is_chosen_for_nobody_who_was_never_asked(client):
    client.force_login(MemberFactory())
    form = client.get(LETTER).context["form"]
    assert form.initial["weekly_letter"] is None


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        ("asha@leeds.nhs.uk", "none"),
        ("asha@salford.gov.uk", "none"),
        ("asha@GMP.Police.UK", "none"),
        ("asha@york.ac.uk", "none"),
        ("asha@example.org", "all"),
        ("asha@nhs.uk.example.org", "all"),
    ],
)
def test_a_work_address_is_proposed_a_mail_without_words(client, address, chosen):
    client.force_login(MemberFactory(email=address))
    response = client.get(LETTER)
    assert response.context["form"].initial["words"] == chosen
    assert ("Yours is a work address" in response.text) is (chosen == "none")


def test_whoever_has_answered_is_proposed_nothing(client):
    member = MemberFactory(email="asha@leeds.nhs.uk")
    client.force_login(member)
    client.post(LETTER, {"weekly_letter": "yes", "words": "all"})
    response = client.get(LETTER)
    assert response.context["form"].initial["words"] == "all"
    assert "Yours is a work address" not in response.text


def test_yes_alone_from_a_work_address_is_a_letter_without_words(client):
    member = MemberFactory(email="asha@leeds.nhs.uk")
    client.force_login(member)
    client.post(LETTER, {"weekly_letter": "yes"})
    assert row_of(member).content_free is True


def test_somebody_who_waits_can_ask_for_it_already(client):
    waiting = UserFactory()
    client.force_login(waiting)
    client.post(LETTER, {"weekly_letter": "yes"})
    assert wish(waiting) is True


def test_a_strangers_post_without_its_token_is_refused():
    member = MemberFactory()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    assert strict.post(LETTER, {"weekly_letter": "yes"}).status_code == 403
    assert wish(member) is None


def test_the_page_says_when_the_next_one_comes(client):
    member = MemberFactory()
    client.force_login(member)
    assert "Your next letter comes on" not in client.get(LETTER).text
    response = client.post(LETTER, {"weekly_letter": "yes", "weekday": "1", "at": "18:30"}, follow=True)
    moment = planning.next_moment(User.objects.get(pk=member.pk), now=timezone.now())
    assert f"Your next letter comes on Tuesday {moment.day} {moment:%B}, about half past six" in response.text


def test_the_page_says_how_much_one_follows_and_where_to_stop(client):
    member = MemberFactory(profile__weekly_letter=True)
    client.force_login(member)
    assert "nothing yet" in client.get(LETTER).text
    member.follows.create(query="q=keys", followed_at=FRIDAY, looked_at=FRIDAY)
    page = client.get(LETTER).text
    assert "1 thing." in page
    assert reverse("stories:following") in page


def test_the_page_of_the_mail_and_this_one_lead_to_each_other(client):
    client.force_login(MemberFactory())
    assert reverse("members:mail") in client.get(LETTER).text
    assert LETTER in client.get(reverse("members:mail")).text
    assert 'name="weekly_letter"' not in client.get(reverse("members:mail")).text


@pytest.mark.parametrize("delivery_count", [1, 3])
def test_the_page_takes_the_same_queries(client, django_assert_max_num_queries, delivery_count):
    member = MemberFactory(profile__weekly_letter=True)
    for number in range(delivery_count):
        had(member, date(2025, 1, 2) + number * when.WEEK)
    client.force_login(member)
    client.get(LETTER)
    with django_assert_max_num_queries(12):
        client.get(LETTER)


# --- The verb ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "chosen", "moved"),
    [
        (None, {"wants": True}, True),
        (False, {"wants": True}, True),
        (True, {"wants": True}, False),
        (True, {"wants": True, "content_free": True}, False),
        (True, {"wants": True, "weekday": 0}, True),
        (True, {"wants": True, "at": time(9)}, True),
        (True, {"wants": True, "zone": "Europe/Paris"}, True),
        (True, {"wants": True, "zone": "Europe/London"}, False),
        (True, {"wants": True, "rhythm": "monthly"}, True),
        (True, {"wants": False}, False),
    ],
)
def test_nothing_that_was_due_before_they_said_so_comes_after_all(before, chosen, moved):
    member = MemberFactory(profile__weekly_letter=before)
    earlier = FRIDAY - timedelta(days=30)
    Wishes.objects.create(member=member, since=earlier)
    wishing.choose(member, now=FRIDAY, **chosen)
    assert row_of(member).since == (FRIDAY if moved else earlier)


def test_without_a_row_it_begins_now():
    member = MemberFactory(profile__weekly_letter=True)
    wishing.choose(member, now=FRIDAY, wants=True)
    assert row_of(member).since == FRIDAY


@pytest.mark.parametrize("days", range(14))
@pytest.mark.parametrize("weekday", [3, 0])
def test_a_fortnight_is_laid_so_that_the_next_week_has_a_letter(days, weekday):
    member = MemberFactory(profile__weekly_letter=True)
    now = FRIDAY + timedelta(days=days)
    wishing.choose(member, now=now, wants=True, rhythm="fortnightly", weekday=weekday)
    comes = planning.next_moment(member, now=now)
    assert timedelta(0) < comes - now <= timedelta(days=7)
    assert comes.weekday() == weekday


def test_a_fortnight_is_not_laid_into_the_week_that_they_had():
    member = MemberFactory(profile__weekly_letter=True)
    had(member, date(2030, 1, 10))
    wishing.choose(member, now=FRIDAY, wants=True, rhythm="fortnightly", weekday=0)
    assert row_of(member).fortnight == when.fortnight_of(date(2030, 1, 17))
    assert planning.next_moment(member, now=FRIDAY).date() == date(2030, 1, 21)


def test_another_day_or_hour_leaves_the_fortnight_where_it_was():
    member = MemberFactory(profile__weekly_letter=True)
    wishing.choose(member, now=FRIDAY, wants=True, rhythm="fortnightly")
    before = row_of(member).fortnight
    for days in (7, 14):
        later = {"now": FRIDAY + timedelta(days=days), "at": time(9 + days // 7)}
        wishing.choose(member, wants=True, rhythm="fortnightly", **later)
        assert row_of(member).fortnight == before


def test_coming_back_after_a_while_begins_another_fortnight():
    member = MemberFactory(profile__weekly_letter=True)
    wishing.choose(member, now=FRIDAY, wants=True, rhythm="fortnightly")
    before = row_of(member).fortnight
    wishing.choose(member, now=FRIDAY, wants=False)
    wishing.choose(member, now=FRIDAY + when.WEEK, wants=True)
    assert row_of(member).fortnight != before


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 12, 3, 7, 30), "Thursday 3 December, about half past seven"),
        (datetime(2026, 12, 4, 9, 0), "Friday 4 December, about nine"),
        (datetime(2026, 12, 5, 12, 0), "Saturday 5 December, about twelve in the afternoon"),
        (datetime(2026, 12, 6, 15, 30), "Sunday 6 December, about half past three in the afternoon"),
        (datetime(2026, 12, 7, 20, 0), "Monday 7 December, about eight in the evening"),
    ],
)
def test_days_and_hours_are_said_as_people_say_them(moment, words):
    assert said.comes(moment) == words


@pytest.mark.parametrize(("at", "words"), [(time(7), "7:00 am"), (time(12, 30), "12:30 pm"), (time(20), "8:00 pm")])
def test_hours_to_choose_are_said_by_the_clock(at, words):
    assert said.clock(at) == words
