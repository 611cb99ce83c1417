"""What demo members added to demo stories: experiments, follow-ups, responses, thanks, an organisation's answer.

The texts are data: `added.toml` beside this file. Nobody is mailed: all of it is past.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

from stories.models import Experiment, FollowUp, OrganisationResponse, Response, State, Story, Thanks

FILE = Path(__file__).parent / "added.toml"
MODELS = {"experiment": Experiment, "follow_up": FollowUp, "response": Response, "organisation": OrganisationResponse}
APART = {"name", "story", "practice", "author", "builds_on", "place", "byline_role", "days", "state"}


def read():
    return tomllib.loads(FILE.read_text("utf-8"))


def add_contributions(*, people, words, now):
    """All of it, decided about by the demo moderator."""
    told, stories = read(), {story.title: story for story in Story.objects.published()}
    moderator = people["moderator@demo.example"]
    named = {}
    for kind, model in MODELS.items():
        for position, described in enumerate(told[kind]):
            story = stories.get(described.get("story"))
            at = now - timedelta(days=described["days"], minutes=11 * position + 3)
            contribution = model(story=story, created_at=at, told_at=at, **plain(described))
            contribution.author = story.author if kind == "follow_up" else people[described["author"]]
            relate(contribution, described, words, named)
            if described.get("state") != State.WAITING:
                contribution.release(by=moderator, now=at)
            contribution.save()
            named[described.get("name")] = contribution
    open_to_organisations(told, stories)
    for described in told["thanks"]:
        thank(described, stories[described["story"]], people[described["author"]], now=now)
    for story in stories.values():
        newest = FollowUp.objects.live().filter(story=story).newest_first().first()
        if newest:
            Story.objects.filter(pk=story.pk).update(latest_outcome=newest.outcome)


def plain(described):
    values = {name: value for name, value in described.items() if name not in APART}
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def relate(contribution, described, words, named):
    if "practice" in described:
        contribution.practice = words.practices[described["practice"]]
    if "place" in described:
        contribution.place = words.places[described["place"]]
    if "byline_role" in described:
        contribution.byline_role = words.roles[described["byline_role"]]
    if "builds_on" in described:
        contribution.parent = named[described["builds_on"]]
    if isinstance(contribution, Experiment | Response) and contribution.story:
        contribution.audience = contribution.story.audience


def open_to_organisations(told, stories):
    keys = {stories[described["story"]].pk for described in told["organisation"]}
    Story.objects.filter(pk__in=keys).update(organisations_may_respond=True)


def thank(described, story, member, *, now):
    Thanks.objects.bulk_create(
        Thanks(
            story=story,
            member=member,
            kind=kind,
            named=described["named"],
            role=member.profile.role,
            audience=story.audience,
            created_at=now - timedelta(hours=5),
            told_at=now,
        )
        for kind in described["kinds"]
    )
