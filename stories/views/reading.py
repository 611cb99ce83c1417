"""What readers see: the list and the story."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from design.paging import Keyset
from stories.finding import Finding
from stories.models import Reading, Story
from stories.search.results import Results

NEWEST_FIRST = Keyset("-first_published_at", "-pk", size=20)
COUNT = {"one": "story", "many": "stories", "up_to": 200}


def story_list(request):
    finding = Finding(request.GET)
    results = Results(finding, request.user)
    context = {"finding": finding, "results": results, "page": results.page, "count": results.count}
    return render(request, "stories/story_list.html", context)


def story(request, slug):
    story = get_object_or_404(Story.objects.visible_to(request.user).for_page(request.user), slug=slug)
    if request.user.is_authenticated and request.user != story.author:
        Reading.objects.bulk_create(
            [Reading(member=request.user, story=story, read_at=timezone.now())], ignore_conflicts=True
        )
    context = {"story": story, "photos": story.photos_as_read(), "more": more_like(story, request.user)}
    return render(request, "stories/story.html", context)


def more_like(story, reader):
    """The newest three that share its first crossing."""
    if not story.crossings:
        return []
    crossing = story.crossings[0]
    others = Story.objects.readable_by(reader).crossing(crossing.a, crossing.b).exclude(pk=story.pk)
    return others.newest_first().for_listing()[:3]
