"""The letter and what members want of their mail: what was kept back for it, breaks, and nights."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from digests import readers
from digests.models import Delivery, Subscriber
from members import kinds, mail, outbox
from members.models import Notice
from members.tests.factories import MemberFactory
from reports.models import HomePage

pytestmark = pytest.mark.django_db


def told(world):
    """Enough for a letter."""
    return [world.story(boundaries=[one]) for one in ("housing", "police", "education")]


def keep_back(member, kind, now):
    notice = outbox.post(kind=kind, subject="A secret word", text="A secret word", member=member, now=now)
    outbox.drain(clock=lambda: now)
    return notice


def test_what_was_kept_back_is_one_line_in_the_next_letter_and_in_no_other(world, reader, mailbox):
    answers = {group.slug: "letter" for group in kinds.WISHED}
    mail.choose(reader, answers=answers, time_zone="Europe/London")
    kept = [keep_back(reader, kind, world.now) for kind in ("stories.story_live", "stories.new_responses")]
    world.send_now()
    [letter] = mailbox.to(reader.email)
    assert letter["Subject"] == "Your weekly letter: what waits for you"
    for part in ("plain", "html"):
        words = letter.get_body((part,)).get_content()
        assert "Waiting for you" in words
        assert "One piece of news about your stories" in words
        assert "One member has written to you" in words
        assert f"{settings.SITE_URL}/stories/mine/" in words
        assert "secret" not in words
    assert set(Notice.objects.filter(pk__in=[one.pk for one in kept]).values_list("state", flat=True)) == {"told"}
    world.now += timedelta(days=7)
    world.send_now()
    assert len(mailbox.messages) == 1


def test_the_letter_waits_for_nobody_on_a_break_and_the_next_one_has_it_all(world, reader, mailbox):
    stories = told(world)
    mail.take_break(reader, until=date(2030, 1, 14))
    issue = world.send_now()
    assert list(issue.deliveries.values_list("state", "reason")) == [(Delivery.State.SKIPPED, "Takes a break")]
    world.now += timedelta(days=7)
    world.send_now()
    assert sorted(Delivery.objects.latest("pk").story_ids) == sorted(story.pk for story in stories)
    assert len(mailbox.messages) == 1


def test_by_night_the_letter_waits_for_the_member_s_own_morning(world, mailbox, settings):
    settings.QUIET_HOURS = (21, 7)
    far = MemberFactory(time_zone="America/New_York", profile__weekly_letter=True)
    near = MemberFactory(profile__weekly_letter=True)
    told(world)
    world.send_now()
    assert [message["To"] for message in mailbox.messages] == [near.email]
    world.tick(hours=4, minutes=29)
    assert len(mailbox.messages) == 1
    world.tick(minutes=1)
    assert [message["To"] for message in mailbox.messages] == [near.email, far.email]


def test_readers_without_an_account_are_not_written_to_at_night(world, settings):
    settings.QUIET_HOURS = (21, 7)
    Subscriber.objects.create(address="a@example.org", due_at=world.now - timedelta(days=1))
    night = world.now.replace(hour=23)
    assert readers.start_next(now=night) == (None, None)
    assert readers.start_next(now=world.now)[0] is not None


def test_the_question_of_the_week_ends_the_letter(world, reader, mailbox):
    HomePage.objects.update(question="Who opened a door for you?")
    told(world)
    world.send_now()
    [letter] = mailbox.to(reader.email)
    for part in ("plain", "html"):
        assert "Who opened a door for you?" in letter.get_body((part,)).get_content()
