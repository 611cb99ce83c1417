"""Each sent story has a first reader, its teller knows by when they hear back, and moderators are told each morning."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from members.models import Concern, Notice
from members.tests.factories import AdminFactory, EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from stories import actions, daily
from stories.actions.first_reading import working_days_after
from stories.models import Duty, FirstReading
from stories.moderators import first_readers, moderators
from stories.tests.desk import QUEUE, now, page, review, verb
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db
DUTY = QUEUE + "first-readers/"
EIGHT = datetime(2026, 7, 6, 7, 5, tzinfo=UTC)  # a Monday, five past eight in London


def reader_of(story):
    return FirstReading.objects.get(story=story).moderator


def overdue(story):
    FirstReading.objects.filter(story=story).update(due_at=now() - timedelta(hours=1))


def mails():
    return list(Notice.objects.filter(kind="moderation.daily").order_by("pk"))


# --- Whose turn it is -------------------------------------------------------------------------------------------------


def test_moderators_are_those_who_may_decide():
    people = [ModeratorFactory(), AdminFactory()]
    ModeratorFactory(suspended_at=now())
    ModeratorFactory(is_staff=False)
    for factory in [EditorFactory, MemberFactory]:
        factory()
    assert set(moderators()) == set(people)
    assert all(person.is_moderator for person in people)


def test_stories_go_round_those_who_take_part():
    first, second, away = ModeratorFactory(), ModeratorFactory(), ModeratorFactory()
    AdminFactory()
    Duty.objects.create(moderator=away, reads_first=False)
    readers = [reader_of(StoryFactory(sent=True)) for _ in range(4)]
    assert readers == [first, second, first, second]


def test_an_administrator_reads_first_only_if_they_say_so():
    admin = AdminFactory()
    assert reader_of(StoryFactory(sent=True)) is None
    Duty.objects.create(moderator=admin)
    assert reader_of(StoryFactory(sent=True)) == admin


def test_nobody_reads_their_own_story_first():
    teller, other = ModeratorFactory(), ModeratorFactory()
    assert [reader_of(StoryFactory(sent=True, author=teller)) for _ in range(2)] == [other, other]


def test_a_story_that_comes_back_goes_to_the_same_reader():
    readers = [ModeratorFactory(), ModeratorFactory()]
    story = StoryFactory(asked=True)
    edit_of(story, tried="Again")
    actions.send(story, by=story.author, now=now())
    assert reader_of(story) == readers[0]


def test_any_moderator_may_still_decide(desk, moderator):
    story = StoryFactory(sent=True)
    actions.approve(story, by=ModeratorFactory(), now=now())
    assert reader_of(story) == moderator


def test_a_reading_is_handed_on_and_taken(desk, moderator):
    story = StoryFactory(sent=True)
    other = ModeratorFactory(first_name="Ade")
    desk.post(verb("hand_on", story))
    assert reader_of(story) == other
    assert "Ade reads first" in page(desk.get(review(story)))
    desk.post(verb("read_first", story))
    assert reader_of(story) == moderator


def test_handing_on_passes_over_whoever_told_it_and_names_nobody(desk, moderator):
    teller = ModeratorFactory(first_name="Zephyrine")
    story = StoryFactory(sent=True, author=teller, byline="hidden")
    seen = page(desk.post(verb("hand_on", story), follow=True))
    assert reader_of(story) == moderator
    assert "No other moderator takes a turn at the moment." in seen
    assert "zephyrine" not in seen.lower()


def test_whoever_told_it_cannot_make_themselves_its_reader(desk, moderator):
    story = StoryFactory(sent=True, author=moderator)
    assert "another moderator reads it" in page(desk.post(verb("read_first", story), follow=True))
    assert reader_of(story) is None


# --- By when ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (datetime(2026, 7, 6, 9, tzinfo=UTC), datetime(2026, 7, 9, 9, tzinfo=UTC)),  # Monday: Thursday
        (datetime(2026, 7, 9, 9, tzinfo=UTC), datetime(2026, 7, 14, 9, tzinfo=UTC)),  # Thursday: Tuesday
        (datetime(2026, 7, 11, 9, tzinfo=UTC), datetime(2026, 7, 15, 9, tzinfo=UTC)),  # Saturday: Wednesday
        (datetime(2026, 10, 23, 9, tzinfo=UTC), datetime(2026, 10, 28, 10, tzinfo=UTC)),  # the clocks go back
    ],
)
def test_three_working_days_skip_the_weekend(sent, due):
    assert working_days_after(sent, 3) == due


def test_the_teller_reads_a_first_name_and_when_they_hear_back(client, moderator):
    story = StoryFactory(sent=True)
    client.force_login(story.author)
    for name in ["draft", "sent"]:
        seen = page(client.get(reverse(f"stories:{name}", args=[story.slug])))
        assert "Maya reads it first; you hear back within three working days." in seen
        assert "Osei" not in seen
    overdue(story)
    assert "It takes longer than the three working days" in page(
        client.get(reverse("stories:draft", args=[story.slug]))
    )


def test_the_first_page_of_the_admin_tells_what_is_overdue_and_no_title(desk):
    late = StoryFactory(sent=True, title="A canary title")
    StoryFactory(sent=True)
    home = reverse("wagtailadmin_home")
    assert "Overdue" not in page(desk.get(home))
    overdue(late)
    seen = page(desk.get(home))
    assert "First reader Maya Osei: 1" in seen
    assert "canary" not in seen
    marked = [line.reading.is_overdue for line in desk.get(QUEUE).context["lines"]]
    assert marked == [True, False]


def test_the_queue_says_whose_turn_it_is(desk):
    StoryFactory(sent=True)
    assert "Yours to read first" in page(desk.get(QUEUE))


# --- Who takes part ---------------------------------------------------------------------------------------------------


def test_moderators_say_who_takes_a_turn_and_who_gets_the_mail(desk, moderator):
    other, admin = ModeratorFactory(), AdminFactory()
    desk.post(DUTY, {"readers": [other.pk, admin.pk]})
    assert set(first_readers()) == {other, admin}
    assert Duty.objects.get(moderator=moderator).daily_mail is False
    desk.post(DUTY, {"readers": [moderator.pk], "daily_mail": "on"})
    assert list(first_readers()) == [moderator]
    assert Duty.objects.get(moderator=moderator).daily_mail is True


def test_only_moderators_take_a_turn(desk, moderator):
    assert "Select a valid choice" in page(desk.post(DUTY, {"readers": [MemberFactory().pk]}))
    assert list(first_readers()) == [moderator]


def test_the_pages_are_for_moderators(client):
    story = StoryFactory(sent=True)
    sign_in_staff(client, EditorFactory())
    answers = [client.get(DUTY), client.post(verb("read_first", story)), client.post(verb("hand_on", story))]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_moderator_without_a_second_factor_in_this_session_gets_no_further(client, moderator):
    client.force_login(moderator)
    assert client.get(DUTY).status_code == 302


# --- The mail at eight ------------------------------------------------------------------------------------------------


def test_the_mail_at_eight_has_numbers_and_no_word(moderator):
    sent = [StoryFactory(sent=True, title="canary", at=EIGHT - timedelta(days=days)) for days in [1, 2]]
    for story, days in zip(sent, [1, 2], strict=True):
        story.current_workflow_task_state.__class__.objects.filter(revision=story.latest_revision).update(
            started_at=EIGHT - timedelta(days=days)
        )
    daily.tell_moderators(now=EIGHT)
    [mail] = mails()
    assert (mail.to, mail.subject) == (moderator.email, "2 waiting, oldest 2 days")
    assert "2 are yours to read first." in mail.text
    assert "canary" not in mail.subject + mail.text + mail.html


def test_two_beats_send_it_once(moderator):
    StoryFactory(sent=True, at=EIGHT)
    for minutes in [0, 5, 60]:
        daily.tell_moderators(now=EIGHT + timedelta(minutes=minutes))
    assert len(mails()) == 1
    daily.tell_moderators(now=EIGHT + timedelta(days=1))
    assert len(mails()) == 2


@pytest.mark.parametrize("moment", [EIGHT - timedelta(minutes=10), EIGHT + timedelta(hours=5)])
def test_it_goes_in_the_morning_only(moderator, moment):
    StoryFactory(sent=True)
    daily.tell_moderators(now=moment)
    assert mails() == []


def test_where_nothing_waited_at_eight_the_morning_is_over(moderator):
    daily.tell_moderators(now=EIGHT)
    StoryFactory(sent=True)
    daily.tell_moderators(now=EIGHT + timedelta(hours=1))
    assert mails() == []


def test_it_goes_to_nobody_who_said_no_nor_about_ones_own_story(moderator):
    Duty.objects.create(moderator=ModeratorFactory(), daily_mail=False)
    StoryFactory(sent=True, author=moderator)
    daily.tell_moderators(now=EIGHT)
    assert mails() == []


def test_it_counts_what_members_added_and_concerns_too(moderator):
    story = StoryFactory(live=True)
    concern = {"kind": "wrong", "text": "canary", "sender": "x", "key": "one-key", "raised_at": now()}
    Concern.objects.create(target=story, **concern)
    daily.tell_moderators(now=EIGHT)
    [mail] = [mail for mail in mails() if mail.to == moderator.email]
    assert (mail.subject, "canary" in mail.text) == ("Concerns about 1 story", False)
