"""What waits for somebody who is signed in, on their front page."""

from django.db.models import Q

from reports.models import ReportPage, question_of_the_week
from stories.models import Story


def for_member(member):
    """Their draft, what is new across their boundaries, and the newest report."""
    return {
        "profile": member.profile,
        "draft": unfinished(member),
        "stories": new_across_boundaries(member),
        "question": question_of_the_week(),
        "report": ReportPage.objects.live().newest_first().first(),
    }


def unfinished(member):
    """The newest story that they began and have not sent yet, or that came back with a question."""
    drafts = Story.objects.editable_by(member).filter(live=False, withdrawn_at=None)
    return drafts.exclude(pk__in=Story.objects.in_moderation().values("pk")).order_by("-created_at", "-pk").first()


def new_across_boundaries(member):
    """The newest three they may read and have not: from the services they work in or would like to cross to."""
    theirs = Q(tag__profiles_inside__user=member) | Q(tag__profiles_crossing__user=member)
    tagged = Story.boundaries.through.objects.filter(theirs)
    stories = Story.objects.readable_by(member).filter(pk__in=tagged.values("content_object"))
    own = Story.objects.told_by(member)
    unread = stories.exclude(pk__in=own.values("pk")).exclude(readings__member=member)
    return unread.newest_first().for_listing()[:3]
