from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision, TaskState, WorkflowState

from members.models import Notice
from members.tests.factories import MemberFactory
from stories import actions
from stories.models import Edit, KeptText, Reminder, Story
from stories.tasks import send_reminders
from stories.tests.factories import StoryFactory, edit_of
from stories.tests.pages import TOLD, at, fresh, post, text

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TWO_DAYS = timedelta(days=2)


def remind(story, **more):
    return actions.remind(story, **{"days": 2, "by": story.author, "now": NOW, **more})


def mails():
    return list(Notice.objects.filter(kind="stories.story_reminder").order_by("pk").values_list("to", flat=True))


# --- To be reminded ---------------------------------------------------------------------------------------------------


def test_a_reminder_is_mailed_once_and_not_before_its_day(story):
    remind(story)
    assert (actions.send_reminders(now=NOW + TWO_DAYS - timedelta(seconds=1)), mails()) == (0, [])
    for _ in range(2):
        actions.send_reminders(now=NOW + TWO_DAYS)
    assert mails() == [story.author.email]
    assert not Reminder.objects.exists()


def test_a_new_wish_takes_the_place_of_the_old_one(story):
    remind(story)
    remind(story, days=7)
    assert [reminder.due_at for reminder in Reminder.objects.all()] == [NOW + timedelta(days=7)]
    remind(story, days=0)
    assert not Reminder.objects.exists()


def test_what_was_sent_withdrawn_or_deleted_reminds_nobody(story):
    withdrawn = StoryFactory(sent=True)
    deleted = StoryFactory()
    for one in (story, deleted):
        remind(one)
    Reminder.objects.create(story=withdrawn, member=withdrawn.author, due_at=NOW)
    actions.send(story, by=story.author, now=NOW)
    actions.withdraw(withdrawn, by=withdrawn.author, now=NOW)
    actions.delete(deleted, by=deleted.author, now=NOW)
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("trait", ["sent", "live", "hidden", "withdrawn"])
def test_there_is_nothing_to_be_reminded_of_where_there_is_no_draft(client, trait):
    story = StoryFactory(**{trait: True})
    assert remind(story) is None
    client.force_login(story.author)
    assert "Not today?" not in text(client.get(at("draft", story)))


def test_a_story_that_moderators_sent_back_is_a_draft_again():
    assert remind(StoryFactory(asked=True)) is not None


@pytest.mark.parametrize("field", [{"suspended_at": NOW}, {"is_active": False}])
def test_whoever_may_not_sign_in_is_not_reminded(story, field):
    remind(story)
    for name, value in field.items():
        setattr(story.author, name, value)
    story.author.save()
    actions.send_reminders(now=NOW + TWO_DAYS)
    assert (mails(), Reminder.objects.count()) == ([], 0)


def test_whoever_may_not_write_it_any_more_is_not_reminded(story):
    Reminder.objects.create(story=story, member=MemberFactory(), due_at=NOW)
    actions.send_reminders(now=NOW)
    assert (mails(), Reminder.objects.count()) == ([], 0)


def test_the_task_sends_what_is_due(story):
    remind(story, now=timezone.now() - TWO_DAYS)
    send_reminders()
    assert mails() == [story.author.email]


def test_leaving_leads_to_the_question_and_one_press_answers_it(teller, story):
    page = teller.post(
        at("write", story, "tried"),
        {**TOLD["tried"], "later": "1", "edit_number": fresh(story).edit_number},
        follow=True,
    )
    assert "Remind me in 2 days" in text(page)
    assert "We write to you on" in text(teller.post(at("remind", story), {"days": "7"}, follow=True))
    assert Reminder.objects.get().due_at > timezone.now() + timedelta(days=6)
    assert "Do not remind me" in text(teller.get(at("draft", story)))
    assert "We do not remind you." in text(teller.post(at("remind", story), {"days": "0"}, follow=True))
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("days", ["", "1", "-2", "x" * 60_000, "2\x00", "9" * 400])
def test_other_days_are_refused_in_words(teller, story, days):
    page = teller.post(at("remind", story), {"days": days}, follow=True)
    assert "Choose when we should remind you, or that we should not." in text(page)
    assert not Reminder.objects.exists()


# --- For good ---------------------------------------------------------------------------------------------------------


def test_a_deleted_draft_leaves_nothing(client, teller, story):
    edit_of(story, practices=["borrow-a-view"])
    actions.send(story, by=story.author, now=NOW)
    actions.take_back(story, by=story.author, now=NOW)
    KeptText.objects.create(address=at("write", story, "tried"), typed="tried=A", created_at=timezone.now())
    other = StoryFactory()
    assert "goes, at once and for good" in text(teller.get(at("delete", story)))
    assert fresh(story)
    page = teller.post(at("delete", story), follow=True)
    assert "Your draft is deleted." in text(page)
    assert list(Story.objects.all()) == [other]
    assert {edit.story for edit in Edit.objects.all()} == {other}
    assert {revision.object_id for revision in Revision.objects.all()} == {str(other.pk)}
    log = ModelLogEntry.objects.filter(content_type__model="story")
    counts = [KeptText.objects.count(), WorkflowState.objects.count(), TaskState.objects.count(), log.count()]
    assert counts == [0, 0, 0, 0]
    assert teller.post(at("delete", story)).status_code == 404


@pytest.mark.parametrize("trait", ["sent", "live", "hidden", "withdrawn"])
def test_what_somebody_else_may_have_read_is_withdrawn_and_not_deleted(client, trait):
    story = StoryFactory(**{trait: True})
    client.force_login(story.author)
    assert {client.get(at("delete", story)).status_code, client.post(at("delete", story)).status_code} == {404}
    with pytest.raises(actions.CannotDelete):
        actions.delete(story, by=story.author, now=NOW)
    assert at("delete", story) not in text(client.get(at("draft", story)))
    assert fresh(story)


def test_only_its_author_deletes_a_draft(story):
    with pytest.raises(actions.CannotDelete):
        actions.delete(story, by=MemberFactory(), now=NOW)


def test_a_draft_offers_to_be_deleted(teller, story):
    assert at("delete", story) in text(teller.get(at("draft", story)))


def test_a_word_that_was_kept_is_saved_as_before(teller, story):
    assert post(teller, at("write", story, "tried"), TOLD["tried"], story).status_code == 302
