"""What stands between the demo's moderators and tellers: questions, words that were suggested, a featured story."""

import tomllib
from datetime import timedelta
from pathlib import Path

from stories import actions
from stories.actions.first_reading import WORKING_DAYS, working_days_after
from stories.models import FirstReading, Story

DATA = Path(__file__).with_name("desk.toml")


def add_desk(*, people, now):
    """Brought about by the verbs of moderators and tellers, for the stories that are there."""
    told = tomllib.loads(DATA.read_text("utf-8"))
    for line in told["question"]:
        ask(line, people, now)
    for line in told["suggestion"]:
        suggest(line, people, now)
    for line in told["feature"]:
        until = now.date() + timedelta(days=line["days"])
        actions.feature(story_of(line), until=until, by=people[line["by"]], now=now)
    keep_promises_as_old_as_the_stories(now)


def story_of(line):
    return Story.objects.get(title=line["story"], demo=True)


def ask(line, people, now):
    story = story_of(line)
    asked_at = now - timedelta(hours=20)
    actions.ask(story, text=line["asked"], by=people[line["moderator"]], now=asked_at)
    if "answered" in line:
        actions.answer(story, text=line["answered"], by=story.author, now=asked_at + timedelta(hours=2))


def suggest(line, people, now):
    story = story_of(line)
    after = getattr(story, line["field"]).replace(line["before"], line["after"])
    moderator, reason = people[line["moderator"]], line["reason"]
    actions.suggest(story, field=line["field"], after=after, reason=reason, by=moderator, now=now)


def keep_promises_as_old_as_the_stories(now):
    """A story whose sending was dated back has waited that long for its first reader too."""
    for reading in FirstReading.objects.select_related("story"):
        state = reading.story.current_workflow_task_state
        if state:
            reading.due_at = working_days_after(state.started_at, WORKING_DAYS)
            reading.assigned_at = state.started_at
            reading.save(update_fields=["due_at", "assigned_at"])
