"""Concerns about one thing that was added to a story: raised by anybody, decided by a moderator, as about the story."""

from django.db import transaction
from django.utils.translation import gettext

from members.models import Concern
from stories import contribution_emails as emails
from stories.actions.concerns import end_concerns, keep_concern, may_hide, open_concerns
from stories.actions.contributing import is_own, lock_added, tell_the_outcome
from stories.actions.ground import CannotDecide, lock
from stories.models import Thanks


@transaction.atomic
def raise_concern_added(one, *, sender, now, **said):
    """Keep what somebody says about a follow-up, an experiment, a response, an organisation's answer or thanks.

    Beside a sensitive story it hides until a moderator has read it, and the story stays. `said` and `sender` are as
    for a story.
    """
    row = _lock(one)
    shown = isinstance(row, Thanks) or row.is_live
    hides = bool(shown and row.story and row.story.is_sensitive and may_hide(row, sender=sender, now=now))
    concern, made = keep_concern(row, hides=hides, sender=sender, now=now, **said)
    if made and hides and not isinstance(row, Thanks):
        row.hold()
        row.save()
        tell_the_outcome(row)
    return concern


@transaction.atomic
def uphold_added(one, *, by, now, reason):
    """A moderator agrees: it is taken down, thanks are deleted. Its writer is told why. Raises CannotDecide."""
    row = _lock(one)
    end_concerns(_open(row, by=by), Concern.State.UPHELD, by=by, now=now, reason=reason)
    if isinstance(row, Thanks):
        row.delete()
    elif row.can_be_withdrawn:
        row.refuse(by=by, now=now, reason=reason)
        row.save()
        tell_the_outcome(row)
        emails.contribution_taken_down(row, reason=reason, now=now)


@transaction.atomic
def release_added(one, *, by, now, reason):
    """A moderator leaves it as it is; what was held is shown again. Its writer is told that and why, never who.

    Of a worry about a person they are not told, nor of thanks. Raises CannotDecide.
    """
    row = _lock(one)
    concerns = _open(row, by=by)
    tell = concerns.exclude(kind=Concern.Kind.WORRIED).exists()
    end_concerns(concerns, Concern.State.RELEASED, by=by, now=now, reason=reason)
    if isinstance(row, Thanks):
        return
    held = row.waits
    if held:
        row.show_again()
        row.save()
        tell_the_outcome(row)
    if tell or held:
        emails.contribution_released(row, reason=reason, now=now)


def _lock(one):
    if not isinstance(one, Thanks):
        return lock_added(one)
    lock(one.story)
    return Thanks.objects.select_for_update(of=("self",)).select_related("story", "member").get(pk=one.pk)


def _open(row, *, by):
    own = row.member_id == by.pk if isinstance(row, Thanks) else is_own(row, by)
    if own:
        raise CannotDecide(gettext("This is your own: another moderator decides about it."))
    return open_concerns(row)
