"""What is in a letter: what this member has not had and may read, and nothing twice."""

from datetime import timedelta

import pytest

from digests import actions, picks
from digests.models import Delivery
from digests.tests.conftest import WEEK
from members.tests.factories import MemberFactory
from networks.actions import coalitions
from networks.tests.gathered import coalition_of
from practices.models import Boundary
from reports.models import ReportPage
from reports.tests.factories import ReportFactory
from stories import actions as telling
from stories import following
from stories.models import Byline, FollowUp, Reading, Story
from stories.tests.contributing import live as follow_up

pytestmark = pytest.mark.django_db


def titles(mailbox, member):
    """What came, letter by letter."""
    found = []
    for message in mailbox.to(member.email):
        text = message.get_body(("plain",)).get_content()
        found.append([title for title in Story.objects.newest_first().values_list("title", flat=True) if title in text])
    return found


def report(world, **fields):
    found = ReportFactory(**fields)
    ReportPage.objects.filter(pk=found.pk).update(first_published_at=world.now - timedelta(days=1))
    return found


def test_the_newest_readable_stories_come_first_and_eight_at_most(world, reader, mailbox):
    stories = [world.story(title=f"Story number {letter}") for letter in "ABCDEFGHIJ"]
    world.send_now()
    assert titles(mailbox, reader) == [[story.title for story in reversed(stories[2:])]]


def test_nothing_new_no_mail(world, reader, mailbox):
    issue = world.send_now()
    assert mailbox.messages == []
    delivery = issue.deliveries.get()
    assert (delivery.state, delivery.reason) == (Delivery.State.SKIPPED, "Nothing new")
    assert issue.state == issue.State.DONE


def test_no_own_no_opened_no_unreadable_story(world, reader, mailbox):
    other = MemberFactory(email="other@example.org", profile__weekly_letter=True)
    world.story(title="Told by Asha", author=reader)
    opened = world.story(title="Opened by Asha")
    Reading.objects.create(member=reader, story=opened, read_at=world.now)
    one = world.story(title="For one group", audience="coalition")
    coalitions.join(one.coalition, by=reader, now=world.now)
    for stage in ["draft", "sent", "hidden", "withdrawn"]:
        world.story(title=f"A {stage} one", stage=stage)
    world.send_now()
    assert titles(mailbox, reader) == []
    assert titles(mailbox, other) == [["Opened by Asha", "Told by Asha"]]


def test_no_story_comes_twice(world, reader, mailbox):
    world.story(title="In January")
    world.send_now()
    Story.objects.update(first_published_at=world.now + timedelta(days=1))
    world.now += WEEK
    world.story(title="In February")
    world.send_now()
    world.now += WEEK
    world.send_now()
    assert titles(mailbox, reader) == [["In January"], ["In February"]]


def test_the_window_is_that_of_the_last_letter_not_of_the_clock(world, reader, mailbox):
    world.send_now()
    world.now += timedelta(days=2)
    world.story(title="While the site slept")
    world.now += 5 * WEEK
    world.send_now()
    assert titles(mailbox, reader) == [["While the site slept"]]


def test_what_was_too_much_for_one_letter_does_not_fill_the_next(world, reader, mailbox):
    for letter in "ABCDEFGHIJ":
        world.story(title=f"Story number {letter}")
    world.send_now()
    world.now += WEEK
    world.send_now()
    assert len(mailbox.to(reader.email)) == 1


def test_a_letter_that_failed_is_made_up_for_by_the_next(world, reader, mailbox):
    world.story(title="Not lost")
    issue = world.send_now()
    issue.deliveries.update(state=Delivery.State.FAILED)
    world.now += WEEK
    world.send_now()
    assert titles(mailbox, reader) == [["Not lost"], ["Not lost"]]


@pytest.mark.parametrize("state", [Delivery.State.UNKNOWN, Delivery.State.SENDING])
def test_a_letter_that_may_have_come_is_not_repeated(world, reader, mailbox, state):
    world.story(title="Perhaps read")
    world.send_now().deliveries.update(state=state)
    Story.objects.update(first_published_at=world.now + timedelta(days=1))
    world.now += WEEK
    world.send_now()
    assert len(mailbox.to(reader.email)) == 1


