"""Introductions between demo members in each of their states, and what some of them said to each other.

The texts are data: `introductions.toml` beside this file. Brought about by the verbs of members; nobody is mailed.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

from members.models import Concern
from networks.actions import conversations
from networks.actions import introductions as actions
from networks.models import Introduction, WentCount
from networks.models.introduction import SIX_WEEKS
from stories.actions import letters
from stories.models import Audience, Byline, Story

FILE = Path(__file__).with_name("introductions.toml")


def read():
    return tomllib.loads(FILE.read_text("utf-8"))


def add_introductions(*, people, now):
    told = read()
    for line in sorted(told["ask"], key=lambda line: -line["days"]):
        ask(line, people, now - timedelta(days=line["days"], minutes=17))
    for line in told["bring"]:
        bring(line, people, now - timedelta(days=line["days"], minutes=40))
    for line in told["letter"]:
        write(line, people, now - timedelta(days=line["days"], minutes=5))
    Introduction.objects.filter(answer_until__lte=now, met_at=None).update(ended_at=now)


def person(people, name):
    return people[f"{name}@demo.example"]


def ask(line, people, at):
    asker, asked = person(people, line["by"]), person(people, line["to"])
    one = actions.ask(asked, reason=line["reason"], by=asker, now=at)
    answered = at + timedelta(hours=9)
    answer = line.get("answer")
    if answer == "no":
        actions.say_not_now(one, by=asked, now=answered)
    elif answer == "taken back":
        actions.take_back(one, by=asker, now=answered)
    elif answer == "yes":
        meet(actions.say_yes(one, by=asked, now=answered), line, people, answered)
    elif answer == "reported":
        report(one, line["report"], at=answered)


def report(one, text, *, at):
    """As whoever was asked would; no moderator has read it yet."""
    said = {"kind": Concern.Kind.WRONG, "text": text, "sender": "demo", "key": f"demo {one.key}"}
    Concern.objects.create(target=one, raised_at=at, **said)


def meet(one, line, people, at):
    for number, (name, hours, text) in enumerate(line.get("said", [])):
        at += timedelta(hours=hours)
        said = {"text": text, "by": person(people, name), "now": at, "form_key": f"demo{number}"}
        conversations.say(one.conversation, **said)
    if "went" in line:
        Introduction.objects.filter(pk=one.pk).update(went_asked_at=one.met_at + SIX_WEEKS)
        for name in line["went"]:
            actions.say_how_it_went(
                one, answer=WentCount.Went.TRIED, by=person(people, name), now=one.met_at + SIX_WEEKS
            )


def bring(line, people, at):
    pair = [person(people, line[side]) for side in ("one", "other")]
    one = actions.introduce(*pair, reason=line["reason"], by=person(people, line["by"]), now=at)
    for hours, name in enumerate(line["yes"], 20):
        one = actions.say_yes(one, by=person(people, name), now=at + timedelta(hours=hours))
    if one.met_at:
        meet(one, line, people, one.met_at)


def write(line, people, at):
    """To the teller of the newest unnamed story that everybody may read."""
    unnamed = Story.objects.published().filter(audience=Audience.PUBLIC, source_url="").exclude(byline=Byline.NAME)
    story = unnamed.exclude(author=person(people, line["by"])).exclude(author=None).newest_first().first()
    letters.set_letters(story, True, by=story.author, now=at)
    said = {"text": line["said"], "form_key": "demo", "by": person(people, line["by"])}
    begun = letters.write_to_teller(story, **said, now=at)
    answer = {"text": line["answer"], "form_key": "demo", "by": story.author}
    conversations.say(begun, **answer, now=at + timedelta(hours=11))
