"""What was said between members is read by a moderator only where it was reported, with a reason, and no more of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Concern, Notice
from members.tests.factories import ListedMemberFactory, ModeratorFactory, send_mail, sign_in_staff
from networks.actions import coalitions, conversations, introductions
from networks.models import Coalition, Conversation, Introduction, Message
from stories.actions import reporting
from stories.models import LookUp
from stories.models.lookup import new_lookup_key

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SAID = {"kind": "wrong", "text": "This frightens me."}


def at(member):
    client = Client()
    client.force_login(member)
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def two():
    return ListedMemberFactory(first_name="Asha"), ListedMemberFactory(first_name="Ben")


def test_a_moderator_reads_a_reported_message_and_five_around_it_with_a_reason_that_is_logged(two, mailbox):
    asha, ben = two
    conversation = conversations.open([asha, ben], now=NOW)
    for number in range(12):
        said = {"text": f"Message number {number}.", "form_key": str(number)}
        conversations.say(conversation, **said, by=ben, now=NOW + timedelta(seconds=number))
    reported = Message.objects.get(text="Message number 6.")
    address = reverse("report_message", args=[conversation.key, reported.key])
    page = reverse("stories_staff:read_reported", args=["message", reported.key])
    moderator, other = sign_in_staff(Client(), ModeratorFactory()), ListedMemberFactory()
    assert moderator.get(page).status_code == 404
    assert [at(member).get(address).status_code for member in (asha, ben, other)] == [200, 404, 404]

    assert "The moderators have it" in text_of(at(asha).post(address, SAID))
    send_mail()
    assert mailbox.messages
    assert not [mail for mail in mailbox.messages if "Message number" in mail.as_string()]
    assert "A message between members" in text_of(moderator.get(reverse("stories_staff:concerns")))
    assert "Message number" not in text_of(moderator.get(page))
    key = new_lookup_key()
    assert "Message number" not in text_of(moderator.post(page, {"reason": "", "key": key}))
    shown = text_of(moderator.post(page, {"reason": "It was reported.", "key": key}))
    seen = [number for number in range(12) if f"Message number {number}." in shown]
    assert seen == [3, 4, 5, 6, 7, 8]
    assert LookUp.objects.get().what == LookUp.What.REPORTED
    assert "Message number" not in text_of(moderator.post(page, {"reason": "Once more.", "key": key}))
    assert at(other).get(page).status_code in (302, 403)

    moderator.post(page, {"decide": "1", "decision": "uphold", "reason": "It threatens."})
    assert "A moderator took this message away" in text_of(at(asha).get(conversation.get_absolute_url()))
    assert not Message.objects.filter(text="Message number 6.").exists()
    assert Concern.objects.get().state == Concern.State.UPHELD
    assert moderator.get(page).status_code == 404
    mailbox.messages.clear()
    send_mail()
    assert mailbox.messages == []


def test_an_introduction_is_reported_by_whom_it_reached_and_its_asker_is_not_told(two):
    asha, ben = two
    one = introductions.ask(asha, reason="Buy my training course.", by=ben, now=NOW)
    address = reverse("report_introduction", args=[one.key])
    assert [at(member).get(address).status_code for member in (asha, ben)] == [200, 404]
    at(asha).post(address, SAID)
    moderator = sign_in_staff(Client(), ModeratorFactory())
    page = reverse("stories_staff:read_reported", args=["introduction", one.key])
    assert "Buy my" not in text_of(moderator.get(page))
    shown = text_of(moderator.post(page, {"reason": "It was reported.", "key": new_lookup_key()}))
    assert "Buy my training course." in shown
    assert "Ben" in shown
    moderator.post(page, {"decide": "1", "decision": "uphold", "reason": "It sells."})
    assert at(asha).get(one.get_absolute_url()).status_code == 404
    assert "They may answer until" in text_of(at(ben).get(one.get_absolute_url()))


def test_no_moderator_decides_about_what_they_are_part_of():
    moderator, ben = ModeratorFactory(), ListedMemberFactory()
    moderator.profile.list_in_directory(True, now=NOW)
    moderator.profile.save()
    one = introductions.ask(moderator, reason="Hello.", by=ben, now=NOW)
    staff = sign_in_staff(Client(), moderator)
    staff.post(reverse("report_introduction", args=[one.key]), SAID)
    assert Concern.objects.about_any(Introduction).exists()
    assert staff.get(reverse("stories_staff:read_reported", args=["introduction", one.key])).status_code == 404
    assert "An introduction" not in text_of(staff.get(reverse("stories_staff:concerns")))


def test_a_notice_and_a_group_are_reported_by_those_who_see_them_and_a_moderator_sees_no_more_of_it(two, mailbox):
    asha, ben = two
    outside, moderator = ListedMemberFactory(), sign_in_staff(Client(), ModeratorFactory())
    group = Coalition(name="Larks", purpose="One door for discharge")
    group = coalitions.gather(group, boundaries=[], places=[], by=ben, now=NOW)
    coalitions.join(group, by=asha, now=NOW)
    put_up = {"may_stay": "", "by": ben, "now": NOW}
    notice = coalitions.put_up(group, text="Buy my course.", form_key="a", **put_up)
    coalitions.put_up(group, text="Tea at four.", form_key="b", **put_up)
    address = reverse("report_notice", args=[group.key, notice.key])
    assert [at(member).get(address).status_code for member in (asha, ben, outside)] == [200, 404, 404]
    assert "The moderators have it" in text_of(at(asha).post(address, {**SAID, "contact": "asha@example.org"}))
    page = reverse("stories_staff:read_reported", args=["notice", notice.key])
    assert "A notice in a group" in text_of(moderator.get(reverse("stories_staff:concerns")))
    assert "Buy my course" not in text_of(moderator.get(page))
    shown = text_of(moderator.post(page, {"reason": "It was reported.", "key": new_lookup_key()}))
    assert "Buy my course." in shown
    assert "Tea at four." not in shown
    assert LookUp.objects.get().slug == notice.key
    moderator.post(page, {"decide": "1", "decision": "uphold", "reason": "It sells."})
    board = text_of(at(asha).get(reverse("coalitions:notices", args=[group.key])))
    assert "A moderator took this notice away" in board
    assert "Buy my course" not in board
    mailbox.messages.clear()
    send_mail()
    assert "asha@example.org" in {mail["To"] for mail in mailbox.messages}
    assert not [mail for mail in mailbox.messages if "course" in mail.as_string() or mail["To"] == ben.email]

    at(outside).post(reverse("report_coalition", args=[group.key]), SAID)
    page = reverse("stories_staff:read_reported", args=["group", group.key])
    shown = text_of(moderator.post(page, {"reason": "It was reported.", "key": new_lookup_key()}))
    assert "One door for discharge" in shown
    assert "Tea at four." not in shown
    moderator.post(page, {"decide": "1", "decision": "uphold", "reason": "It sells."})
    for member in (asha, ben, outside):
        assert at(member).get(group.get_absolute_url()).status_code == 404
        assert not Conversation.objects.visible_to(member).exists()
    told = Notice.objects.filter(kind="networks.coalition_taken_down").order_by("pk")
    assert {notice.member for notice in told} == {asha, ben}
    assert not [notice for notice in told if "Larks" in notice.subject + notice.text or "sells" in notice.text]


def test_a_group_that_one_does_not_know_of_cannot_be_reported_nor_is_it_decided_about_from_inside(two):
    asha, _ = two
    moderator = ModeratorFactory()
    group = Coalition(name="Larks", purpose="One door", joining="hidden")
    group = coalitions.gather(group, boundaries=[], places=[], by=moderator, now=NOW)
    assert at(asha).get(reverse("report_coalition", args=[group.key])).status_code == 404
    reporting.report(group, sender="x", now=NOW, kind="wrong", text="Harm", contact="", key="k")
    page = reverse("stories_staff:read_reported", args=["group", group.key])
    assert sign_in_staff(Client(), moderator).get(page).status_code == 404
    assert sign_in_staff(Client(), ModeratorFactory()).get(page).status_code == 200
