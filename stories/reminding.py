"""What beat asks for about things added to stories: the question after six months, and the tellers' daily mail."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from members.models import User, people_parted_from
from stories import contribution_emails as emails
from stories.models import (
    Byline,
    CoAuthor,
    Experiment,
    FollowUpReminder,
    OrganisationResponse,
    Response,
    Story,
    TellersMail,
    Thanks,
)

ASK_AFTER, ASK_UNTIL = timedelta(days=182), timedelta(days=212)  # what was missed for a month is not made up for
A_RUN = 500
HEARD = (Response, OrganisationResponse, Experiment)
BY_NAME = Case(When(byline=Byline.NAME, then=True), default=False)
WHO = {
    Thanks: ("member", "named"),
    Response: ("author", BY_NAME),
    Experiment: ("author", BY_NAME),
    OrganisationResponse: ("author", Value(False)),
}


def ask_what_happened_since(*, now):
    """One mail to whoever tells a story that went live six months ago. Any number may ask at once."""
    for story in due_for_a_follow_up(now=now)[:A_RUN]:
        ask(story, now=now)


def due_for_a_follow_up(*, now):
    """Published, told by somebody who is still here, with no follow-up yet, and never asked about before."""
    return (
        Story.objects.published()
        .filter(first_published_at__range=(now - ASK_UNTIL, now - ASK_AFTER), source_url="")
        .filter(Q(author__in=User.objects.current()) | Q(coauthors__in=still_here()))
        .filter(follow_up_reminder=None, followups=None)
        .distinct()
        .order_by("first_published_at")
    )


def still_here():
    return CoAuthor.objects.current().filter(member__in=User.objects.current())


def tellers(story):
    """Everybody who tells it and is still here, its author first."""
    beside = User.objects.current().filter(coauthorships__in=still_here().filter(story=story))
    return [*User.objects.current().filter(pk=story.author_id), *beside.exclude(pk=story.author_id).order_by("pk")]


@transaction.atomic
def ask(story, *, now):
    _, claimed = FollowUpReminder.objects.get_or_create(story=story, defaults={"claimed_at": now})
    if claimed:
        for member in tellers(story):
            emails.follow_up_asked(story, member=member, now=now)


def tell_tellers(*, now):
    """One mail a day to each teller whose stories somebody has answered since the last one.

    Whoever tells a story together hears of it on the same day: what is marked as told has been told to all of them.
    """
    day = timezone.localdate(now)
    told = set(TellersMail.objects.filter(day=day).values_list("member", flat=True))
    for members, stories_told in told_together(_answered_stories()):
        if not told.intersection(member.pk for member in members):
            tell(members, stories_told, day=day, now=now)


def told_together(stories):
    """Groups of (members, what they tell): stories that share a teller come together, however long the chain.

    What they tell are pairs of a story and its own tellers.
    """
    groups = []
    for story in stories:
        told_by = tellers(story)
        members, told = set(told_by), [(story, told_by)]
        for group in [group for group in groups if members & group[0]]:
            groups.remove(group)
            members, told = members | group[0], group[1] + told
        if members:
            groups.append((members, told))
    return groups


def _answered_stories():
    """Stories with something live that their tellers have not been told of."""
    keys = set(Thanks.objects.filter(told_at=None).values_list("story", flat=True)[:A_RUN])
    for model in HEARD:
        new = model.objects.live().filter(told_at=None, story__isnull=False)
        keys |= set(new.values_list("story", flat=True)[:A_RUN])
    return Story.objects.published().filter(pk__in=keys).order_by("pk")[:A_RUN]


@transaction.atomic
def tell(members, stories_told, *, day, now):
    """Claims the day for all of them, marks all that is there as told, and mails each what somebody else added."""
    for member in sorted(members, key=lambda member: member.pk):
        _, claimed = TellersMail.objects.get_or_create(member=member, day=day)
        if not claimed:
            # Another run came first: what it has not told waits for the next day.
            transaction.set_rollback(True)
            return
    new = {}
    parted = {member: _parted(member) for member in members}
    for story, told_by in stories_told:
        signed = _mark_told(story, now)
        for member in told_by:
            if signed - {(member.pk, True), (member.pk, False)} - parted[member]:
                new.setdefault(member, []).append(story)
    for member, theirs in new.items():
        emails.new_responses(theirs, member=member, now=now)


def _parted(member):
    """What somebody behind a block signed with their name is not there for them, so no mail tells of it either."""
    parted = people_parted_from(member)
    return set() if parted is None else {(pk, True) for pk in parted.values_list("other", flat=True)}


def _mark_told(story, now):
    """Who wrote what had not been told of yet, and whether with their name; whoever has left counts too."""
    signed = set()
    for model in (Thanks, *HEARD):
        new = (model.objects if model is Thanks else model.objects.live()).filter(story=story, told_at=None)
        signed |= set(new.values_list(*WHO[model]))
        new.update(told_at=now)
    return signed
