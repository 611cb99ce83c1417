"""Right before a mail of this room goes: may its reader still open what it tells of?

It was written when something happened, and may have waited a night, a break or for a worker. Meanwhile its reader may
have left, been removed or answered.
"""

from members import mail
from networks.models import MailAbout


def about(notice, **what):
    """`notice` tells of this `coalition` or `introduction`."""
    MailAbout.objects.create(notice=notice, **what)


@mail.asked_first("networks.introduction_waits")
@mail.asked_first("networks.introduction_met")
@mail.asked_first("networks.introduction_ended")
@mail.asked_first("networks.how_it_went")
@mail.asked_first("networks.coalition_asked")
@mail.asked_first("networks.coalition_answered")
@mail.asked_first("networks.coalition_invited")
@mail.asked_first("networks.coalition_closed")
def may_go(notice, *, now):
    """What it tells of may be gone altogether; then nothing is left to tell."""
    told = MailAbout.objects.select_related("notice__member").filter(pk=notice.pk).first()
    return told is not None and told.may_go(now=now)
