"""Readers without an account: they ask, confirm, hear once a week at most, and leave."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from digests import reader_mails, readers, tasks
from digests.models import Subscriber, Subscription
from digests.names import leave_signer
from digests.tests.conftest import WEEK
from digests.tests.relays import Relay
from members import outbox, suppressing
from members.models import Notice
from members.tests.factories import MemberFactory, ModeratorFactory, send_mail
from practices.models import Boundary, Crossing, Place
from stories import actions as telling
from stories.models import Story

pytestmark = pytest.mark.django_db

KEPT = Path(__file__).parent / "emails"
CROSSING, PLACE = "/crossings/housing--mental-health/subscribe/", "/places/salford/subscribe/"
ADDRESS = "rita@example.org"
UNSUBSCRIBE = ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")


def crossing(*slugs):
    return Crossing.of(*Boundary.objects.filter(slug__in=slugs or ["housing", "mental-health"]))


def subscribed(world, *, address=ADDRESS, about=None):
    """Asked and confirmed now."""
    about = about or crossing()
    readers.subscribe(address=address, about=about, now=world.now)
    subscriber = Subscriber.objects.get(address=address)
    readers.confirm(subscriber.subscriptions.get(**Subscription.to(about)).key, now=world.now)
    return subscriber


def told(world, **fields):
    """A story that opens now, a minute after whatever was before."""
    world.now += timedelta(minutes=1)
    story = world.story(**{"audience": "public", **fields})
    Story.objects.filter(pk=story.pk).update(first_published_at=world.now, last_published_at=world.now)
    return story


def tell(world, **later):
    world.now += timedelta(**later)
    readers.tell(clock=world.clock)


def plain(message):
    return message.get_body(("plain",)).get_content()


def whole(message):
    return "\n".join([str(message), *(part.get_content() for part in message.walk() if not part.is_multipart())])


def titles(message):
    return re.findall(r"^Title.*", plain(message), re.MULTILINE)


# --- Asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [CROSSING, PLACE])
def test_whoever_asks_is_sent_one_mail_and_nothing_counts_before_its_button(client, mailbox, address):
    assert client.post(address, {"address": "Rita@Example.org"})["Location"] == "/letter/new-stories/"
    send_mail()
    (message,) = mailbox.to(ADDRESS)
    link = re.search(r"http://testserver(/letter/new-stories/confirm/\S+)", plain(message))[1]
    for method in (client.get, client.head):
        assert method(link).status_code == 200
    assert client.get(link).text.count("<button") == 1
    assert not Subscription.objects.confirmed().exists()
    assert Subscriber.objects.get().due_at is None
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = strict.post(link)
        assert "by mail</h1>" in response.text
        assert response.cookies == {}
    assert Subscription.objects.confirmed().count() == 1


def test_the_answer_is_the_same_for_every_address(client, world):
    MemberFactory(email="member@example.org")
    subscribed(world, address="known@example.org")
    answers = [client.post(CROSSING, {"address": f"{name}@example.org"}) for name in ("new", "known", "member", "new")]
    assert len({(answer.status_code, answer["Location"], answer.content) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "Enter your e-mail address"),
        ("rita", "Enter an e-mail address in the form name@example.org"),
        ("a\x00b@example.org", "Enter it without signs that cannot be shown"),
        ("x" * 60_000 + "@example.org", "Enter an e-mail address of 254 characters or fewer"),
        ("rita@example.org\nBcc: all@example.org", "Enter an e-mail address in the form name@example.org"),
    ],
)
def test_what_is_no_address_is_asked_about_and_kept(client, typed, error):
    page = client.post(CROSSING, {"address": typed})
    assert error in page.text
    assert typed[:40].split("\n")[0].replace("\x00", "") in page.text.replace("\x00", "")
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("address", ["/crossings/housing--nothing/subscribe/", "/places/nothing/subscribe/"])
def test_nobody_subscribes_to_what_is_not_there(client, address):
    assert client.get(address).status_code == client.post(address, {"address": ADDRESS}).status_code == 404


def test_asking_again_and_again_writes_once_an_hour_and_no_more_than_five_times_a_day(world):
    for _ in range(3):
        readers.subscribe(address=ADDRESS, about=crossing(), now=world.now)
    assert Notice.objects.count() == 1
    readers.subscribe(address=ADDRESS, about=crossing(), now=world.now + timedelta(hours=2))
    assert Notice.objects.count() == 2
    for place in Place.objects.all()[:9]:
        readers.subscribe(address=ADDRESS, about=place, now=world.now + timedelta(hours=3))
    assert Notice.objects.count() == 2 + 4


def test_one_network_cannot_ask_for_ever(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "subscribe": "2/h/ip"}
    pages = [client.post(CROSSING, {"address": f"a{number}@example.org"}, follow=True) for number in range(3)]
    assert ["Wait an hour" in page.text for page in pages] == [False, False, True]
    assert "a2@example.org" in pages[2].text
    assert Subscriber.objects.count() == 2


def test_a_confirmed_subscriber_who_asks_again_is_sent_nothing(world):
    subscribed(world)
    readers.subscribe(address=ADDRESS.upper(), about=crossing(), now=world.now + WEEK)
    assert (Notice.objects.count(), Subscriber.objects.count()) == (1, 1)


def test_who_never_confirms_is_forgotten_after_three_days_and_others_are_not(world):
    kept = subscribed(world)
    readers.subscribe(address="gone@example.org", about=crossing(), now=world.now)
    readers.subscribe(address=ADDRESS, about=crossing("police", "housing"), now=world.now)
    readers.clear(now=world.now + timedelta(days=2, hours=23))
    assert Subscriber.objects.count() == 2
    readers.clear(now=world.now + timedelta(days=3, seconds=1))
    assert list(Subscriber.objects.all()) == [kept]
    assert [subscription.about for subscription in kept.subscriptions.with_words()] == [crossing()]
    assert not Notice.objects.filter(to="gone@example.org").exists()


def test_an_ended_or_forged_link_confirms_nothing(client, world):
    readers.subscribe(address=ADDRESS, about=crossing(), now=world.now)
    key = Subscription.objects.get().key
    token = reader_mails.confirm_signer.sign(key)
    for forged in [key, f"{key}.x", token[:-1], reader_mails.leave_signer.sign(key), leave_signer.sign(key)]:
        address = f"/letter/new-stories/confirm/{forged}/"
        assert client.get(address).status_code == client.post(address).status_code == 404
    readers.clear(now=world.now + timedelta(days=4))
    assert "That link has ended" in client.post(f"/letter/new-stories/confirm/{token}/").text


def test_a_sensitive_crossing_is_named_in_no_mail(world, mailbox):
    subscribed(world, about=crossing("housing", "domestic-abuse"))
    told(world, title="Canary", summary="Canary", boundaries=["housing", "domestic-abuse"], byline="name")
    outbox.drain(clock=world.clock)
    tell(world)
    confirm, news = mailbox.to(ADDRESS)
    for message in (confirm, news):
        assert "abuse" not in whole(message).lower()
        assert "canary" not in whole(message).lower()
    assert Story.objects.get().get_absolute_url() in plain(news)


def test_the_database_keeps_what_a_subscription_is(world):
    subscriber = subscribed(world)
    broken = [
        Subscription(subscriber=subscriber, asked_at=world.now),
        Subscription(subscriber=subscriber, asked_at=world.now, **Subscription.to(crossing())),
        Subscription(subscriber=subscriber, asked_at=world.now, a=crossing().a),
        Subscriber(address=ADDRESS.upper()),
    ]
    for row in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


# --- Hearing ----------------------------------------------------------------------------------------------------------


def test_what_opens_after_they_confirmed_is_sent_once(world, mailbox):
    told(world, title="Title before")
    subscribed(world)
    told(world, title="Title one")
    told(world, title="Title elsewhere", boundaries=["police"])
    told(world, title="Title members", audience="members")
    for _ in range(3):
        tell(world)
    (message,) = mailbox.to(ADDRESS)
    assert titles(message) == ["Title one"]
    assert message["Subject"] == "1 new story"


def test_nothing_new_sends_nothing(world, mailbox):
    subscribed(world)
    for _ in range(30):
        tell(world, days=1)
    assert mailbox.messages == []


def test_at_most_one_mail_a_week_with_all_that_they_asked_for_and_nothing_twice(world, mailbox):
    subscribed(world)
    subscribed(world, about=Place.objects.get(slug="north-west"))
    told(world, title="Title both", place="north-west")
    tell(world)
    told(world, title="Title place", place="north-west", boundaries=["police"])
    for _ in range(6):
        tell(world, days=1)
    assert len(mailbox.messages) == 1
    tell(world, days=1)
    assert [titles(message) for message in mailbox.messages] == [["Title both"], ["Title place"]]


def test_down_for_three_weeks_sends_one_mail_with_everything(world, mailbox):
    subscribed(world)
    for number in range(3):
        told(world, title=f"Title {number}")
        world.now += WEEK
    tell(world)
    tell(world)
    (message,) = mailbox.messages
    assert titles(message) == ["Title 2", "Title 1", "Title 0"]


def test_a_story_that_opens_to_everybody_later_is_news_and_its_edit_is_not(world, mailbox):
    subscribed(world)
    world.now += timedelta(days=2)
    story = world.story(audience="members", title="Title widened")
    tell(world)
    assert mailbox.messages == []
    Story.objects.filter(pk=story.pk).update(audience="public", opened_at=world.now, last_published_at=world.now)
    tell(world, hours=7)
    assert [titles(message) for message in mailbox.messages] == [["Title widened"]]
    Story.objects.filter(pk=story.pk).update(last_published_at=world.now + timedelta(days=6))
    tell(world, days=8)
    assert len(mailbox.messages) == 1


def test_what_was_withdrawn_hidden_or_narrowed_is_not_sent(world, mailbox):
    subscribed(world)
    withdrawn, hidden, narrowed, _ = (told(world, title=f"Title {name}") for name in ("w", "h", "n", "stays"))
    telling.withdraw(withdrawn, by=withdrawn.author, now=world.now)
    telling.hide(hidden, by=hidden.author, now=world.now)
    telling.set_reach(narrowed, byline="role", audience="members", by=narrowed.author, now=world.now)
    tell(world)
    assert titles(mailbox.messages[0]) == ["Title stays"]


def test_a_council_areas_subscriber_hears_of_no_unnamed_story(world, mailbox):
    subscribed(world, about=Place.objects.get(slug="salford"))
    told(world, title="Title unnamed", byline="role", place="salford")
    told(world, title="Title named", byline="name", place="salford")
    tell(world)
    assert titles(mailbox.messages[0]) == ["Title named"]


def test_an_unnamed_teller_is_nowhere_in_the_mail(world, mailbox):
    subscribed(world)
    told(world, author=MemberFactory(first_name="Canaria", last_name="Canarson", email="canary@example.org"))
    tell(world)
    assert "canar" not in whole(mailbox.messages[0]).lower()


def test_a_relay_that_is_away_leaves_everything_for_the_next_time(world, mailbox, settings):
    subscribed(world)
    told(world, title="Title waits")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    tell(world)
    settings.EMAIL_PORT = port
    tell(world)
    assert [titles(message) for message in mailbox.messages] == [["Title waits"]]


def test_put_off_by_the_relay_they_get_the_same_later(world):
    subscriber = subscribed(world)
    told(world)
    claimed, mail = readers.start_next(now=world.now)
    assert (claimed, readers.start_next(now=world.now)) == (subscriber, (None, None))
    claimed.put_off("The relay put it off: 450", until=world.now + timedelta(minutes=15))
    again, same = readers.start_next(now=world.now + timedelta(minutes=16))
    assert again == subscriber
    assert same.extra_headers["Message-ID"] == mail.extra_headers["Message-ID"]


@pytest.mark.parametrize(("said", "is_there"), [("550 5.1.1 No such mailbox", False), ("550 5.7.1 Not from you", True)])
def test_an_address_without_a_mailbox_is_left_alone_from_the_first_refusal(world, settings, said, is_there):
    subscribed(world)
    told(world)
    with Relay(lambda stage, address: said if stage == "address" else None).listening() as relay:
        settings.EMAIL_PORT = relay.port
        tell(world)
    assert relay.count == {f"address: {said}": 1}
    assert Subscriber.objects.exists() == is_there
    assert suppressing.is_suppressed(ADDRESS) != is_there


def test_a_mailbox_that_refuses_three_times_is_forgotten(world):
    subscriber = subscribed(world)
    for expected in (1, 1, 0):
        subscriber.end("failed", "The relay refused it: 550", now=world.now)
        assert Subscriber.objects.count() == expected


def test_a_story_that_cannot_be_written_holds_nobody_up_and_stays_out_of_the_log(world, mailbox, monkeypatch, caplog):
    subscribed(world)
    told(world, title="Canary")
    monkeypatch.setattr(reader_mails, "told_to_anybody", lambda story: {}[story.title])
    tell(world)
    assert mailbox.messages == []
    assert "KeyError" in caplog.text
    assert "Canary" not in caplog.text
    assert ADDRESS not in caplog.text


def test_more_than_a_mail_holds_is_counted(world, mailbox):
    subscribed(world)
    for number in range(10):
        told(world, title=f"Title {number}")
    tell(world)
    assert mailbox.messages[0]["Subject"] == "10 new stories"
    assert len(titles(mailbox.messages[0])) == 8
    assert "And 2 more: http://testserver/stories/" in plain(mailbox.messages[0])


def test_the_tasks_do_it(world, mailbox):
    subscribed(world)
    tasks.tell_readers()
    tasks.clear_unconfirmed()
    assert mailbox.messages == []


def test_going_live_and_widening_say_when_a_story_opened(world):
    story = world.story(audience="public", sent=True)
    telling.approve(story, by=ModeratorFactory(), now=world.now)
    assert Story.objects.get(pk=story.pk).opened_at == world.now
    telling.withdraw(story, by=story.author, now=world.now)
    telling.send(Story.objects.get(pk=story.pk), by=story.author, now=world.now)
    telling.approve(story, by=ModeratorFactory(), now=world.now + WEEK)
    assert Story.objects.get(pk=story.pk).opened_at == world.now


# --- The mails --------------------------------------------------------------------------------------------------------


@pytest.fixture
def full(world, mailbox):
    """Both mails with everything in them, the same each time."""
    readers.subscribe(address=ADDRESS, about=crossing(), now=world.now)
    Subscription.objects.update(key="a-subscription")
    Subscriber.objects.update(key="a-subscriber")
    Notice.objects.all().delete()
    reader_mails.ask_to_confirm(Subscription.objects.with_words().get(), now=world.now)
    readers.confirm("a-subscription", now=world.now)
    place = {"place": "salford", "period_part": "early", "period_year": 2029}
    stories = [
        told(world, title="The ward rings on Wednesday", byline_role="housing-officer", **place),
        told(
            world,
            title="One form <instead> of three & a stamp",
            summary="",
            byline="name",
            author=MemberFactory(first_name="Moira", last_name="O'Neill"),
        ),
        told(world, title="Hidden", boundaries=["housing", "mental-health", "domestic-abuse"]),
    ]
    for slug, story in zip(["first", "second", "third"], stories, strict=True):
        Story.objects.filter(pk=story.pk).update(slug=slug)
    outbox.drain(clock=world.clock)
    tell(world)
    return dict(zip(["confirm", "news"], mailbox.to(ADDRESS), strict=True))


@pytest.mark.parametrize("name", ["confirm", "news"])
@pytest.mark.parametrize("kind", ["html", "txt"])
def test_the_mails_read_as_they_did(full, name, kind):
    body = full[name].get_body(("html" if kind == "html" else "plain",)).get_content()
    kept = KEPT / f"{name}.{kind}"
    if not kept.exists():
        kept.write_text(body)
        pytest.fail(f"{kept.name} was missing: look at the new one, and keep it.")
    assert body == kept.read_text()


def test_the_headers_let_a_mail_program_leave_and_name_nothing(full):
    news = full["news"]
    assert news["List-Id"] == "Systems Change new stories <new-stories.testserver>"
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        news["List-Unsubscribe"].strip().startswith("<http://testserver/letter/new-stories/leave-one/a-subscription.")
    )
    assert news["Subject"] == "3 new stories"
    assert full["confirm"]["Subject"] == "Is this your address?"
    assert ADDRESS not in plain(news)


def test_nothing_in_the_mails_is_fetched(full):
    for message in full.values():
        html = message.get_body(("html",)).get_content()
        assert "<img" not in html
        assert set(re.findall(r'href="(http[^"/]*//[^"/]*)', html)) == {"http://testserver"}


# --- Services that become one -----------------------------------------------------------------------------------------


def merge(old, into):
    words = {boundary.slug: boundary for boundary in Boundary.objects.filter(slug__in=[old, into])}
    telling.merge_boundaries(words[old], words[into], by=ModeratorFactory(), now=timezone.now())


@pytest.mark.parametrize("into", ["benefits", "voluntary"])
def test_a_subscription_goes_with_its_crossing_whatever_the_order_of_the_names(world, into):
    into = Boundary.objects.get(slug__startswith=into).slug
    subscriber = subscribed(world, about=crossing("housing", "police"))
    merge("police", into)
    readers.subscribe(address=ADDRESS, about=crossing("housing", into), now=world.now)
    assert [one.about for one in subscriber.subscriptions.all()] == [crossing("housing", into)]


@pytest.mark.parametrize("confirmed", ["police", "mental-health"])
def test_two_that_became_one_are_one_and_confirmed_if_either_was(world, confirmed):
    subscriber = subscribed(world, about=crossing("housing", confirmed))
    other = {"police": "mental-health", "mental-health": "police"}[confirmed]
    readers.subscribe(address=ADDRESS, about=crossing("housing", other), now=world.now)
    merge("police", "mental-health")
    (one,) = subscriber.subscriptions.all()
    assert (one.about, one.confirmed_at) == (crossing("housing", "mental-health"), world.now)


def test_a_subscription_whose_sides_became_one_ends(world):
    subscriber = subscribed(world, about=crossing("police", "mental-health"))
    merge("police", "mental-health")
    assert not subscriber.subscriptions.exists()


# --- Leaving ----------------------------------------------------------------------------------------------------------


def test_one_click_leaves_without_login_cookie_or_token_and_deletes_the_address(world):
    subscriber, other = subscribed(world), subscribed(world, address="other@example.org")
    way_out = f"/letter/new-stories/leave/{reader_mails.leave_signer.sign(subscriber.key)}/"
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(way_out).text.count("<button") == 1
    assert Subscriber.objects.count() == 2
    for _ in range(2):
        response = strict.post(way_out, UNSUBSCRIBE[0], content_type=UNSUBSCRIBE[1])
        assert response.status_code == 200
        assert "You will get no more of these mails" in response.text
        assert response.cookies == {}
        assert "no-store" in response["Cache-Control"]
        assert ADDRESS not in response.text
    assert list(Subscriber.objects.all()) == [other]
    assert not Notice.objects.filter(to=ADDRESS).exists()


def test_a_forged_way_out_is_a_page_that_does_not_exist(client, world):
    subscriber = subscribed(world)
    for forged in [subscriber.key, f"{subscriber.key}.x", reader_mails.confirm_signer.sign(subscriber.key)]:
        address = f"/letter/new-stories/leave/{forged}/"
        assert client.get(address).status_code == client.post(address).status_code == 404
    assert Subscriber.objects.exists()


def test_members_letters_are_untouched(world, reader):
    subscriber = subscribed(world, address=reader.email)
    readers.leave(subscriber.key)
    reader.profile.refresh_from_db()
    assert reader.profile.weekly_letter is True


def ways_out(message):
    return re.findall(r"(Leave .*): http://testserver(\S+)", plain(message))


def test_each_of_several_can_be_left_alone_and_no_sensitive_one_is_named(world, mailbox):
    for about in (crossing(), Place.objects.get(slug="salford"), crossing("housing", "domestic-abuse")):
        subscriber = subscribed(world, about=about)
    told(world)
    tell(world)
    message = mailbox.to(ADDRESS)[-1]
    assert [words for words, _ in ways_out(message)] == [
        "Leave only new stories between housing and mental health",
        "Leave only new stories from Salford",
        "Leave only one that is not named here",
        "Leave all of these mails",
    ]
    assert "abuse" not in whole(message).lower()
    way_out = ways_out(message)[1][1]
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(way_out)
    assert page.text.count("<button") == 1
    assert "Leave new stories from Salford?" in page.text
    assert subscriber.subscriptions.count() == 3
    for _ in range(2):
        response = strict.post(way_out)
        assert (response.status_code, response.cookies) == (200, {})
        assert ADDRESS not in response.text
        assert "mental health" not in response.text.split("<main")[1].lower()
    assert [one.place for one in subscriber.subscriptions.all()] == [None, None]


def test_the_way_out_of_a_sensitive_one_does_not_name_it(client, world):
    subscriber = subscribed(world, about=crossing("housing", "domestic-abuse"))
    token = reader_mails.leave_one_signer.sign(subscriber.subscriptions.get().key)
    page = client.get(f"/letter/new-stories/leave-one/{token}/").text
    assert "Leave this one?" in page
    assert "abuse" not in page.split("<main")[1].split("</main")[0].lower()


def test_with_the_last_one_the_address_goes(client, world):
    subscriber = subscribed(world)
    readers.subscribe(address=ADDRESS, about=Place.objects.get(slug="salford"), now=world.now)
    for one in subscriber.subscriptions.order_by("pk"):
        assert Subscriber.objects.exists()
        client.post(f"/letter/new-stories/leave-one/{reader_mails.leave_one_signer.sign(one.key)}/")
    assert not Subscriber.objects.exists()
    assert not Notice.objects.filter(to=ADDRESS).exists()


def test_whoever_asked_for_one_thing_finds_one_way_out(world, mailbox):
    subscribed(world)
    told(world)
    tell(world)
    assert [words for words, _ in ways_out(mailbox.to(ADDRESS)[-1])] == ["Leave these mails"]


def test_a_forged_way_out_of_one_is_a_page_that_does_not_exist(client, world):
    key = subscribed(world).subscriptions.get().key
    for forged in [key, f"{key}.x", reader_mails.leave_signer.sign(key), reader_mails.confirm_signer.sign(key)]:
        address = f"/letter/new-stories/leave-one/{forged}/"
        assert client.get(address).status_code == client.post(address).status_code == 404
    assert Subscription.objects.exists()
