""" "Rule or habit?": questions and answers of demo members. The texts are data: `rules.toml` beside this file."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from networks.models import RuleAnswer, RuleQuestion

FILE = Path(__file__).parent / "rules.toml"


def add_rules(*, people, words, now):
    """All of it, read by the demo moderator. Nobody is mailed: all of it is past."""
    for asked in tomllib.loads(FILE.read_text("utf-8"))["question"]:
        question = RuleQuestion(told=asked["told"], more=asked.get("more", ""), audience=asked["audience"])
        say(question, asked, people=people, now=now)
        question.boundaries.set(words.boundaries[slug] for slug in asked["boundaries"])
        question.practices.set(words.practices[slug] for slug in asked.get("practices", []))
        for answered in asked.get("answer", []):
            add_answer(question, answered, people=people, words=words, now=now)


def add_answer(question, answered, *, people, words, now):
    answer = RuleAnswer(
        question=question,
        nation=words.places.get(answered.get("nation")),
        checked_date=timezone.localdate(now) - timedelta(days=answered["checked"]),
        **{name: answered.get(name, "") for name in ("kind", "text", "source", "source_url")},
    )
    say(answer, answered, people=people, now=now)
    if answered.get("best"):
        answer.mark_best(now=answer.created_at + timedelta(days=2))


def say(said, described, *, people, now):
    """By an invented person, so that role and region need not be hidden among others."""
    profile = people[described["author"]].profile
    said.author, said.role, said.place = people[described["author"]], profile.role, profile.place.region
    said.created_at = now - timedelta(days=described["days"], minutes=17)
    said.save()
    if described.get("state") != "waiting":
        said.release(by=people["moderator2@demo.example"], now=said.created_at + timedelta(hours=5))
