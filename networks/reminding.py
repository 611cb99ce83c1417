"""What beat asks for: introductions that ended, the question after six weeks, gatherings that are near, and what is old
enough to go."""

from django.db import transaction

from members.models import Block, User
from networks.emails import gatherings as gathering_emails
from networks.emails import introductions as emails
from networks.models import Attendance, Gathering, Introduction, Membership, Side
from networks.models.introduction import AGAIN_AFTER, ASK_UNTIL, SIX_WEEKS

A_RUN = 500


def end(*, now):
    """Whoever asked for themselves hears once that the day has passed: the same after a no, a block and silence."""
    due = Introduction.objects.filter(ended_at=None, met_at=None, answer_until__lte=now).order_by("answer_until")
    for one in due[:A_RUN]:
        _end(one, now=now)


@transaction.atomic
def _end(one, *, now):
    claimed = Introduction.objects.filter(pk=one.pk, ended_at=None, met_at=None).update(ended_at=now)
    if claimed and one.taken_back_at is None and one.made_by.is_member:
        emails.introduction_ended(one, member=one.made_by, now=now)


def ask_how_it_went(*, now):
    """One mail to each of two who met six weeks ago. Any number may ask at once."""
    due = Introduction.objects.filter(went_asked_at=None, met_at__range=(now - ASK_UNTIL, now - SIX_WEEKS))
    for one in due.order_by("met_at")[:A_RUN]:
        _ask(one, now=now)


@transaction.atomic
def _ask(one, *, now):
    claimed = Introduction.objects.filter(pk=one.pk, went_asked_at=None).update(went_asked_at=now)
    sides = [side.member for side in Side.objects.filter(introduction=one).select_related("member")]
    if not claimed or len(sides) < 2 or Block.objects.stands_between(*sides):
        return
    # Somebody who asked the other twice, or whom both asked, is asked once.
    if Introduction.objects.between(*sides).exclude(pk=one.pk).filter(went_asked_at__isnull=False).exists():
        return
    if User.objects.current().filter(pk__in=[side.pk for side in sides]).count() == len(sides):
        for member, other in (sides, sides[::-1]):
            emails.how_it_went(one, member=member, caused_by=other, now=now)


def remind_of_gatherings(*, now):
    """One mail to each who said that they come, the morning before. Any number may ask at once, and late is not never:
    whatever has not begun is still reminded of."""
    due = Gathering.objects.due_for_reminding(now).order_by("remind_at", "pk")
    for gathering in due.select_related("coalition")[:A_RUN]:
        _remind(gathering, now=now)


@transaction.atomic
def _remind(gathering, *, now):
    """The row is held by the claim: whoever moves it or calls it off waits, and their mail goes instead of this one."""
    asked = Gathering.objects.due_for_reminding(now).filter(pk=gathering.pk, sequence=gathering.sequence)
    if not asked.update(reminded_at=now):
        return
    coming = Attendance.objects.filter(gathering=gathering).to_be_told().select_related("member__profile")
    reading = Membership.objects.now().filter(coalition=gathering.coalition).values("member")
    free = User.objects.current().not_on_break(now).filter(pk__in=reading)
    for one in coming.filter(member__in=free).order_by("pk"):
        gathering_emails.reminder(gathering, member=one.member, now=now)


def clear(*, now):
    """What ended without a meeting goes as soon as the same person may be asked again: nothing needs it any more."""
    return Introduction.objects.filter(met_at=None, answer_until__lte=now - AGAIN_AFTER).delete()[0]
