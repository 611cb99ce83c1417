"""What waits for somebody who is signed in, on their front page."""

from django.db.models import Exists, Q, Subquery
from django.utils import timezone

from design.compiled import compiled, one_or_404
from members.models import Profile
from networks.models import Introduction
from reports.crossing_of_the_week import crossing_of
from reports.models import QUESTION, HomePage, newest_report
from stories.models import Story
from stories.on_cards import bring_words

THIS_WEEK = ("question", "crossing_from", "crossing_to", "crossing_line")


def for_member(member):
    """Their draft, what is new across their boundaries, what staff hold up this week, and the newest report."""
    profile = profile_of(member)
    return {
        "profile": profile,
        "draft": next(iter(unfinished(member)), None),
        "stories": bring_words(new_across_boundaries(member)),
        "question": profile.question or QUESTION,
        "crossing": crossing_of(profile.crossing_from, profile.crossing_to),
        "crossing_line": profile.crossing_line,
        "report": next(iter(newest_report()), None),
    }


def profile_of(member):
    """Their profile; in the same query whether an introduction waits for their answer (`introduction_waits`), and what
    staff ask and hold up this week (`question`, `crossing_from` ...)."""
    profile = one_or_404(_profile(member, timezone.now()))
    profile.user = member
    return profile


@compiled
def _profile(member, now):
    waiting = Introduction.objects.waiting_for(member, now=now)
    page = HomePage.objects.live()
    this_week = {name: Subquery(page.values(name)[:1]) for name in THIS_WEEK}
    return Profile.objects.annotate(introduction_waits=Exists(waiting), **this_week).filter(user=member)


@compiled
def unfinished(member):
    """The newest story that they began and have not sent yet, or that came back with a question."""
    drafts = Story.objects.editable_by(member).filter(live=False, withdrawn_at=None)
    unsent = drafts.exclude(pk__in=Story.objects.in_moderation().values("pk"))
    return unsent.order_by("-created_at", "-pk").only("slug", "title")[:1]


@compiled
def new_across_boundaries(member):
    """The newest three they may read and have not: from the services they work in or would like to cross to."""
    theirs = Q(tag__profiles_inside__user=member) | Q(tag__profiles_crossing__user=member)
    tagged = Story.boundaries.through.objects.filter(theirs)
    stories = Story.objects.readable_by(member).filter(pk__in=tagged.values("content_object"))
    own = Story.objects.told_by(member)
    unread = stories.exclude(pk__in=own.values("pk")).exclude(readings__member=member)
    return unread.newest_first().for_cards()[:3]
