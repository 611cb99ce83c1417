"""The feeds: all stories, those of a crossing, of a practice, of a place. Signed in or not, they say the same."""

from functools import wraps

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from practices import words
from practices.models import Practice
from stories.feeds import feed_of
from stories.models import Story
from stories.views.crossings import find_crossing
from stories.views.places import find_place


def a_feed(view):
    """Readers keep a feed and ask whether it has changed: a story that was withdrawn is gone at the next question."""

    @require_safe
    @conditional_page
    @wraps(view)
    def answer(request, **kwargs):
        response = view(request, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response

    return answer


@a_feed
def all_stories(request):
    return feed_of(Story.objects.all(), title="stories", page=reverse("stories:list"), feed=request.path)


@a_feed
def crossing(request, a, b):
    crossing = find_crossing(a, b)
    stories = Story.objects.crossing(*crossing.boundaries)
    feed = reverse("crossings:feed", args=[crossing.a.slug, crossing.b.slug])
    return feed_of(
        stories,
        title=gettext("stories %(crossing)s") % {"crossing": crossing},
        page=crossing.get_absolute_url(),
        feed=feed,
    )


@a_feed
def practice(request, slug):
    practice = get_object_or_404(Practice, slug=slug)
    stories = Story.objects.that_used(practice)
    return feed_of(stories, title=practice.name, page=practice.get_absolute_url(), feed=request.path)


@a_feed
def place(request, slug):
    place = find_place(slug, words.places())
    stories = Story.objects.set_in(place)
    return feed_of(
        stories,
        title=gettext("stories from %(spoken)s") % {"spoken": place.spoken},
        page=place.get_absolute_url(),
        feed=request.path,
    )
