"""No page asks the database more often because there is more to show (docs/performance.md holds the budgets)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import MemberFactory
from practices.models import Boundary, Place, Practice, Role
from reports.tests.questions import QuestionFactory, answered_by
from stories.models import Audience, Byline, Listing, Outcome, Story, StoryBoundary
from stories.search import rows

pytestmark = pytest.mark.django_db

COUNTS = [1, 3, 300]


def publish(count):
    """That many public stories between housing and mental health, each with a named teller of its own practice."""
    now = timezone.now()
    author = MemberFactory()
    role, place = Role.objects.first(), Place.objects.get(slug="salford")
    stories = Story.objects.bulk_create(
        Story(
            title=f"Story {number}",
            noticed="Something.",
            author=author,
            byline=Byline.NAME,
            byline_role=role,
            place=place,
            audience=Audience.PUBLIC,
            outcome=Outcome.GOING,
            help_wanted="Somebody who has done this with a prison.",
            created_at=now,
            live=True,
            first_published_at=now - timedelta(minutes=number),
        )
        for number in range(count)
    )
    pair = Boundary.objects.filter(slug__in=["housing", "mental-health"])
    StoryBoundary.objects.bulk_create(
        StoryBoundary(content_object=story, tag=boundary) for story in stories for boundary in pair
    )
    practice = Practice.objects.get(slug="rule-or-habit")
    through = Story.practices.through
    through.objects.bulk_create(through(story=story, practice=practice) for story in stories)
    places = rows.all_places()
    Listing.objects.bulk_create(rows.Row.of(story, places).listing(story.pk) for story in rows.published())
    return stories


def asked_of(stories):
    """A question that all of these answer, and two that are closed."""
    asked = QuestionFactory()
    answered_by(asked, *stories)
    QuestionFactory.create_batch(2, closed=True)
    return asked


PAGES = {
    "home": (lambda stories: "/", 4, 7),
    "list": (lambda stories: reverse("stories:list"), 4, 7),
    "two boundaries": (lambda stories: reverse("stories:list") + "?boundary=housing&boundary=mental-health", 4, 7),
    "practice and place": (lambda stories: reverse("stories:list") + "?practice=rule-or-habit&place=salford", 4, 7),
    "words": (lambda stories: reverse("stories:list") + "?q=something+story&boundary=housing", 6, 9),
    "newest with words": (lambda stories: reverse("stories:list") + "?q=something&order=newest", 6, 9),
    "nobody there": (lambda stories: reverse("stories:list") + "?place=devon&practice=rule-or-habit", 4, 7),
    "no such word": (lambda stories: reverse("stories:list") + "?q=somethung+stori&place=devon", 6, 9),
    "story": (lambda stories: stories[0].get_absolute_url(), 6, 9),
    "practice": (lambda stories: reverse("practices:practice", args=["rule-or-habit"]), 6, 9),
    "boundary map": (lambda stories: reverse("insights:boundaries"), 4, 7),
    "about the numbers": (lambda stories: reverse("insights:about"), 4, 7),
    "changes": (lambda stories: reverse("insights:changes"), 4, 7),
    "practices together": (lambda stories: reverse("insights:practices"), 4, 7),
    "places together": (lambda stories: reverse("insights:places"), 4, 7),
    "open data": (lambda stories: reverse("api:stories"), 4, 7),
    "crossings": (lambda stories: reverse("crossings:list"), 4, 7),
    "crossing": (lambda stories: reverse("crossings:crossing", args=["housing", "mental-health"]), 4, 7),
    "places": (lambda stories: reverse("places:list"), 4, 7),
    "place": (lambda stories: reverse("places:place", args=["salford"]), 4, 7),
    "widened place": (lambda stories: reverse("places:place", args=["bolton"]), 4, 7),
    "wants help": (lambda stories: reverse("stories:wants_help") + "?boundary=housing", 4, 7),
    "mailing-list": (lambda stories: reverse("subscribe:list"), 4, 7),
    "subscribe": (lambda stories: reverse("subscribe:crossing", args=["housing", "mental-health"]), 4, 7),
    "feed": (lambda stories: reverse("stories:feed"), 4, 7),
    "feed of a crossing": (lambda stories: reverse("crossings:feed", args=["housing", "mental-health"]), 4, 7),
    "feed of reports": (lambda stories: reverse("reports:feed"), 4, 7),
    "sitemap of pages": (lambda stories: reverse("sitemap_pages"), 4, 7),
    "sitemap of stories": (lambda stories: reverse("sitemap_stories", args=[1]), 4, 7),
    "practices": (lambda stories: reverse("practices:list"), 4, 7),
    "questions": (lambda stories: asked_of(stories) and reverse("questions:list"), 4, 7),
    "question": (lambda stories: asked_of(stories).get_absolute_url(), 6, 9),
    "search": (lambda stories: reverse("reports:search") + "?q=story", 6, 9),
    "people": (lambda stories: reverse("networks:people"), 4, 7),
}


# One of each sort: `make test` does not wait for the others.
SOONEST = {"home", "list", "words", "story", "practice", "crossing"}


def queries(client, address):
    client.get(address)  # what is kept for a minute is kept now
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(address, follow=True)
    assert response.status_code == 200
    return [query["sql"] for query in asked]


@pytest.mark.parametrize(
    "name", [name if name in SOONEST else pytest.param(name, marks=pytest.mark.long) for name in PAGES]
)
def test_a_page_stays_within_its_budget_however_much_there_is(client, name):
    address_of, signed_out, signed_in = PAGES[name]
    member = MemberFactory()
    asked = {}
    for count in COUNTS:
        Story.objects.all().delete()
        address = address_of(publish(count))
        client.logout()
        asked["signed out", count] = queries(client, address)
        client.force_login(member)
        asked["signed in", count] = queries(client, address)
    counts = {key: len(found) for key, found in asked.items()}
    if name != "people":  # visitors are sent to sign in
        assert max(counts["signed out", count] for count in COUNTS) <= signed_out, asked["signed out", 3]
        assert len({counts["signed out", count] for count in COUNTS}) == 1 or name in {"story"}, counts
    assert max(counts["signed in", count] for count in COUNTS) <= signed_in, asked["signed in", 3]
