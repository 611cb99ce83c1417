"""The mailing list: what somebody without an account may choose, and what then comes to them."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from digests import reader_mails, readers
from digests.models import Subscriber, Subscription
from digests.tests.test_readers import ADDRESS, UNSUBSCRIBE, crossing, plain, subscribed, tell, titles, told, whole
from members import suppressing
from members.models import Notice
from members.suppressing import Reason
from members.tests.factories import send_mail
from practices.models import Place
from reports.models import ReportPage
from reports.tests.factories import ReportFactory

pytestmark = pytest.mark.django_db

PAGE = "/mailing-list/"
Kind = Subscription.Kind
CROSSING = {"list": "crossing", "a": "mental-health", "b": "housing"}


def join(client, **typed):
    return client.post(PAGE, {"address": ADDRESS, **typed})


def report(world, title, **fields):
    """One that goes live a minute later."""
    world.now += timedelta(minutes=1)
    page = ReportFactory(title=title, introduction="Two sentences.", **fields)
    ReportPage.objects.filter(pk=page.pk).update(first_published_at=world.now)
    return page


def way_out(message):
    return message["List-Unsubscribe"].strip().strip("<>").removeprefix("http://testserver")


# --- Choosing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ({"list": "letter"}, lambda: Kind.LETTER),
        ({"list": "reports"}, lambda: Kind.REPORTS),
        (CROSSING, crossing),
        ({"list": "place", "place": "salford"}, lambda: Place.objects.get(slug="salford")),
        ({**CROSSING, "list": "letter", "place": "salford"}, lambda: Kind.LETTER),
    ],
)
def test_what_is_chosen_counts_once_it_is_confirmed(client, mailbox, typed, about):
    assert join(client, **typed)["Location"] == "/letter/new-stories/"
    assert not Subscription.objects.confirmed().exists()
    send_mail()
    link = re.search(r"http://testserver(/letter/new-stories/confirm/\S+)", plain(mailbox.to(ADDRESS)[0]))[1]
    Client(enforce_csrf_checks=True).post(link)
    assert [one.about for one in Subscription.objects.confirmed().with_words()] == [about()]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "Choose what you want to hear of"),
        ({"list": "everything"}, "Choose what you want to hear of"),
        ({"list": "crossing"}, "Choose two services"),
        ({"list": "crossing", "a": "housing"}, "Choose two services"),
        ({"list": "crossing", "a": "housing", "b": "housing"}, "Choose two different services"),
        ({"list": "crossing", "a": "housing", "b": "nothing"}, "Choose a service from the list"),
        ({"list": "place"}, "Choose a place"),
        ({"list": "place", "place": "nowhere"}, "Choose a place from the list"),
        ({"list": "letter", "address": "rita"}, "Enter an e-mail address in the form name@example.org"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_kept(client, typed, error):
    page = join(client, **typed)
    assert error in page.text
    assert not Subscriber.objects.exists()


def test_a_report_leads_to_its_list_already_chosen(client):
    ReportFactory(title="What we heard")
    for address in ("/reports/", ReportPage.objects.get(title="What we heard").url):
        assert f"{PAGE}?list=reports" in client.get(address).text
    page = client.get(f"{PAGE}?list=reports").text
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["reports"]
    assert " checked" not in client.get(f"{PAGE}?list=nothing").text
    assert not Subscriber.objects.exists()


def test_front_page_and_footer_lead_there(client):
    assert client.get("/").text.count(f'href="{PAGE}"') == 2


@pytest.mark.parametrize("reason", Reason)
def test_an_address_that_is_left_alone_is_never_asked(client, mailbox, reason):
    suppressing.suppress(ADDRESS, reason=reason, now=timezone.now())
    known, unknown = join(client, list="letter"), join(client, list="letter", address="new@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    send_mail()
    assert not Subscriber.objects.filter(address=ADDRESS).exists()
    assert [message["To"] for message in mailbox.messages] == ["new@example.org"]


@pytest.mark.parametrize("reason", [Reason.BOUNCED, Reason.COMPLAINED])
def test_an_address_that_bounces_or_complains_is_forgotten(world, mailbox, reason):
    subscribed(world)
    subscribed(world, address="other@example.org")
    readers.subscribe(address=ADDRESS, about=Kind.LETTER, now=world.now)
    suppressing.suppress(ADDRESS.upper(), reason=reason, now=world.now)
    assert list(Subscriber.objects.values_list("address", flat=True)) == ["other@example.org"]
    assert not Notice.objects.filter(to=ADDRESS).exists()
    told(world)
    tell(world)
    assert mailbox.to(ADDRESS) == []


def test_each_list_is_there_once_and_holds_what_it_is_about(world):
    subscriber = subscribed(world, about=Kind.REPORTS)
    place = Place.objects.get(slug="salford")
    broken = [
        {"kind": Kind.REPORTS},
        {"kind": Kind.LETTER, "place": place},
        {"kind": Kind.PLACE},
        {"kind": Kind.CROSSING, "place": place},
        {"kind": Kind.PLACE, "a": crossing().a, "b": crossing().b},
        {"kind": "other"},
    ]
    for fields in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.create(subscriber=subscriber, asked_at=world.now, **fields)


# --- Hearing ----------------------------------------------------------------------------------------------------------


def test_the_public_letter_brings_what_opened_to_everybody_and_nothing_else(world, mailbox):
    told(world, title="Title before")
    subscribed(world, about=Kind.LETTER)
    told(world, title="Title one")
    told(world, title="Title two", boundaries=["police"])
    told(world, title="Title members", audience="members")
    told(world, title="Title draft", stage="draft")
    report(world, "A report")
    report(world, "A draft report", live=False)
    for _ in range(3):
        tell(world)
    (message,) = mailbox.to(ADDRESS)
    assert titles(message) == ["Title two", "Title one"]
    assert message["Subject"] == "2 new stories and 1 new report"
    assert "A report" in plain(message)
    assert "draft" not in whole(message).lower()
    assert "members" not in plain(message)


def test_report_news_brings_reports_and_no_story(world, mailbox):
    report(world, "Old report")
    subscribed(world, about=Kind.REPORTS)
    told(world, title="Title one")
    tell(world)
    assert mailbox.messages == []
    report(world, "New report")
    ReportPage.objects.filter(title="Old report").update(last_published_at=world.now)
    for _ in range(9):
        tell(world, days=1)
    (message,) = mailbox.to(ADDRESS)
    assert message["Subject"] == "1 new report"
    assert "New report" in plain(message)
    assert "Old report" not in plain(message)
    assert titles(message) == []


def test_a_report_that_was_taken_down_is_not_sent(world, mailbox):
    subscribed(world, about=Kind.REPORTS)
    report(world, "Mistake").unpublish()
    tell(world)
    assert mailbox.messages == []


def test_who_asks_for_everything_twice_over_reads_each_thing_once(world, mailbox):
    subscribed(world, about=Kind.LETTER)
    subscribed(world, about=Kind.REPORTS)
    subscribed(world)
    told(world, title="Title one")
    report(world, "A report")
    tell(world)
    tell(world, days=8)
    (message,) = mailbox.to(ADDRESS)
    assert titles(message) == ["Title one"]
    assert plain(message).count("A report:") == 1


def test_a_sensitive_story_is_a_link_and_no_more_in_the_public_letter(world, mailbox):
    subscribed(world, about=Kind.LETTER)
    told(world, title="Canary", summary="Canary", boundaries=["housing", "domestic-abuse"], byline="name")
    tell(world)
    (message,) = mailbox.to(ADDRESS)
    assert "A story to read on the site" in plain(message)
    assert "canary" not in whole(message).lower()
    assert "abuse" not in whole(message).lower()


# --- Leaving ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "list_id"),
    [
        (lambda: Kind.REPORTS, "Systems Change reports <reports.testserver>"),
        (lambda: Kind.LETTER, "Systems Change public letter <public-letter.testserver>"),
        (crossing, "Systems Change new stories <new-stories.testserver>"),
        (lambda: Place.objects.get(slug="salford"), "Systems Change new stories <new-stories.testserver>"),
    ],
)
def test_a_mail_says_which_list_it_is_of_and_never_which_services_or_place(world, mailbox, about, list_id):
    subscribed(world, about=about())
    told(world, byline="name", place="salford")
    report(world, "A report")
    tell(world)
    (message,) = mailbox.to(ADDRESS)
    assert message["List-Id"] == list_id
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_mail_programs_button_leaves_the_one_list_that_the_mail_is_about(world, mailbox):
    salford = Place.objects.get(slug="salford")
    subscriber = subscribed(world, about=Kind.REPORTS)
    subscribed(world, about=salford)
    report(world, "A report")
    tell(world)
    (message,) = mailbox.to(ADDRESS)
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert strict.get(way_out(message)).text.count("<button") == 1
        assert subscriber.subscriptions.count() == 2
    for _ in range(2):
        response = strict.post(way_out(message), UNSUBSCRIBE[0], content_type=UNSUBSCRIBE[1])
        assert (response.status_code, response.cookies) == (200, {})
        assert [one.about for one in subscriber.subscriptions.with_words()] == [salford]


def test_a_mail_about_several_lists_is_left_whole_and_names_the_way_out_of_each(world, mailbox):
    subscribed(world, about=Kind.LETTER)
    subscribed(world, about=Kind.REPORTS)
    report(world, "A report")
    tell(world)
    (message,) = mailbox.to(ADDRESS)
    lines = re.findall(r"^(Leave [^:]+):", plain(message), re.MULTILINE)
    assert lines == ["Leave only the public letter", "Leave only new reports", "Leave all of these mails"]
    Client().post(way_out(message))
    assert not Subscriber.objects.exists()


def test_leaving_one_list_leaves_the_other(world):
    subscriber = subscribed(world, about=Kind.LETTER)
    subscribed(world, about=Kind.REPORTS)
    letter = subscriber.subscriptions.get(kind=Kind.LETTER)
    page = Client().post(f"/letter/new-stories/leave-one/{reader_mails.leave_one_signer.sign(letter.key)}/")
    assert "You will get no more of this one" in page.text
    assert [one.kind for one in subscriber.subscriptions.all()] == [Kind.REPORTS]
