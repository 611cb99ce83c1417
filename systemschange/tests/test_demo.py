"""Loading the demo community and the stories from elsewhere: by command, and each once."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from members.models import User
from stories.models import Audience, Story
from systemschange.demo import load

ELSEWHERE = load.read("elsewhere")


@pytest.mark.long
def test_without_secrets_nobody_can_sign_in_by_password(db):
    load.load_community(now=timezone.now())
    assert [user.email for user in User.objects.filter(demo=True) if user.has_usable_password()] == []
    assert User.objects.get(email="admin@demo.example").authenticator_set.count() == 0


def test_retold_stories_are_added_once_each(db):
    now = timezone.now()
    assert load.load_elsewhere(now=now) == len(ELSEWHERE)
    assert load.load_elsewhere(now=now) == 0
    told = Story.objects.published()
    assert told.filter(author=None, demo=False, audience=Audience.PUBLIC).count() == len(ELSEWHERE)
    assert {story.teller for story in told} == {"Retold by the programme team"}
    assert {story.title: story.missing_to_send() for story in told if story.missing_to_send()} == {}


def test_a_retold_story_that_was_taken_away_does_not_come_back(db):
    load.load_elsewhere(now=timezone.now())
    gone = Story.objects.first()
    gone.unpublish()
    assert load.load_elsewhere(now=timezone.now()) == 0
    assert Story.objects.get(pk=gone.pk).live is False


@pytest.mark.long
def test_the_commands_say_one_line_each(db, capsys, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "stair carpet lantern")
    monkeypatch.setenv("DEMO_TOTP", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    for command in ("load_demo", "load_demo", "load_elsewhere"):
        call_command(command)
    assert capsys.readouterr().out.splitlines() == [
        "demo community loaded",
        "demo community already here",
        "10 stories from elsewhere added",
    ]


def test_the_demo_community_is_refused_outside_the_embedded_mode(db, settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="EMBEDDED=1"):
        call_command("load_demo")
    assert User.objects.filter(demo=True).count() == 0
