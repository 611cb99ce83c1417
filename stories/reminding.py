"""What beat asks for about things added to stories: the question after six months, and the tellers' daily mail."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from members.models import User
from stories import contribution_emails as emails
from stories.models import Experiment, FollowUpReminder, OrganisationResponse, Response, Story, TellersMail, Thanks

ASK_AFTER, ASK_UNTIL = timedelta(days=182), timedelta(days=212)  # what was missed for a month is not made up for
A_RUN = 500
HEARD = (Response, OrganisationResponse, Experiment)


def ask_what_happened_since(*, now):
    """One mail to the teller of each story that went live six months ago. Any number may ask at once."""
    for story in due_for_a_follow_up(now=now)[:A_RUN]:
        ask(story, now=now)


def due_for_a_follow_up(*, now):
    """Published, told by somebody who is still here, with no follow-up yet, and never asked about before."""
    return (
        Story.objects.published()
        .filter(first_published_at__range=(now - ASK_UNTIL, now - ASK_AFTER), source_url="")
        .filter(author__in=User.objects.current(), follow_up_reminder=None, followups=None)
        .select_related("author")
        .order_by("first_published_at")
    )


@transaction.atomic
def ask(story, *, now):
    _, claimed = FollowUpReminder.objects.get_or_create(story=story, defaults={"claimed_at": now})
    if claimed:
        emails.follow_up_asked(story, member=story.author, now=now)


def tell_tellers(*, now):
    """One mail a day to each teller whose stories somebody has answered since the last one."""
    day = timezone.localdate(now)
    for member in tellers_to_tell(day=day)[:A_RUN]:
        tell(member, day=day, now=now)


def tellers_to_tell(*, day):
    told = TellersMail.objects.filter(day=day).values("member")
    answered = Story.objects.filter(pk__in=_answered_stories())
    return User.objects.current().filter(stories__in=answered).exclude(pk__in=told).distinct().order_by("pk")


def _answered_stories():
    """Stories with something live that their teller has not been told of and did not write."""
    stories = set(Thanks.objects.filter(told_at=None).values_list("story", flat=True)[:A_RUN])
    for model in HEARD:
        new = model.objects.live().filter(told_at=None, story__isnull=False)
        stories |= set(new.values_list("story", flat=True)[:A_RUN])
    return stories


@transaction.atomic
def tell(member, *, day, now):
    """Claims the day, marks all that is there as told, and mails if the teller can still see any of it."""
    _, claimed = TellersMail.objects.get_or_create(member=member, day=day)
    if not claimed:
        return
    stories = [story for story in Story.objects.published().filter(author=member) if _mark_told(story, member, now)]
    if stories:
        emails.new_responses(stories, member=member, now=now)


def _mark_told(story, member, now):
    """Whether something new was there for them. Their own words are marked too, and count for nothing."""
    new = Thanks.objects.filter(story=story, told_at=None).update(told_at=now)
    for model in HEARD:
        live = model.objects.live().filter(story=story, told_at=None)
        live.filter(author=member).update(told_at=now)
        new += live.update(told_at=now)
    return bool(new)
