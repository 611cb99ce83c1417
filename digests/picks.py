"""What is new for one reader: chosen when their mail is about to go, never before."""

from digests.models import Delivery
from reports.models import ReportPage
from stories.following import follow_ups, followed_among
from stories.models import Story

MOST_STORIES = 8
MOST_REPORTS = 2
MOST_FOLLOW_UPS = 8


def new_for(member, *, before):
    """What this member has not had: (stories, reports, follow-ups of stories that they follow), the newest first.

    From the last letter that looked for them on, or from the beginning when there was none: the window is that of the
    letters, not of the clock. `before` is the moment this letter was due; later reports wait for the next one.
    """
    last = Delivery.objects.filter(member=member).considered().order_by("-issue__due_at").first()
    since = last.issue.due_at if last else None
    added = follow_ups(member, since=since, before=before)
    return new_stories(member, since), new_reports(since, before), list(added[:MOST_FOLLOW_UPS])


def new_stories(member, since):
    """Not their own, not what they opened, and never the same one twice; what comes with a crossing or a search that
    they follow stands first. No rule asks who else told a story. A story for one group is not carried out of the site.
    """
    stories = Story.objects.readable_by(member).beyond_one_group()
    if since:
        stories = stories.since(since)
    had = Delivery.objects.filter(member=member).arrived()
    own = Story.objects.told_by(member)
    unread = stories.exclude(pk__in=own.values("pk")).exclude(readings__member=member).exclude(deliveries__in=had)
    followed = list(followed_among(unread, member).newest_first().for_listing()[:MOST_STORIES])
    others = unread.exclude(pk__in=[story.pk for story in followed]).newest_first().for_listing()
    return [*followed, *others[: MOST_STORIES - len(followed)]]


def new_reports(since, before):
    reports = ReportPage.objects.live().filter(first_published_at__lte=before)
    if since:
        reports = reports.since(since)
    return list(reports.newest_first()[:MOST_REPORTS])
