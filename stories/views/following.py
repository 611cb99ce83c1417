"""Keeping stories for later and following: each from a small page of its own, because readers' pages hold no form."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from design.paging import Keyset
from stories import following
from stories.finding import Finding
from stories.models import Follow, Story
from stories.views.crossings import find_crossing

NEWEST_KEPT_FIRST = Keyset("-kept_at", "-pk", size=20)
ENOUGH = _("You follow as much as this page can show. Stop following something first.")


@never_cache
@login_required
def keep(request, slug):
    story = get_object_or_404(Story.objects.readable_by(request.user), slug=slug)
    if request.method != "POST":
        kept = request.user.kept_stories.filter(story=story).exists()
        return render(request, "stories/keep.html", {"story": story, "kept": kept})
    if request.POST.get("keep") == "no":
        following.keep_no_longer(story, member=request.user)
        messages.success(request, gettext("You no longer keep this story."))
    else:
        following.keep(story, member=request.user, now=timezone.now())
        messages.success(request, gettext("Kept. Only you can see that."))
    return redirect("stories:kept_for_later")


@never_cache
@login_required
def kept(request):
    readable = Story.objects.readable_by(request.user)
    keepings = request.user.kept_stories.filter(story__in=readable.values("pk"))
    page = NEWEST_KEPT_FIRST.page(keepings, request.GET)
    stories = readable.for_listing().in_bulk([keeping.story_id for keeping in page.items])
    found = [stories[keeping.story_id] for keeping in page.items if keeping.story_id in stories]
    return render(request, "stories/kept_for_later.html", {"page": page, "stories": found})


@never_cache
@login_required
def follow_story(request, slug):
    story = get_object_or_404(Story.objects.readable_by(request.user), slug=slug)
    context = {"story": story, "back": story.get_absolute_url(), "back_text": gettext("Back to the story")}
    return _follow(request, {"story": story}, context)


@never_cache
@login_required
def follow_crossing(request, a, b):
    crossing = find_crossing(a, b)
    context = {"crossing": crossing, "back": crossing.get_absolute_url(), "back_text": gettext("Back to the crossing")}
    return _follow(request, {"a": crossing.a, "b": crossing.b}, context)


@never_cache
@login_required
def follow_search(request):
    finding, query = Finding(request.GET), following.as_followed(request.GET)
    if not finding.chosen() or not finding.is_answerable or len(query) > following.SEARCH_LENGTH:
        return redirect("stories:list")
    context = {
        "finding": finding,
        "back": f"{reverse('stories:list')}?{query}",
        "back_text": gettext("Back to what you found"),
    }
    return _follow(request, {"query": query}, context)


def _follow(request, what, context):
    followed = request.user.follows.filter(**what).exists()
    if request.method != "POST":
        return render(request, "stories/follow.html", {"followed": followed, **context})
    try:
        following.follow(member=request.user, now=timezone.now(), **what)
    except following.FollowsEnough:
        messages.warning(request, ENOUGH)
    else:
        messages.success(request, gettext("You follow this now. Only you can see that."))
    return redirect("stories:following")


@never_cache
@login_required
def followed(request):
    follows = list(request.user.follows.select_related("a", "b").order_by("-followed_at", "-pk"))
    found = following.news(follows, request.user)
    added = {}
    for follow_up in following.follow_ups(request.user):
        added.setdefault(follow_up.story_id, []).append(follow_up)
    readable = Story.objects.readable_by(request.user)
    stories = readable.in_bulk([follow.story_id for follow in follows if follow.story_id])
    lines = [
        {
            "follow": follow,
            "story": stories.get(follow.story_id),
            "finding": following.asked_of(follow.query) if follow.query else None,
            "news": found.get(follow.pk, []),
            "follow_ups": added.get(follow.story_id, []),
        }
        for follow in follows
    ]
    # What has something to read stands first; the rest in the order in which it was followed.
    lines.sort(key=lambda line: not (line["news"] or line["follow_ups"]))
    has_news = bool(lines and (lines[0]["news"] or lines[0]["follow_ups"]))
    context = {"lines": lines, "has_news": has_news, "most": following.MOST_NEWS}
    return render(request, "stories/following.html", context)


@require_POST
@login_required
def seen(request):
    request.user.follows.update(looked_at=timezone.now())
    return redirect("stories:following")


@require_POST
@login_required
def stop(request):
    chosen = request.POST.get("follow", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        Follow.objects.filter(member=request.user, pk=chosen).delete()
        messages.success(request, gettext("You no longer follow that."))
    return redirect("stories:following")
