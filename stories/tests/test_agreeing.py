"""Consent has an expiry: who is asked when, what silence does, and one tap that takes a story away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from members.models import Notice
from members.tests.factories import MemberFactory, ModeratorFactory
from stories import actions
from stories.models import Story
from stories.tasks import ask_again
from stories.tests.factories import CoAuthorFactory, StoryFactory, edit_of
from stories.tests.pages import SAFE, at, fresh, post, text

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 15)


def on(day, hour=9):
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour)


def asked():
    return list(Notice.objects.filter(kind="stories.consent_asked").order_by("pk").values_list("to", flat=True))


def steps(story):
    return list(story.consent_askings.order_by("pk").values_list("step", flat=True))


@pytest.fixture
def live(client):
    story = StoryFactory(live=True, audience="public")
    Story.objects.filter(pk=story.pk).update(review_date=DAY)
    client.force_login(story.author)
    return fresh(story)


# --- Who is asked when ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "expected"), [(-15, []), (-14, ["near"]), (-1, ["near"]), (0, ["day"]), (29, ["day"]), (300, ["day"])]
)
def test_the_first_asking_depends_on_the_day(live, days, expected):
    actions.ask_again(now=on(DAY + timedelta(days=days)))
    assert steps(live) == expected
    assert asked() == [live.author.email] * len(expected)


def test_from_the_reminder_to_silence(live):
    for days in range(-20, 60):
        actions.ask_again(now=on(DAY + timedelta(days=days)))
    assert steps(live) == ["near", "day", "silent"]
    told = live.consent_askings.values_list("step", "asked_at")
    assert [(step, at.date() - DAY) for step, at in told] == [
        ("near", timedelta(days=-14)),
        ("day", timedelta()),
        ("silent", timedelta(days=30)),
    ]


def test_asking_twice_in_one_moment_asks_once(live):
    for _ in range(3):
        actions.ask_again(now=on(DAY))
    assert asked() == [live.author.email]


def test_after_weeks_of_standing_still_nobody_is_hidden_unasked(live):
    late = DAY + timedelta(days=90)
    actions.ask_again(now=on(late))
    assert steps(live) == ["day"]
    assert not fresh(live).hidden_at
    actions.ask_again(now=on(late + timedelta(days=29)))
    assert not fresh(live).hidden_at
    actions.ask_again(now=on(late + timedelta(days=30)))
    assert fresh(live).hidden_for_review


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_workers_that_ask_at_one_moment_ask_once(transactional_db):
    stories = [StoryFactory(live=True) for _ in range(3)]
    Story.objects.update(review_date=DAY)

    def ask():
        try:
            return actions.ask_again(now=on(DAY))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(ask) for _ in range(4)]
    assert sum(worker.result() for worker in done) == 3
    assert sorted(asked()) == sorted(story.author.email for story in stories)


@pytest.mark.parametrize("trait", ["jot", "sent", "withdrawn"])
def test_what_nobody_reads_is_not_asked_about(trait):
    story = StoryFactory(**{trait: True})
    Story.objects.filter(pk=story.pk).update(review_date=DAY)
    assert actions.ask_again(now=on(DAY)) == 0


def test_a_retold_story_is_not_asked_about(live):
    Story.objects.update(source_url="https://example.org/report", source_title="A report")
    assert actions.ask_again(now=on(DAY)) == 0


def test_whoever_has_a_say_is_asked_too_and_nobody_else(live):
    person = CoAuthorFactory(story=live, lived_experience=True)
    CoAuthorFactory(story=live)
    CoAuthorFactory(story=live, lived_experience=True, left_at=timezone.now())
    actions.ask_again(now=on(DAY))
    assert sorted(asked()) == sorted([live.author.email, person.member.email])


def test_no_mail_about_it_holds_a_word_or_a_name(live):
    Story.objects.update(title="Titlecanary", summary="Titlecanary")
    for days in (-14, 0, 30):
        actions.ask_again(now=on(DAY + timedelta(days=days)))
    for notice in Notice.objects.filter(kind="stories.consent_asked"):
        assert "canary" not in notice.subject + notice.text + notice.html
        assert "story" not in notice.subject


def test_the_task_asks(live):
    Story.objects.update(review_date=timezone.localdate())
    ask_again()
    assert steps(live) == ["day"]


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_as_much_for_each_however_many_there_are(count, django_assert_num_queries):
    for _ in range(count):
        StoryFactory(live=True)
    Story.objects.update(review_date=DAY + timedelta(days=100))
    with django_assert_num_queries(1):
        actions.ask_again(now=on(DAY))


# --- What silence does ------------------------------------------------------------------------------------------------


@pytest.fixture
def silent(live):
    for days in (0, 30):
        actions.ask_again(now=on(DAY + timedelta(days=days)))
    return fresh(live)


def test_silence_hides_it_from_everybody_but_its_tellers(client, silent):
    assert not Story.objects.published().exists()
    assert "We asked whether it may stay, and heard nothing for 30 days." in text(client.get(at("draft", silent)))
    client.force_login(MemberFactory())
    assert client.get(silent.get_absolute_url()).status_code == 404


def test_a_yes_shows_it_again_at_once_without_a_moderator(client, silent):
    client.post(at("agree_again", silent), {"how_long": "year"})
    row = fresh(silent)
    assert (row.hidden_at, row.hidden_for_review, row.is_in_moderation) == (None, False, False)
    assert row.review_date == timezone.localdate() + timedelta(days=365)
    assert Story.objects.published().exists()


def test_showing_it_again_needs_an_answer(client, silent):
    assert client.post(at("show", silent)).url == at("agree_again", silent)
    assert fresh(silent).hidden_at
    assert at("show", silent) not in text(client.get(at("draft", silent)))


def test_an_approved_edit_does_not_show_what_silence_hid(silent):
    edit_of(silent, tried="Again")
    actions.send(silent, by=silent.author, now=timezone.now())
    actions.approve(silent, by=ModeratorFactory(), now=timezone.now())
    assert fresh(silent).hidden_for_review


def test_what_its_teller_had_hidden_stays_hidden_after_a_yes(client, live):
    actions.hide(live, by=live.author, now=on(DAY))
    for days in (0, 30):
        actions.ask_again(now=on(DAY + timedelta(days=days)))
    client.post(at("agree_again", live), {"how_long": "year"})
    assert fresh(live).hidden_at


def test_withdrawing_what_silence_hid_leaves_a_plain_draft(client, silent):
    client.post(at("withdraw", silent))
    row = fresh(silent)
    assert (row.standing, row.hidden_at, row.hidden_for_review) == ("Withdrawn", None, False)


def test_staff_see_how_many_and_nothing_else(silent, desk):
    page = text(desk.get(reverse("wagtailadmin_home")))
    assert "1 story is hidden until its teller says whether it may stay" in page
    assert silent.title not in page


# --- The page ---------------------------------------------------------------------------------------------------------


def test_one_tap_withdraws(client, live):
    page = text(client.get(at("agree_again", live)))
    assert f'action="{at("withdraw", live)}"' in page
    assert "Letters already sent cannot be called back." in page
    client.post(at("withdraw", live))
    assert not Story.objects.published().exists()


def test_another_day_counts_at_once(client, live):
    day = timezone.localdate() + timedelta(days=40)
    page = client.post(at("agree_again", live), {"how_long": "day", "until": day.isoformat()}, follow=True)
    assert f"It stays. We ask you again on {day:%-d %B %Y}." in text(page)
    assert (fresh(live).review_date, fresh(live).has_unpublished_changes) == (day, False)


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({}, "how_long", "Choose how long it may stay"),
        ({"how_long": "ever"}, "how_long", "Choose one of the answers shown"),
        ({"how_long": "day"}, "until", "Enter the day"),
        ({"how_long": "day", "until": "soon\x00"}, "until", "Enter a day, such as 27 3 2027"),
        ({"how_long": "day", "until": "2020-01-01"}, "until", "Enter a day that is still to come"),
        ({"how_long": "day", "until": "9999-01-01"}, "until", "Enter a day within the next three years"),
    ],
)
def test_an_answer_is_refused_in_plain_words(client, live, answers, field, sentence):
    assert client.post(at("agree_again", live), answers).context["form"].errors == {field: [sentence]}
    assert fresh(live).review_date == DAY


def test_whoever_has_a_say_can_take_it_away_from_here(client, live):
    person = CoAuthorFactory(story=live, lived_experience=True)
    client.force_login(person.member)
    page = text(client.get(at("agree_again", live)))
    assert f'action="{at("their_word", live)}"' in page
    assert client.post(at("agree_again", live), {"how_long": "year"}).status_code == 404
    client.post(at("their_word", live), {"answer": "no"})
    assert not Story.objects.published().exists()


def test_a_coauthor_without_a_say_has_no_such_page(client, live):
    client.force_login(CoAuthorFactory(story=live).member)
    assert client.get(at("agree_again", live)).status_code == 404


def test_a_draft_has_nothing_to_agree_to(teller, story):
    assert teller.get(at("agree_again", story)).url == at("draft", story)


# --- Where the day comes from -----------------------------------------------------------------------------------------


def test_a_story_without_a_day_gets_a_year_when_it_is_sent(story):
    assert story.review_date is None
    actions.send(story, by=story.author, now=on(DAY))
    assert fresh(story).review_date == DAY + timedelta(days=365)


def test_a_day_that_has_passed_is_replaced_when_it_is_sent_and_a_coming_one_stays(story):
    Story.objects.update(review_date=DAY)
    actions.send(story, by=story.author, now=on(DAY))
    assert fresh(story).review_date == DAY + timedelta(days=365)
    actions.take_back(story, by=story.author, now=on(DAY))
    Story.objects.update(review_date=DAY + timedelta(days=3))
    actions.send(story, by=story.author, now=on(DAY))
    assert fresh(story).review_date == DAY + timedelta(days=3)


def test_the_safety_page_sets_it_outside_the_words(client):
    story = StoryFactory(live=True)
    client.force_login(story.author)
    day = timezone.localdate() + timedelta(days=50)
    post(client, at("safety", story), {**SAFE, "review_date": day.isoformat()}, story)
    assert fresh(story).review_date == day
    assert "review_date" not in fresh(story).latest_revision.content


# --- Public, asked once -----------------------------------------------------------------------------------------------


@pytest.fixture
def members_story(client):
    story = StoryFactory(live=True)
    client.force_login(story.author)
    return story


def test_a_yes_to_public_is_moderated(client, members_story):
    page = text(client.get(at("make_public", members_story)))
    assert members_story.happened in page
    client.post(at("make_public", members_story), {"answer": "yes"})
    row = fresh(members_story)
    assert (row.audience, row.wanted_audience, row.is_in_moderation) == ("members", "public", True)
    assert actions.approve(row, by=ModeratorFactory(), now=timezone.now()).audience == "public"


def test_a_no_is_never_asked_again(client, members_story):
    assert "Policy people can only read public stories." in text(client.get(at("draft", members_story)))
    client.post(at("make_public", members_story), {"answer": "no"})
    row = fresh(members_story)
    assert (row.audience, row.wanted_audience, row.is_in_moderation) == ("members", "", False)
    assert "Policy people" not in text(client.get(at("draft", members_story)))
    assert client.get(at("make_public", members_story)).url == at("draft", members_story)
    client.post(at("make_public", members_story), {"answer": "yes"})
    assert fresh(members_story).wanted_audience == ""


@pytest.mark.parametrize("answer", ["", "perhaps", "yes\x00"])
def test_no_answer_leaves_the_question(client, members_story, answer):
    assert client.post(at("make_public", members_story), {"answer": answer}).status_code == 200
    assert fresh(members_story).is_asked_to_be_public


def test_while_an_edit_is_read_the_question_waits(client, members_story):
    edit_of(members_story, tried="Again")
    actions.send(members_story, by=members_story.author, now=timezone.now())
    page = client.post(at("make_public", members_story), {"answer": "yes"}, follow=True)
    assert "Answer once they have decided." in text(page)
    assert fresh(members_story).is_asked_to_be_public


@pytest.mark.parametrize("reach", [{"audience": "public"}, {"audience": "coalition"}])
def test_only_a_members_story_is_asked(client, reach):
    story = StoryFactory(live=True, **reach)
    client.force_login(story.author)
    assert client.get(at("make_public", story)).url == at("draft", story)


def test_the_mail_leads_to_the_question(members_story):
    notice = Notice.objects.get(kind="stories.story_live")
    assert at("make_public", members_story) in notice.text
