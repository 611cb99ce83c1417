"""What is told by mail about gatherings: that there is one, is near, changed or off, and when. Never where or who.

No mail here says who caused it: a change concerns everybody who comes, and a mail that stays away because of a block
would send somebody to a shut door.
"""

from django.conf import settings

from design import languages
from members import mail, outbox
from networks.models import GatheringMail


def put_up(gathering, *, member, now):
    """There is one to come; its reader has answered nothing yet."""
    _tell("gathering_new", gathering, member=member, now=now)


def reminder(gathering, *, member, now):
    """It is tomorrow."""
    _tell("gathering_reminder", gathering, member=member, now=now, reminds=True)


def changed(gathering, *, member, now):
    """It is at another time or place, or has another name."""
    _tell("gathering_changed", gathering, member=member, now=now)


def called_off(gathering, *, member, now):
    _tell("gathering_off", gathering, member=member, now=now)


def context_of(gathering, member):
    with languages.spoken(member.language):
        words = {
            "name": gathering.name_outside(),
            "when": gathering.when,
            "when_for_them": gathering.when_for(member),
        }
    return {**words, "url": settings.SITE_URL + gathering.get_absolute_url()}


def _tell(name, gathering, *, member, now, reminds=False):
    notice = outbox.compose(
        kind=f"networks.{name}",
        template=f"networks/{name}",
        member=member,
        now=now,
        context=context_of(gathering, member),
    )
    GatheringMail.objects.create(notice=notice, gathering=gathering, sequence=gathering.sequence, reminds=reminds)


@mail.asked_first("networks.gathering_*")
def may_go(notice, *, now):
    """Right before it goes: its reader may have left since, and the gathering may be at another time."""
    told = GatheringMail.objects.select_related("gathering__coalition", "notice__member").filter(pk=notice.pk).first()
    return told is not None and told.may_go(now=now)
