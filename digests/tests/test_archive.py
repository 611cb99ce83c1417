"""A member's letters on the web: what they may still read of them, and nobody else's."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from digests import when
from digests.models import Delivery, Issue
from members.tests.factories import MemberFactory
from networks.tests.factories import RuleQuestionFactory
from reports.tests.factories import ReportFactory
from stories.models import Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
WEEK = date(2029, 12, 6)
ARCHIVE = "/letter/archive/"


def had(member, *, week=WEEK, items=(), state=Delivery.State.SENT, **issue):
    now = timezone.now()
    letter, _ = Issue.objects.get_or_create(week=week, defaults={"state": "done", "began_at": now, **issue})
    return letter.deliveries.create(member=member, state=state, items=list(items), due_at=now, planned_at=now)


def item(kind, row):
    return {"kind": kind, "id": row.pk, "why": ""}


def live(title, **fields):
    return StoryFactory(title=title, live=True, first_published_at=timezone.now() - timedelta(days=1), **fields)


def test_letters_stand_month_by_month_the_newest_first(client, reader):
    for week in (date(2029, 12, 6), date(2029, 12, 13), date(2030, 1, 3)):
        had(reader, week=week)
    client.force_login(reader)
    page = client.get(ARCHIVE).text
    places = [
        page.index(words) for words in ("January 2030", "3 January", "December 2029", "13 December", "6 December")
    ]
    assert places == sorted(places)


def test_what_never_came_does_not_stand_there(client, reader):
    for number, state in enumerate(["planned", "failed", "skipped"]):
        had(reader, week=WEEK + number * when.WEEK, state=state)
    had(MemberFactory(), week=WEEK + 5 * when.WEEK)
    client.force_login(reader)
    assert "No letter has come yet" in client.get(ARCHIVE).text


def test_one_in_doubt_may_be_read_here(client, reader):
    had(reader, state="unknown")
    client.force_login(reader)
    assert client.get(f"{ARCHIVE}{WEEK}/").status_code == 200


def test_older_ones_stand_on_a_further_page(client, reader):
    weeks = [WEEK + number * when.WEEK for number in range(30)]
    for week in weeks:
        had(reader, week=week)
    client.force_login(reader)
    first = client.get(ARCHIVE)
    second = client.get(ARCHIVE + first.context["page"].older)
    shown = [delivery.issue.week for page in (first, second) for delivery in page.context["page"].items]
    assert shown == weeks[::-1]
    assert second.context["page"].newer


def test_the_web_version_shows_each_kind(client, reader):
    story, report = live("Keys in a drawer"), ReportFactory(title="What stops a discharge")
    question = RuleQuestionFactory(told="refuse what is not in writing", live=True)
    items = [item("story", story), item("report", report), item("rule", question), {"kind": "waiting", "id": 1}]
    had(reader, items=items, note="See you in Leeds.", question="Who rang back?")
    client.force_login(reader)
    page = client.get(f"{ARCHIVE}{WEEK}/").text
    for words in (
        "Keys in a drawer",
        "What stops a discharge",
        "not in writing",
        "See you in Leeds.",
        "Who rang back?",
    ):
        assert words in page


def test_what_was_withdrawn_or_narrowed_since_is_gone(client, reader):
    staying, leaving = live("Staying"), live("Leaving")
    had(reader, items=[item("story", leaving), item("story", staying)])
    client.force_login(reader)
    assert "Leaving" in client.get(f"{ARCHIVE}{WEEK}/").text
    Story.objects.filter(pk=leaving.pk).update(live=False)
    page = client.get(f"{ARCHIVE}{WEEK}/").text
    assert "Staying" in page
    assert "Leaving" not in page
    Story.objects.all().update(live=False)
    assert "Nothing of it is left" in client.get(f"{ARCHIVE}{WEEK}/").text


def test_a_suspended_member_reads_no_members_story_in_it(client, reader):
    had(reader, items=[item("story", live("For members", audience="members"))])
    reader.approved_at = None
    reader.save()
    client.force_login(reader)
    assert "For members" not in client.get(f"{ARCHIVE}{WEEK}/").text


def test_a_strangers_letter_is_missing(client, reader):
    had(reader, items=[item("story", live("Keys in a drawer"))])
    client.force_login(MemberFactory())
    assert client.get(f"{ARCHIVE}{WEEK}/").status_code == 404
    assert client.get("/letter/last/").status_code == 404


@pytest.mark.parametrize("week", ["2029-12-07", "2029-99-99", "x", "2029-12-6"])
def test_a_week_without_a_letter_is_missing(client, reader, week):
    had(reader)
    client.force_login(reader)
    assert client.get(f"{ARCHIVE}{week}/").status_code == 404


def test_the_last_one_is_led_to(client, reader):
    client.force_login(reader)
    assert client.get("/letter/last/").status_code == 404
    had(reader, week=WEEK)
    had(reader, week=WEEK + when.WEEK)
    assert client.get("/letter/last/")["Location"] == f"{ARCHIVE}{WEEK + when.WEEK}/"


@pytest.mark.parametrize("story_count", [1, 3])
def test_one_takes_the_same_queries(client, reader, django_assert_max_num_queries, story_count):
    items = [item("story", live(f"Story {number}")) for number in range(story_count)]
    had(reader, items=items)
    client.force_login(reader)
    address = reverse("digests:archived", args=[WEEK])
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


@pytest.mark.parametrize("letter_count", [1, 3])
def test_the_list_takes_the_same_queries(client, reader, django_assert_max_num_queries, letter_count):
    for number in range(letter_count):
        had(reader, week=WEEK + number * when.WEEK)
    client.force_login(reader)
    client.get(ARCHIVE)
    with django_assert_max_num_queries(7):
        client.get(ARCHIVE)
