"""A letter with one of everything, the same each time, for snapshots and for looking at."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from digests.models import Issue
from members.tests.factories import MemberFactory
from networks.models import Gathering, RuleQuestion
from networks.tests.gathered import coalition_of
from practices.models import Boundary
from reports.models import ReportPage
from reports.tests.factories import ReportFactory
from stories.models import FollowUp, Story

KEPT = Path(__file__).parent / "emails"


def everything(world, reader):
    """(issue, items)"""
    issue = Issue.objects.next_draft(world.now)
    issue.note = "Three of you will speak in Leeds next week.\r\n\r\nCome if you can."
    items = [
        {"kind": "waiting", "id": reader.pk, "why": "", "lines": [["stories", 1], ["people", 3]]},
        {"kind": "introduction", "id": 1, "why": ""},
        {"kind": "introduction", "id": 2, "why": ""},
        {"kind": "gathering", "id": gathering(world, reader).pk, "why": ""},
        {"kind": "follow_up", "id": follow_up(world).pk, "why": ""},
        *stories(world),
        {"kind": "rule", "id": question(world).pk, "why": ""},
        {"kind": "report", "id": report().pk, "why": ""},
    ]
    return issue, items


def stories(world):
    told = [
        {
            "title": "Nobody is discharged to nowhere on a Friday",
            "summary": "The ward rings the housing team on Wednesday, and there is a key on Friday.",
            "boundaries": ["hospital", "housing"],
            "byline_role": "housing-officer",
            "place": "salford",
            "period_part": "early",
            "period_year": 2029,
        },
        {
            "title": "We stopped <asking> the same five questions & wrote one page",
            "summary": "",
            "boundaries": ["mental-health", "police", "drug-and-alcohol"],
            "byline": "name",
            "author": MemberFactory(first_name="Moira", last_name="O'Neill"),
        },
        {
            "title": "One form instead of three",
            "summary": "It stalled in May.",
            "boundaries": ["debt-advice"],
            "demo": True,
        },
    ]
    for number, (fields, why) in enumerate(
        zip(told, ["Chosen by the team", "Between mental health and police, which you follow", ""], strict=True)
    ):
        fields["boundaries"] = list(Boundary.objects.filter(slug__in=fields["boundaries"]))
        story = world.story(**fields)
        Story.objects.filter(pk=story.pk).update(slug=f"story-{number}")
        yield {"kind": "story", "id": story.pk, "why": why}


def follow_up(world):
    story = world.story(title="They ring before they refuse")
    Story.objects.filter(pk=story.pk).update(slug="they-ring")
    return FollowUp.objects.create(
        story=story,
        author=story.author,
        slug="since",
        state="live",
        created_at=world.now,
        text="It goes on.",
        outcome="spread",
        period_part="early",
        period_year=2029,
    )


def gathering(world, reader):
    coalition = coalition_of(reader, now=world.now)
    coalition.key = "coalition"
    coalition.save()
    begins = world.now + timedelta(days=5)
    return Gathering.objects.create(
        key="lunch",
        coalition=coalition,
        title="Lunch at the front desk",
        begins_at=begins,
        ends_at=begins + timedelta(hours=1),
        put_up_at=world.now,
        changed_at=world.now,
        remind_at=world.now,
        form_key="a",
    )


def question(world):
    return RuleQuestion.objects.create(
        key="question", told="share a phone number with the housing team", state="live", created_at=world.now
    )


def report():
    made = ReportFactory(title="What stops a discharge", slug="discharge", introduction="It was rarely a bed.")
    ReportPage.objects.update(first_published_at=datetime(2030, 1, 8, 12, tzinfo=UTC))
    return made
