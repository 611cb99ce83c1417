"""Addresses that are left alone: from which mails, since when, and how that ends.

What a suppression stops is asked right before a mail goes, so it counts for what already lies in the outbox.
"""

from django.db import transaction

from members import kinds
from members.models import Suppression

Reason = Suppression.Reason
FORGETTING = []


def and_forget(forget):
    """A room above keeps addresses of people without an account: `forget(address)` runs as one is suppressed."""
    FORGETTING.append(forget)


@transaction.atomic
def suppress(address, *, reason, now):
    """Leave this address alone from now on. Told again changes nothing; no mailbox outweighs any other reason."""
    row = Suppression(address=plain(address), reason=reason, since=now)
    Suppression.objects.bulk_create([row], ignore_conflicts=True)
    if reason == Reason.BOUNCED:
        Suppression.objects.of(row.address).exclude(reason=reason).update(reason=reason, since=now)
    for forget in FORGETTING:
        forget(row.address)


def lift(address, *, only=None):
    """Mail may go there again; with `only`, no more than where that was the reason."""
    found = Suppression.objects.of(plain(address))
    (found.filter(reason=only) if only else found).delete()


def is_suppressed(address):
    return Suppression.objects.of(plain(address)).exists()


def stops(notice):
    """The suppression that keeps this mail of the outbox back, or None.

    Where there is no mailbox, only what somebody asks for in that moment is tried: there may be one by now.
    A reader who called our mail unwanted still gets what an account needs, and nothing that can be switched off.
    """
    found = Suppression.objects.of(notice.to).first()
    if found is None or (found.reason == Reason.BOUNCED and (notice.secret or kinds.is_asked_for(notice.kind))):
        return None
    if found.reason == Reason.BOUNCED or kinds.is_unsolicited(notice.kind):
        return found
    group = kinds.group_of(notice.kind)
    return found if group and group.is_wished else None


def plain(address):
    return address.strip().lower()
