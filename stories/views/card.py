"""A card that a teller prints and hands to whoever the story is about: how to have it taken down."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse

from design.qr import qr_data_uri
from stories.views.own import tellers_only


@tellers_only
def card(request, story):
    """It leads to a page that anybody can open whoever reads the story by then, and says no word of it."""
    ask_url = f"{settings.SITE_URL}{reverse('worry')}?story={story.slug}"
    context = {
        "story": story,
        "story_url": settings.SITE_URL + story.get_absolute_url(),
        "ask_url": ask_url,
        "qr": qr_data_uri(ask_url),
        "anybody_reads": story.is_public,
    }
    return render(request, "stories/card.html", context)
