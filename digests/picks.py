"""What is new for one member: chosen when their letter is about to go, never before."""

from digests.models import Delivery
from reports.models import ReportPage
from stories.models import Story

MOST_STORIES = 8
MOST_REPORTS = 2


def new_for(member, *, before):
    """The stories and reports that this member has not had: (stories, reports), the newest first.

    From the last letter that looked for them on, or from the beginning when there was none: the window is that of the
    letters, not of the clock. `before` is the moment this letter was due; later reports wait for the next one.
    """
    last = Delivery.objects.filter(member=member).considered().order_by("-issue__due_at").first()
    since = last.issue.due_at if last else None
    return new_stories(member, since), new_reports(since, before)


def new_stories(member, since):
    """Not their own, not what they opened, and never the same one twice. No rule asks who else told a story."""
    stories = Story.objects.readable_by(member)
    if since:
        stories = stories.since(since)
    had = Delivery.objects.filter(member=member).arrived()
    own = Story.objects.told_by(member)
    unread = stories.exclude(pk__in=own.values("pk")).exclude(readings__member=member).exclude(deliveries__in=had)
    return list(unread.newest_first().for_listing()[:MOST_STORIES])


def new_reports(since, before):
    reports = ReportPage.objects.live().filter(first_published_at__lte=before)
    if since:
        reports = reports.since(since)
    return list(reports.newest_first()[:MOST_REPORTS])
