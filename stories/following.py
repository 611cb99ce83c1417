"""What a member follows, and what is new there. Nothing here is ever counted or shown to anybody else."""

from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.http import Http404, QueryDict

from members.models import User
from stories.finding import CURSORS, Finding
from stories.models import Audience, Follow, FollowUp, Kept, Story

MOST = 40  # things that one member follows
MOST_NEWS = 5  # stories that the page shows of each
SEARCH_LENGTH = Follow._meta.get_field("query").max_length


class FollowsEnough(Exception):
    """This member follows as much as one page can show."""


def keep(story, *, member, now):
    Kept.objects.get_or_create(member=member, story=story, defaults={"kept_at": now})


def keep_no_longer(story, *, member):
    Kept.objects.filter(member=member, story=story).delete()


@transaction.atomic
def follow(*, member, now, **what):
    """Follow a story, a crossing (`a`, `b`) or a search (`query`). Twice is once. Raises FollowsEnough."""
    User.objects.select_for_update(no_key=True).values_list("pk").get(pk=member.pk)
    if member.follows.filter(**what).exists():
        return
    if member.follows.count() >= MOST:
        raise FollowsEnough
    Follow.objects.create(member=member, followed_at=now, looked_at=now, **what)


def asked_of(query):
    """The checked question of a search that is followed; None where its words are no longer there."""
    try:
        finding = Finding(QueryDict(query))
    except Http404:
        return None
    return finding if finding.is_answerable else None


def as_followed(query):
    """The address of a search as it is kept: without the page that somebody was on, and always in one order."""
    kept = QueryDict(mutable=True)
    for name in sorted(query.keys() - set(CURSORS)):
        kept.setlist(name, sorted(value for value in query.getlist(name) if value))
    return kept.urlencode()


def narrow(follow, stories):
    """Those among these stories that come with what is followed."""
    if follow.a_id:
        return stories.touching(follow.a_id, follow.b_id)
    finding = asked_of(follow.query) if follow.query else None
    return finding.narrow(stories) if finding else stories.none()


def followed_among(stories, member):
    """Those among these stories that come with a crossing or a search that the member follows."""
    parts = [Q(pk__in=narrow(follow, Story.objects).values("pk")) for follow in member.follows.filter(story=None)]
    return stories.filter(reduce(or_, parts)) if parts else stories.none()


def news(follows, member):
    """By follow: the newest stories that came with it since the member last looked, and that they have not opened."""
    own = Story.objects.told_by(member).values("pk")
    unread = Story.objects.readable_by(member).exclude(pk__in=own).exclude(readings__member=member)
    parts = [
        narrow(follow, unread.since(follow.looked_at))
        .newest_first()
        .annotate(follow=Value(follow.pk))
        .values_list("follow", "pk")[:MOST_NEWS]
        for follow in follows
        if follow.story_id is None
    ]
    parts = [part for part in parts if not part.query.is_empty()]
    rows = list(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]) if parts else []
    stories = Story.objects.readable_by(member).for_listing().in_bulk({story for _, story in rows})
    found = {}
    for key, story in rows:
        if story in stories:
            found.setdefault(key, []).append(stories[story])
    return found


def follow_ups(member, *, since=None, before=None):
    """What tellers have added to the stories that this member follows, newest first: since the member last looked, or
    between two moments, for a letter: what is for one group is not carried out of the site. Never to their own, and
    nothing from before they followed."""
    followed = FollowUp.objects.readable_by(member).filter(story__follows__member=member)
    others = followed.exclude(story__in=Story.objects.told_by(member).values("pk"))
    shown = others.annotate(shown_at=Coalesce("decided_at", "created_at"))
    newer = shown.filter(shown_at__gte=F(f"story__follows__{'followed_at' if before else 'looked_at'}"))
    if since:
        newer = newer.filter(shown_at__gte=since)
    if before:
        newer = newer.filter(shown_at__lt=before).exclude(story__audience=Audience.COALITION)
    return newer.for_listing().order_by("-shown_at", "-pk")[:MOST]
