"""The words of a message in its mail: only for whoever asked, only between two by name, and as it stands then."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members import actions as accounts
from members import kinds, quiet
from members.models import Notice
from members.tests.factories import ListedMemberFactory, send_mail
from networks.actions import conversations

pytestmark = pytest.mark.django_db

SAID = "Larkcanary, shall we meet?"


def asked_for_words(client, member):
    """By the form, as a member does."""
    client.force_login(member)
    every = {group.slug: "now" for group in kinds.WISHED}
    said = {**every, "time_zone": quiet.HOME, "words_by_mail": "on"}
    assert client.post(reverse("members:mail"), said).status_code == 302
    member.refresh_from_db()
    assert member.words_by_mail


def talk(*members, **more):
    return conversations.open(members, now=timezone.now(), **more)


def say(conversation, by):
    return conversations.say(conversation, text=SAID, by=by, now=timezone.now(), form_key="one")


def mailed(mailbox, member):
    """(subject, everything that is in it) of each mail that has gone to this member since."""
    send_mail()
    gone = [(mail["Subject"], mail.get_body(("plain",)).get_content()) for mail in mailbox.to(member.email)]
    html = "".join(mail.get_body(("html",)).get_content() for mail in mailbox.to(member.email))
    mailbox.messages.clear()
    assert all((SAID in text) == (SAID in html) for _, text in gone)
    return gone


def test_the_words_come_only_to_whoever_asked_and_lie_in_no_outbox(client, asha, ben, mailbox):
    with_words = talk(asha, ben)
    say(with_words, ben)
    [(_, text)] = mailed(mailbox, asha)
    assert SAID not in text
    asked_for_words(client, asha)
    other = ListedMemberFactory()
    say(talk(asha, other), other)
    assert not Notice.objects.filter(text__contains="Larkcanary").exists()
    [(subject, text)] = mailed(mailbox, asha)
    assert SAID in text
    assert subject == "You have a message"
    assert str(other) not in text.replace(str(asha), "")
    assert not [one for one in Notice.objects.all() if "Larkcanary" in f"{one.subject}{one.text}{one.html}"]


@pytest.mark.parametrize("why", ["group", "masked", "behind a mask", "taken down", "left the site", "shut out"])
def test_the_words_stay_away_where_they_could_harm(client, asha, ben, mailbox, why):
    asked_for_words(client, asha)
    more = {"group": {"for_two": False}, "masked": {"masked": {ben: "A"}}, "behind a mask": {"masked": {asha: "A"}}}
    message = say(talk(asha, ben, **more.get(why, {})), ben)
    if why == "taken down":
        message.uphold(by=None, now=timezone.now(), reason="")
    elif why == "left the site":
        accounts.close(ben, kept=[], now=timezone.now())
    elif why == "shut out":
        ben.suspend(now=timezone.now())
    assert [SAID in text for _, text in mailed(mailbox, asha)] == [False]


@pytest.mark.parametrize("why", ["blocked", "left", "muted", "looked", "suspended"])
def test_a_mail_that_waits_does_not_go_where_its_reader_has_looked_or_gone_since(client, asha, ben, mailbox, why):
    asked_for_words(client, asha)
    conversation, now = talk(asha, ben), timezone.now()
    say(conversation, ben)
    if why == "blocked":
        accounts.block(ben, known_as="Ben", by=asha, now=now)
    elif why == "left":
        conversations.leave(conversation, by=asha, now=now)
    elif why == "muted":
        conversations.mute(conversation, by=asha, now=now)
    elif why == "looked":
        client.get(conversation.get_absolute_url())
    else:
        asha.suspend(now=now)
    assert mailed(mailbox, asha) == []
