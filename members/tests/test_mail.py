"""What a member wants of their mail: by kind, for a while, and never at night."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from members import kinds, mail, outbox, quiet
from members.models import Notice, User
from members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 1, 14, 12, tzinfo=UTC)
NIGHT = datetime(2026, 1, 14, 22, tzinfo=UTC)
STORIES, PEOPLE, REMINDERS = "stories.story_live", "stories.new_responses", "stories.story_reminder"


@pytest.fixture(autouse=True)
def _nights(settings):
    settings.QUIET_HOURS = (21, 7)


def post(member, kind, now=DAY, **fields):
    return outbox.post(kind=kind, subject="Hello", text="Words", member=member, now=now, **fields)


def drain(now):
    outbox.drain(clock=lambda: now)


def became(notice):
    notice.refresh_from_db()
    return notice.state


def wishes(answers=(), **chosen):
    every = {group.slug: "now" for group in kinds.WISHED} | dict(answers)
    return {"answers": every, "time_zone": quiet.HOME, **chosen}


# --- By kind ----------------------------------------------------------------------------------------------------------


def test_a_kind_that_was_switched_off_is_not_sent_though_it_was_queued_before(mailbox):
    member = MemberFactory()
    unwanted, wanted, fixed = post(member, STORIES), post(member, PEOPLE), post(member, "stories.question_asked")
    mail.choose(member, **wishes({"stories": "never"}))
    drain(DAY)
    assert [became(notice) for notice in (unwanted, wanted, fixed)] == ["unwanted", "sent", "sent"]
    assert (unwanted.subject, unwanted.text, unwanted.html) == ("", "", "")
    assert len(mailbox.messages) == 2


def test_a_mail_to_the_bare_address_of_a_member_asks_their_wishes_too(mailbox):
    member = MemberFactory()
    mail.stop(member, kinds.BY_SLUG["people"])
    notice = outbox.post(kind="networks.introduction_asked", subject="S", text="T", to=member.email, now=DAY)
    drain(DAY)
    assert (became(notice), mailbox.messages) == ("unwanted", [])


def test_what_was_kept_for_the_letter_needs_a_letter(mailbox):
    reader, other = MemberFactory(profile__weekly_letter=True), MemberFactory(profile__weekly_letter=False)
    mail.choose(reader, **wishes({"people": "letter"}))
    mail.choose(other, **wishes({"people": "letter"}))
    kept = [post(reader, PEOPLE), post(reader, "networks.introduction_asked")]
    dropped = post(other, PEOPLE)
    drain(DAY)
    assert [became(notice) for notice in (*kept, dropped)] == ["kept", "kept", "unwanted"]
    [line] = mail.waiting_for_letter(User.objects.get(pk=reader.pk))
    assert line["words"] == "Members have written to you 2 times"
    assert mailbox.messages == []


def test_the_page_keeps_the_answers(client):
    member = MemberFactory(profile__weekly_letter=False)
    client.force_login(member)
    answers = {group.slug: "now" for group in kinds.WISHED if group.is_for(member)} | {"reminders": "never"}
    sent = {**answers, "weekly_letter": "yes", "time_zone": "Europe/Paris"}
    assert client.post(reverse("members:mail"), sent).status_code == 302
    member = User.objects.select_related("profile").get(pk=member.pk)
    assert mail.answers_of(member) == answers
    assert (member.profile.weekly_letter, member.time_zone) == (False, "Europe/Paris")
    page = client.get(reverse("members:mail")).content.decode()
    assert 'value="never" required id="id_reminders_2" checked' in page or page.count("checked") == len(answers)
    for group in kinds.GROUPS:
        assert (str(group.name) in page.replace("&amp;", "&")) == (group.slug not in {"moderation", "reports"})


@pytest.mark.parametrize("wrong", [{"people": "sometimes"}, {"people": ""}, {"time_zone": "Mars/Base"}])
def test_a_strange_answer_changes_nothing(client, wrong):
    member = MemberFactory()
    client.force_login(member)
    answers = {group.slug: "never" for group in kinds.WISHED}
    response = client.post(reverse("members:mail"), {**answers, "time_zone": quiet.HOME, **wrong})
    assert response.status_code == 200
    assert "<title>Error: Your mail" in response.content.decode()
    assert set(mail.answers_of(member).values()) == {"now"}


# --- One click --------------------------------------------------------------------------------------------------------


def test_one_click_in_the_mail_program_stops_that_kind_alone_without_signing_in(mailbox):
    member = MemberFactory()
    post(member, STORIES)
    drain(DAY)
    [message] = mailbox.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = message["List-Unsubscribe"].strip("<> \n").removeprefix("http://testserver")
    program = Client(enforce_csrf_checks=True)
    for method in (program.get, program.head):
        response = method(url)
        assert (response.status_code, response.cookies) == (200, {})
    assert mail.answers_of(member)["stories"] == "now"
    for _ in range(2):
        assert program.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert {slug for slug, answer in mail.answers_of(member).items() if answer == "never"} == {"stories"}
    assert member.email not in url


def test_a_mail_says_the_same_way_out_at_its_foot():
    member = MemberFactory()
    context = dict.fromkeys(["draft_url", "story_url"], "http://testserver/")
    notice = outbox.compose(kind=STORIES, template="stories/story_live", member=member, now=DAY, context=context)
    assert mail.headers_of(notice)["List-Unsubscribe"].strip("<>") in notice.text
    assert mail.headers_of(notice)["List-Unsubscribe"].strip("<>") in notice.html


def test_what_cannot_be_switched_off_has_no_way_out_and_a_forged_token_opens_nothing(client):
    member = MemberFactory()
    assert mail.headers_of(post(member, "stories.question_asked")) == {}
    assert mail.headers_of(outbox.post(kind=STORIES, subject="", text="", to="a@example.org", now=DAY)) == {}
    good = mail.signer.sign(f"{member.profile.public_id}~stories")
    account = mail.signer.sign(f"{member.profile.public_id}~account")
    for token in ("nothing", good[:-2], good.replace("stories", "people"), account):
        assert client.post(reverse("members:stop_mail", args=[token])).status_code == 404
    assert set(mail.answers_of(member).values()) == {"now"}


# --- A break ----------------------------------------------------------------------------------------------------------


def test_a_break_keeps_back_all_but_what_cannot_be_switched_off_and_ends_by_itself(mailbox):
    member = MemberFactory(profile__weekly_letter=False)
    mail.take_break(member, until=date(2026, 1, 20))
    news, reminder, fixed = post(member, PEOPLE), post(member, REMINDERS), post(member, "stories.changes_asked")
    drain(DAY)
    assert [became(notice) for notice in (news, reminder, fixed)] == ["waiting", "waiting", "sent"]
    back = datetime(2026, 1, 20, 7, tzinfo=UTC)
    drain(back - timedelta(minutes=1))
    assert became(news) == "waiting"
    drain(back)
    assert [became(notice) for notice in (news, reminder)] == ["sent", "sent"]
    assert (news.attempt_count, len(mailbox.messages)) == (1, 3)


def test_whoever_gets_the_letter_is_told_there_what_came_in_the_break():
    member = MemberFactory(profile__weekly_letter=True)
    mail.take_break(member, until=date(2026, 1, 20))
    news, reminder = post(member, PEOPLE), post(member, REMINDERS)
    drain(DAY)
    assert [became(notice) for notice in (news, reminder)] == ["kept", "waiting"]


def test_others_ask_whether_somebody_is_on_a_break_and_both_ways_to_ask_agree():
    resting, there = MemberFactory(), MemberFactory()
    mail.take_break(resting, until=date(2026, 1, 20))
    for now, away in (
        (DAY, True),
        (datetime(2026, 1, 20, 6, 59, tzinfo=UTC), True),
        (datetime(2026, 1, 20, 7, tzinfo=UTC), False),
    ):
        assert resting.is_on_break(now) is away
        assert (resting not in User.objects.not_on_break(now)) is away
        assert there in User.objects.not_on_break(now)
        assert not there.is_on_break(now)


def test_a_break_is_taken_and_ended_on_the_page_and_needs_a_day_to_come(client):
    member = MemberFactory()
    client.force_login(member)
    page = reverse("members:take_break")
    today = datetime.now(UTC).date()
    for wrong in ("", "soon", today - timedelta(days=1), today + timedelta(days=400)):
        assert client.post(page, {"until": wrong}).status_code == 200
    assert User.objects.get(pk=member.pk).break_ends_at is None
    client.post(page, {"until": today + timedelta(days=10)})
    assert User.objects.get(pk=member.pk).is_on_break(datetime.now(UTC))
    assert "You are on a break until" in client.get(reverse("members:mail")).content.decode()
    client.post(page, {"end": "1"})
    assert User.objects.get(pk=member.pk).break_ends_at is None


def test_nobody_else_is_shown_that_somebody_takes_a_break(client):
    member = MemberFactory(profile__listed_at=DAY)
    client.force_login(MemberFactory())
    pages = [reverse("networks:people"), member.profile.get_absolute_url()]
    before = [client.get(page).content for page in pages]
    mail.take_break(member, until=date(2099, 1, 20))
    assert [client.get(page).content for page in pages] == before


# --- Night ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "zone", "goes_at"),
    [
        # Winter: London is UTC.
        ("2026-01-14T20:59", quiet.HOME, "2026-01-14T20:59"),
        ("2026-01-14T21:00", quiet.HOME, "2026-01-15T07:00"),
        ("2026-01-15T06:59", quiet.HOME, "2026-01-15T07:00"),
        ("2026-01-15T07:00", quiet.HOME, "2026-01-15T07:00"),
        # Summer: London is an hour ahead.
        ("2026-07-14T19:59", quiet.HOME, "2026-07-14T19:59"),
        ("2026-07-14T20:00", quiet.HOME, "2026-07-15T06:00"),
        ("2026-07-15T06:00", quiet.HOME, "2026-07-15T06:00"),
        # The nights in which the clock changes are an hour shorter and longer.
        ("2026-03-28T23:00", quiet.HOME, "2026-03-29T06:00"),
        ("2026-10-24T21:00", quiet.HOME, "2026-10-25T07:00"),
        ("2026-01-14T20:30", "Europe/Paris", "2026-01-15T06:00"),
        ("2026-01-14T22:00", "America/New_York", "2026-01-14T22:00"),
    ],
)
def test_nothing_goes_between_nine_and_seven_by_the_member_s_own_clock(mailbox, now, zone, goes_at):
    now, goes_at = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (now, goes_at))
    member = MemberFactory(time_zone=zone)
    notice = post(member, STORIES, now=now)
    drain(now)
    assert (became(notice) == "sent") is (now == goes_at)
    if now != goes_at:
        assert (notice.due_at, notice.attempt_count) == (goes_at, 0)
        assert list(Notice.objects.in_trouble()) == []
        drain(goes_at)
        assert became(notice) == "sent"


def test_a_code_and_what_was_asked_for_just_now_go_at_night_and_an_address_has_londons_night(mailbox):
    member = MemberFactory()
    at_once = [
        post(member, "account.login_code", NIGHT, secret=True),
        post(member, "stories.story_sent", NIGHT),
        post(member, "moderation.concern_raised", NIGHT),
    ]
    waits = [
        post(member, "stories.question_asked", NIGHT),
        outbox.post(kind="members.invitation", subject="S", text="T", to="new@example.org", now=NIGHT),
    ]
    drain(NIGHT)
    assert [became(notice) for notice in (*at_once, *waits)] == ["sent"] * 3 + ["waiting"] * 2


def test_what_is_put_off_into_the_night_waits_for_the_morning_and_for_a_day_from_there():
    member = MemberFactory()
    notice = post(member, STORIES, now=NIGHT - timedelta(hours=2))
    drain(NIGHT)
    assert became(notice) == "waiting"
    late = notice.held_until + timedelta(hours=13, minutes=59)
    Notice.objects.filter(pk=notice.pk).update(due_at=late)
    drain(late)
    assert became(notice) == "sent"
