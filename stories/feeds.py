"""Atom feeds: what anybody may read and its teller lets travel, the same whoever asks."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

NEWEST = 30
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)  # the age of a feed in which nothing stands yet
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold


class Feed(Atom1Feed):
    def latest_post_date(self):
        """The newest change among its stories; never the clock, so that the same stories make the same feed."""
        return max((item["updateddate"] for item in self.items), default=BEGAN)


def feed_of(stories, *, title, page, feed):
    """The newest stories of a page as an Atom feed; `page` and `feed` are addresses on this site."""
    atom = Feed(
        title=f"{settings.SITE_NAME}: {title}",
        link=settings.SITE_URL + page,
        feed_url=settings.SITE_URL + feed,
        description=gettext("Told by frontline workers, in their own words."),
        language="en-gb",
    )
    for story in stories.for_the_open_web().newest_first().for_listing()[:NEWEST]:
        atom.add_item(**entry(story))
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def entry(story):
    """Who told it is `story.teller`, and the days are days: the second of a publication is nobody's business."""
    return {
        "title": printable(story.title),
        "link": settings.SITE_URL + story.get_absolute_url(),
        "description": printable(story.summary),
        "unique_id": f"tag:{urlsplit(settings.SITE_URL).hostname},2026:story/{story.slug}",
        "author_name": printable(story.teller),
        "categories": [boundary.name for boundary in story.boundary_list],
        "pubdate": the_day(story, story.first_published_at),
        "updateddate": the_day(story, story.last_published_at or story.first_published_at),
    }


def the_day(story, moment):
    """Where a boundary is sensitive, the first of its year: no month is told."""
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day.replace(month=1, day=1) if story.is_sensitive else day


def printable(text):
    return UNPRINTABLE.sub("", text)
