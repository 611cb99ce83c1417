"""What the tests of added things share: each by the real ceremony, and brought to its state by the real verbs."""

from django.utils import timezone

from members.tests.factories import MemberFactory, ModeratorFactory
from stories import actions
from stories.models import Experiment, FollowUp, OrganisationResponse, Response, Story
from stories.tests.factories import StoryFactory

WORDS = {
    FollowUp: {"text": "The desk has a new lead.", "outcome": "stalled", "period_part": "early", "period_year": 2026},
    Experiment: {"changed": "We rang first.", "happened": "Nobody picked up.", "result": "not"},
    Response: {"text": "I took this to my manager."},
    OrganisationResponse: {"organisation": "Northside Homes", "stance": "cannot", "text": "The letter is a system’s."},
}


def published(at=None, **answers):
    """A public story, live since now or since `at`."""
    story = StoryFactory(live=True, **{"audience": "public", **answers})
    if at:
        Story.objects.filter(pk=story.pk).update(first_published_at=at)
    return fresh(story)


def heard_by_organisations(**answers):
    story = published(**answers)
    Story.objects.filter(pk=story.pk).update(organisations_may_respond=True)
    return fresh(story)


def fresh(one):
    return type(one).objects.get(pk=one.pk)


def add(model, story, *, by=None, now=None, **answers):
    """Added by a newcomer, so it waits."""
    by = by or (story.author if model is FollowUp else MemberFactory())
    audience = {} if model in {FollowUp, OrganisationResponse} else {"audience": story.audience}
    contribution = model(story=story, **{**WORDS[model], **audience, **answers})
    return actions.add(contribution, by=by, now=now or timezone.now())


def live(model, story, *, by=None, now=None, **answers):
    now = now or timezone.now()
    added = add(model, story, by=by, now=now, **answers)
    return added if added.is_live else actions.approve_contribution(added, by=ModeratorFactory(), now=now)


def known_member(**answers):
    """Somebody whose words are shown at once: a moderator let in three of theirs."""
    member = MemberFactory(**answers)
    story = published()
    for _ in range(3):
        live(Response, story, by=member)
    return member
