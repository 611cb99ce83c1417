"""What readers see: the list and the story."""

from django.shortcuts import render
from django.utils import timezone

from design.compiled import compiled, one_or_404
from design.paging import Keyset
from members.models import Profile
from stories.finding import Finding
from stories.models import Reading, Story
from stories.models.heard import Heard
from stories.models.letters import takes_letters
from stories.on_cards import bring_words
from stories.search.results import Results
from stories.sharing import Sharing

NEWEST_FIRST = Keyset("-first_published_at", "-pk", size=20)
MOST_ALIKE = 3
COUNT = {"one": "story", "many": "stories", "up_to": 200}


def story_list(request):
    finding = Finding(request.GET)
    results = Results(finding, request.user)
    context = {"finding": finding, "results": results, "page": results.page, "count": results.count}
    return render(request, "stories/story_list.html", context)


@compiled
def _for_page(reader, slug):
    stories = Story.objects.visible_to(reader).with_own(reader).with_reading(reader).for_page(reader)
    return stories.annotate(takes_letters=takes_letters()).filter(slug=slug)


@compiled
def _page_of(member, reader):
    return Profile.objects.found_by(reader).filter(user=member).select_related("user")


@compiled
def _alike(reader, story):
    alike = Story.objects.readable_by(reader).filter(likened_by__story=story)
    return alike.order_by("-likened_by__score", "-pk").for_cards()[:MOST_ALIKE]


def story(request, slug):
    story = one_or_404(_for_page(request.user, slug))
    if request.user.is_authenticated and not (story.is_own or story.was_read):
        Reading.objects.bulk_create(
            [Reading(member=request.user, story=story, read_at=timezone.now())], ignore_conflicts=True
        )
    heard = Heard(story)
    names_others = heard.thanks_are_named or (not story.is_unnamed and not story.is_retold and not story.is_own)
    context = {
        "story": story,
        "heard": heard,
        "teller_page": page_of_teller(story, request.user),
        "can_block": names_others and getattr(request.user, "is_member", False),
        "photos": story.photos_as_read(),
        "more": more_like(story, request.user),
        "sharing": Sharing(story) if story.is_published else None,
    }
    return render(request, "stories/story.html", context)


def page_of_teller(story, reader):
    """In the list of people, of somebody else whose name stands on the story. Of an unnamed story this asks nothing:
    neither an answer nor its absence may lead to whoever told it."""
    if story.is_unnamed or story.is_retold or story.is_own:
        return None
    return next(iter(_page_of(story.author_id, reader)), None)


def more_like(story, reader):
    """The three most like it, as noted when they were published; whether this reader may read them is asked now."""
    return bring_words(_alike(reader, story))
