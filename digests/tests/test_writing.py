"""The letter as it arrives: its words, its headers, and what must never be in it."""

import email
from email import policy
from types import SimpleNamespace

import pytest

from digests import writing
from digests.models import Issue

pytestmark = pytest.mark.django_db


def reader_like(**fields):
    given = {
        "pk": 1,
        "email": "asha@example.org",
        "first_name": "Asha",
        "public_id": "asha-profile",
        "time_zone": "Europe/London",
        "content_free": False,
    }
    return SimpleNamespace(**{**given, **fields})


def written(press, items, **fields):
    sent = press.letter(reader_like(**fields), items, message_id="<a@testserver>", date=0)
    assert b"\r\n." not in sent
    assert b"\n" not in sent.replace(b"\r\n", b"")
    assert sent.endswith(b"\r\n")
    assert max(map(len, sent.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 76
    return email.message_from_bytes(sent, policy=policy.default)


def body(message, kind):
    return message.get_body((kind,)).get_content()


def story_items(*stories):
    return [{"kind": "story", "id": story.pk, "why": ""} for story in stories]


def test_both_bodies_say_the_same(world):
    story = world.story(live=True, title="Nobody is discharged to nowhere on a Friday")
    issue = Issue.objects.next_draft(world.now)
    issue.note = ".A note that begins with a dot — and more.\n..\n" + "long " * 40
    message = written(writing.Press(issue), story_items(story))
    for kind in ("plain", "html"):
        words = body(message, kind)
        assert "Asha" in words
        assert story.title in words
        assert story.get_absolute_url() in words
        assert ".A note that begins with a dot — and more." in words
        assert "/letter/leave/asha-profile." in words
    assert message["List-Unsubscribe"].startswith("<http://testserver/letter/leave/asha-profile.")
    assert message["Subject"] == "Your weekly letter: 1 story you have not read"