@pytest.mark.parametrize("verb", ["withdraw", "hide", "narrow"])
def test_a_story_that_left_between_plan_and_sending_is_not_sent(world, reader, mailbox, verb):
    staying, leaving = world.story(title="Staying"), world.story(title="Leaving")
    actions.begin(due_at=world.now, now=world.now)
    who = {"by": leaving.author, "now": world.now}
    if verb == "narrow":
        group = coalition_of(leaving.author, reader)
        telling.set_reach(leaving, byline=Byline.ROLE, audience="coalition", coalition=group, **who)
    else:
        getattr(telling, verb)(leaving, **who)
    world.tick()
    assert titles(mailbox, reader) == [["Staying"]]
    assert list(Delivery.objects.get().stories.all()) == [staying]


def test_a_new_report_is_worth_a_letter_once(world, reader, mailbox):
    report(world, title="What stops a discharge", introduction="It was rarely a bed.")
    report(world, title="A draft", live=False)
    world.send_now()
    world.now += WEEK
    world.send_now()
    assert [message["Subject"] for message in mailbox.to(reader.email)] == ["Your weekly letter: a new report"]
    text = mailbox.messages[0].get_body(("plain",)).get_content()
    assert "What stops a discharge" in text
    assert "A draft" not in text


def test_a_report_published_while_letters_leave_comes_with_the_next(world, reader, mailbox):
    world.story()
    late = report(world, title="Late by a minute")
    ReportPage.objects.filter(pk=late.pk).update(first_published_at=world.now + timedelta(minutes=1))
    world.send_now()
    world.now += WEEK
    world.send_now()
    texts = [message.get_body(("plain",)).get_content() for message in mailbox.to(reader.email)]
    assert ["Late by a minute" in text for text in texts] == [False, True]


def test_what_comes_with_a_followed_crossing_or_search_stands_first_and_once(world, reader):
    """What is followed decides the order only: never what is own, opened or had already."""
    now = world.now
    following.follow(member=reader, now=now, query="boundary=police")
    first, second = Boundary.objects.filter(slug__in=["housing", "mental-health"]).order_by("slug")
    following.follow(member=reader, now=now, a=first, b=second)
    world.story(title="Both", boundaries=["housing", "mental-health", "police"], live=True)
    world.story(title="Own", boundaries=["police"], author=reader, live=True)
    world.story(title="Police", boundaries=["police"], live=True)
    for number in range(7):
        world.story(title=f"Else {number}", boundaries=["education"], live=True)
    picked = [story.title for story in picks.new_stories(reader, None)]
    assert picked == ["Police", "Both", *(f"Else {number}" for number in range(6, 0, -1))]


def test_news_of_a_followed_story_is_one_line_of_one_letter(world, reader, mailbox):
    """Not of what somebody else follows, nor from before the member followed it, nor of their own."""
    story = world.story(title="They ring", audience="public", live=True)
    Reading.objects.create(member=reader, story=story, read_at=world.now)
    other = world.story(title="Not followed", live=True)
    Reading.objects.create(member=reader, story=other, read_at=world.now)
    before = world.now - timedelta(days=2)
    follow_up(FollowUp, story, now=before - timedelta(days=3), text="Long ago.", outcome="going")
    following.follow(member=reader, now=before, story=story)
    for told in (story, other):
        follow_up(FollowUp, told, now=world.now - timedelta(hours=1))
    world.send_now()
    world.now += WEEK
    world.send_now()
    (letter,) = mailbox.to(reader.email)
    assert letter["Subject"] == "Your weekly letter: news of a story you follow"
    text = letter.get_body(("plain",)).get_content()
    assert text.count("They ring") == 1
    assert "Stalled, since early 2026" in text
    assert "Not followed" not in text


@pytest.mark.parametrize("story_count", [1, 3])
def test_a_letter_costs_the_same_whatever_is_in_it(world, reader, django_assert_max_num_queries, story_count):
    for _ in range(story_count):
        world.story()
    issue = actions.begin(due_at=world.now, now=world.now)
    with django_assert_max_num_queries(16):
        delivery, mail = actions.start_next(issue, now=world.now)
    assert delivery.stories.count() == story_count
