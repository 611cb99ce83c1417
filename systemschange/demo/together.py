"""Stories of the demo community that several people tell, and one that is soon asked about again."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from stories.models import CoAuthor, Story

TEXTS = Path(__file__).parent / "together.toml"


def add_together(people, *, now):
    told = tomllib.loads(TEXTS.read_text("utf-8"))
    for person in told["coauthor"]:
        add_coauthor(person, people, now)
    for review in told["review"]:
        day = timezone.localdate(now) + timedelta(days=review["in_days"])
        Story.objects.filter(title=review["story"]).update(review_date=day)


def add_coauthor(person, people, now):
    story = Story.objects.get(title=person["story"])
    joined = now - timedelta(days=person["joined_days_ago"])
    answer = person.get("answer", "")
    CoAuthor.objects.create(
        story=story,
        member=people[person["member"]],
        joined_at=joined,
        lived_experience=person.get("lived_experience", False),
        answer=answer,
        answer_reason=person.get("answer_reason", "").strip(),
        answered_at=joined + timedelta(days=1) if answer else None,
        answered_version=story.version_key if answer else "",
    )
