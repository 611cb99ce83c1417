"""Concerns about a question or an answer of "Rule or habit?": raised by anybody, read beside all others."""

from django.db import transaction
from django.utils.translation import gettext

from members.models import Concern
from networks.actions import rules
from networks.emails import rules as emails
from stories.actions.concerns import end_concerns, keep_concern, may_hide, open_concerns
from stories.actions.ground import CannotDecide


@transaction.atomic
def raise_concern_rule(one, *, sender, now, **said):
    """Keep what somebody says about it. Between sensitive services it hides until a moderator has read it."""
    row = _lock(one)
    hides = bool(row.is_live and row.is_sensitive and may_hide(row, sender=sender, now=now))
    concern, made = keep_concern(row, hides=hides, sender=sender, now=now, **said)
    if made and hides:
        row.hold()
    return concern


@transaction.atomic
def uphold_rule(one, *, by, now, reason):
    """A moderator agrees: it is shown no more, and why stands on its writer's page. Raises CannotDecide."""
    row = _lock(one)
    end_concerns(_open(row, by=by), Concern.State.UPHELD, by=by, now=now, reason=reason)
    if row.is_live or row.is_held:
        row.uphold(by=by, now=now, reason=reason)
        emails.refused(row, now=now)


@transaction.atomic
def release_rule(one, *, by, now, reason):
    """A moderator leaves it as it is; what was held is shown again. Of a worry about a person its writer is not told.

    Raises CannotDecide.
    """
    row = _lock(one)
    concerns = _open(row, by=by)
    tell = row.is_held or concerns.exclude(kind=Concern.Kind.WORRIED).exists()
    end_concerns(concerns, Concern.State.RELEASED, by=by, now=now, reason=reason)
    if row.is_held:
        row.show_again()
    if tell:
        emails.kept(row, now=now)


def _lock(one):
    return type(one).objects.select_for_update(of=["self"]).get(pk=one.pk)


def _open(row, *, by):
    if rules.is_own(row, by):
        raise CannotDecide(gettext("This is your own: another moderator decides about it."))
    return open_concerns(row)
