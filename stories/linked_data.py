"""A public story as machines read it. It says what its page says, and only where its teller lets it travel."""

from django.conf import settings

from design.written import tame
from stories.feeds import the_day
from stories.models import Byline


def of_story(story):
    """schema.org's Article, or None. An unnamed teller has no author here: not even the role, which a machine would
    take for a name. Where a boundary is sensitive no day is told."""
    if not story.is_for_the_open_web:
        return None
    address = settings.SITE_URL + story.get_absolute_url()
    return {
        "@type": "Article",
        "@id": address,
        "url": address,
        "headline": tame(story.title),
        "description": tame(story.summary),
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "author": authors(story),
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"},
        "datePublished": day(story, story.first_published_at),
        "dateModified": day(story, story.last_published_at or story.first_published_at),
        "isBasedOn": story.source_url,
        "about": [boundary.name for boundary in story.boundary_list],
    }


def authors(story):
    """Those whose names stand on the page."""
    if story.is_retold or story.byline != Byline.NAME or not story.author:
        return []
    names = [story.author.get_full_name(), *story.coauthor_names]
    return [{"@type": "Person", "name": tame(name)} for name in names]


def day(story, moment):
    return "" if story.is_sensitive else the_day(story, moment).date().isoformat()
