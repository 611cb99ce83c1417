"""What was said between members is reported by whoever it was said to, and decided by a moderator.

Nobody else is told: between two, whoever is told the outcome is told who reported.
"""

from django.db import transaction
from django.utils.translation import gettext

from members.models import Concern
from networks.actions import coalitions
from networks.models import BoardNotice, Coalition, Introduction, Membership, Message, Seat, Side
from stories.actions.concerns import end_concerns, keep_concern, open_concerns
from stories.actions.ground import CannotDecide
from stories.actions.looking_up import log_reported


@transaction.atomic
def report(target, *, sender, now, **said):
    """Keep what somebody says about what is between members; `said` and `sender` are as for a story."""
    concern, _ = keep_concern(_lock(target), hides=False, sender=sender, now=now, **said)
    return concern


@transaction.atomic
def read_reported(target, *, reason, key, by, now):
    """A moderator is shown what was reported, and of a conversation the five messages around it; logged before.

    Raises CannotDecide, ShownAlready.
    """
    _check(target, by=by)
    log_reported(target, reason=reason, key=key, by=by, now=now)
    return Message.objects.around(target) if isinstance(target, Message) else target


@transaction.atomic
def uphold_reported(target, *, by, now, reason):
    """A moderator agrees: the words go, or the introduction reaches nobody any more. Raises CannotDecide."""
    row = _lock(target)
    end_concerns(_check(row, by=by), Concern.State.UPHELD, by=by, now=now, reason=reason)
    row.uphold(by=by, now=now, reason=reason)
    if isinstance(row, Coalition):
        coalitions.tell_that_it_was_taken_down(row, now=now)


@transaction.atomic
def release_reported(target, *, by, now, reason):
    """A moderator leaves it as it is. Raises CannotDecide."""
    row = _lock(target)
    end_concerns(_check(row, by=by), Concern.State.RELEASED, by=by, now=now, reason=reason)


def takes_part(user, target):
    """Their own, from either side: another moderator reads it."""
    if isinstance(target, Introduction):
        return target.made_by_id == user.pk or Side.objects.filter(introduction=target, member=user).exists()
    if isinstance(target, BoardNotice | Coalition):
        coalition = getattr(target, "coalition_id", target.pk)
        return Membership.objects.filter(coalition=coalition, member=user).exists()
    return Seat.objects.filter(conversation=target.conversation_id, member=user).exists()


def _check(target, *, by):
    if takes_part(by, target):
        raise CannotDecide(gettext("You are part of this: another moderator decides about it."))
    return open_concerns(target)


def _lock(target):
    return type(target).objects.select_for_update().get(pk=target.pk)
