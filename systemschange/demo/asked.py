"""What commissioners ask and what demo members try. The texts are data: `questions.toml` and `attempts.toml`."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from networks.models import Coalition
from reports.models import CommissionersQuestion, QuestionAnswer
from stories.models import Attempt, Story

FOLDER = Path(__file__).parent
WORDS = ("step", "expects", "noticed", "stop_if", "happened", "decision")


def read(kind):
    """The tables of `questions` or `attempts`."""
    return tomllib.loads((FOLDER / f"{kind}s.toml").read_text("utf-8"))[kind]


def add_questions(*, now):
    for told in read("question"):
        said = {name: told.get(name, "") for name in ("slug", "question", "organisation", "role", "why")}
        days = {"opens_date": "opens", "closes_date": "closes", "reply_due_date": "due", "replied_date": "replied"}
        said |= {name: day(told[key], now) for name, key in days.items() if key in told}
        said |= {name: told.get(name, "").strip() for name in ("heard", "will_do")}
        asked = CommissionersQuestion.objects.create(**said)
        stories = Story.objects.filter(title__in=told["answers"], demo=True)
        QuestionAnswer.objects.bulk_create(QuestionAnswer(question=asked, story=story) for story in stories)


def add_attempts(*, people, words, now):
    for told in read("attempt"):
        Attempt.objects.create(
            member=people[f"{told['by']}@demo.example"],
            practice=words.practices[told["practice"]],
            coalition=Coalition.objects.get(name=told["group"]) if "group" in told else None,
            begun_at=now - timedelta(days=told["days"], minutes=41),
            look_again_date=day(told["look_again"], now) if "look_again" in told else None,
            **{name: told.get(name, "") for name in WORDS},
        )


def day(days, now):
    return timezone.localdate(now) + timedelta(days=days)
