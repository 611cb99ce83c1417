"""Random communities of real rows, and all that somebody without an account can read of them: for the differencing
attack (`test_differencing.py`)."""

import random
import re
from datetime import timedelta
from unittest import mock

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from members.tests.factories import ListedMemberFactory, MemberFactory
from practices.models import Boundary, Place, Practice, Role
from stories.models import Experiment, Outcome, Story
from stories.models.contribution import State
from stories.tests.factories import StoryFactory
from systemschange import access
from systemschange.tests import sweep

# Tokens of forms, and until when an answer or a cookie is good: by the clock of the system, not of the site.
TOKEN = re.compile(
    r'(?m)name="(?:csrfmiddlewaretoken|form_key|key|token)" value="[^"]*"|csrftoken=\w+|expires=[^;]+|^Expires: .*$'
)
OPEN_DATA = ("stories", "stories_csv", "crossings")
INSIGHTS = ("boundaries", "changes", "practices", "places", "boundaries_csv")
MOST_STORIES = 4  # pages of single stories that are looked at, most of them unnamed


class Community:
    """Some members, most of them listed, with stories for everybody, for members and for a group."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.now = timezone.now() - timedelta(days=40)
        self.roles = list(Role.objects.order_by("pk"))[:3]
        self.boundaries = list(Boundary.objects.filter(sensitive=False).order_by("pk"))[:5]
        self.practices = list(Practice.objects.order_by("pk"))[:4]
        regions = {"north-west", "south-east"}
        self.places = list(Place.objects.filter(kind="council", parent__slug__in=regions).order_by("pk"))
        self.people = [self.member() for _ in range(15)]
        self.stories = [self.told() for _ in range(20)]
        for story in self.stories[:6]:
            self.tried(story)

    def some(self, things, least=1, most=2):
        return self.chance.sample(things, self.chance.randint(least, most))

    def member(self, *, listed=True):
        told = {"role": self.chance.choice(self.roles), "place": self.chance.choice(self.places)}
        member = (ListedMemberFactory if listed else MemberFactory)(**{f"profile__{k}": v for k, v in told.items()})
        member.profile.works_in.set(self.some(self.boundaries))
        return member

    def told(self, **fields):
        teller = self.chance.choice(self.people)
        drawn = {
            "author": teller,
            "audience": self.chance.choice(["public", "public", "members", "coalition"]),
            "byline": self.chance.choice(["role", "hidden", "hidden", "name"]),
            "byline_role": teller.profile.role,
            "place": self.chance.choice(self.places),
            "boundaries": self.some(self.boundaries, 1, 3),
            "practices": self.some(self.practices, 0, 2),
            "outcome": self.chance.choice(Outcome.values),
            "open_data": self.chance.random() < 0.5,
            "search_engines": self.chance.choice(["yes", "usual"]),
            "at": self.now - timedelta(hours=self.chance.randrange(5000)),
        }
        return StoryFactory(live=True, **{**drawn, **fields})

    def tried(self, story, *, audience="public"):
        told = {"changed": "Rang.", "happened": "It held.", "result": self.chance.choice(["worked", "partly", "not"])}
        after = {"story": story} if self.chance.random() < 0.5 else {"practice": self.chance.choice(self.practices)}
        return Experiment.objects.create(
            **after,
            author=self.chance.choice(self.people),
            place=self.chance.choice(self.places),
            byline="hidden",
            audience=audience,
            created_at=self.now,
            state=State.LIVE,
            **told,
        )

    def of(self, **fields):
        return self.chance.choice(list(Story.objects.published().filter(**fields).order_by("pk")))


# --- What the attacker reads ------------------------------------------------------------------------------------------


def everything(community):
    """Every address that answers everybody, and the insights as narrowly as they can be asked."""
    open_to_all = [name for name, who in access.PAGES.items() if who is access.Who.EVERYONE]
    return [*filter(None, map(plain, open_to_all)), *about_stories(community)]


def about_stories(community):
    """What shows one story, or some that somebody has picked out."""
    asked = [reverse("stories:list"), reverse("stories:feed"), *(reverse(f"api:{name}") for name in OPEN_DATA)]
    for story in Story.objects.readable_by(AnonymousUser()).order_by("-byline", "pk")[:MOST_STORIES]:
        asked += [story.get_absolute_url(), reverse("api:story", args=[story.slug])]
    for place in (community.places[0].parent, community.places[0]):
        asked += [reverse("places:place", args=[place.slug]), reverse("places:feed", args=[place.slug])]
    first, other, *_ = sorted(boundary.slug for boundary in community.boundaries)
    asked += [reverse(f"crossings:{name}", args=[first, other]) for name in ("crossing", "feed")]
    asked += [community.practices[0].get_absolute_url(), reverse("sitemap_stories", args=[1])]
    return [*asked, *narrowed(community), *(f"/stories/{query}" for query in queries(community)[:2])]


def plain(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def queries(community):
    """Of each kind of filter some, and two at once."""
    region, town = community.places[0].parent, community.places[0]
    practice, outcome = community.practices[0], Outcome.values[0]
    return [
        f"?place={region.slug}&outcome={outcome}",
        f"?place={town.slug}",
        f"?practice={practice.slug}",
        f"?outcome={Outcome.values[-1]}",
        "?since=year",
        "",
    ]


def narrowed(community):
    for name in INSIGHTS:
        for query in queries(community):
            if f"{name[:-1]}=" not in query:  # a page does not ask for what it is about
                yield reverse(f"insights:{name}") + query


def read(addresses, client=None):
    """What each of them answers; nothing is kept from one look to the next, and no time goes by."""
    cache.clear()
    with mock.patch("django.utils.timezone.now", return_value=read.now):
        return {address: TOKEN.sub("", said) for address, said in sweep.answers(client or Client(), addresses)}


def changed(before, after):
    return sorted(address for address in before if before[address] != after[address])
