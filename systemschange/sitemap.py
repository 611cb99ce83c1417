"""What search engines may find, in files that each stay small: `/sitemap.xml` names the others."""

from math import ceil

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from practices import words
from reports.models import CommissionersQuestion
from stories.models import Listing, Story
from stories.overview import Overview
from stories.views.crossings import NEWEST
from systemschange import about

FRONT_PAGE = 2  # how deep it lies in Wagtail's tree; whatever staff write lies below
A_FILE = 10_000  # addresses; the protocol allows 50,000
PAGES = ("reports:home", "stories:list", "stories:wants_help", "crossings:list", "places:list", "practices:list")
PAGES += (
    "insights:boundaries",
    "insights:changes",
    "insights:practices",
    "insights:places",
    "api:about",
    "questions:list",
    "rules:list",
)
PAGES += ("worry", *(f"about:{name}" for name in about.PAGES))


def files():
    """The addresses of the files."""
    stories = [reverse("sitemap_stories", args=[number]) for number in range(1, story_files() + 1)]
    return [settings.SITE_URL + path for path in [reverse("sitemap_pages"), *stories]]


def story_files():
    return ceil(Story.objects.for_the_open_web().count() / A_FILE)


def stories(number):
    """Pairs of an address and the day it changed: the stories of this file. Only the first may be empty."""
    begin = (number - 1) * A_FILE
    found = Story.objects.for_the_open_web().with_shown_change().order_by("pk").values_list("slug", "shown_change")
    rows = list(found[begin : begin + A_FILE]) if number else []
    if not rows and number != 1:
        raise Http404
    return [(settings.SITE_URL + reverse("stories:story", args=[slug]), changed) for slug, changed in rows]


def pages():
    """Lists, what staff write, practices, questions, and the crossings and places that something stands on for all."""
    newest = Story.objects.for_the_open_web().newest_first()[: NEWEST + 1]
    told = Overview.of(Listing.objects.filter(pk__in=newest.values("listing")), newest=NEWEST)
    shared = [*words.practices(), *(crossing for crossing, _ in told.crossings), *(place for place, _ in told.places)]
    asked = CommissionersQuestion.objects.shown(timezone.localdate()).order_by("pk").only("slug")
    paths = [*map(reverse, PAGES), *(one.get_absolute_url() for one in [*shared, *asked])]
    written = Page.objects.live().public().filter(depth__gt=FRONT_PAGE).order_by("pk")
    return [
        *((settings.SITE_URL + path, None) for path in paths),
        *((settings.SITE_URL + page.url, page.last_published_at) for page in written),
    ]
