"""What staff do about a cohort, and how somebody takes a place in it."""

from django.db import transaction

from members import actions as accounts
from networks.actions import coalitions
from networks.actions.inside import held
from networks.models import Cohort, CohortPlace, Membership
from networks.models.cohorts import new_token


class Closed(Exception):
    """The link was closed, its day has passed, or another one stands in its place."""


class Full(Exception):
    """Every place is taken."""


@transaction.atomic
def start(cohort, coalition, *, by, now):
    """With a coalition of its own, which whoever starts it convenes, and a link that is good at once."""
    cohort.coalition = coalitions.gather(coalition, boundaries=[], places=[], by=by, now=now)
    cohort.link_by, cohort.started_at = by, now
    cohort.save()
    return cohort


@transaction.atomic
def renew_link(cohort, *, until, by, now):
    """Another link in place of the old one, which opens nothing from here on. Places that are taken stay taken."""
    row = _held(cohort)
    row.token, row.link_until, row.link_closed_at, row.link_by = new_token(), until, None, by
    row.save(update_fields=["token", "link_until", "link_closed_at", "link_by"])
    return row


@transaction.atomic
def close_link(cohort, *, now):
    """Nobody comes by it any more; who is in stays in. Doing it twice changes nothing."""
    row = _held(cohort)
    if row.link_closed_at is None:
        row.link_closed_at = now
        row.save(update_fields=["link_closed_at"])
    return row


@transaction.atomic
def take_place(token, *, by, now):
    """By whoever holds the link, once. They are let in, and into its coalition. Of two at the last place, one gets it.

    Raises Closed and Full.
    """
    row = (
        Cohort.objects.select_for_update(no_key=True, of=["self"]).select_related("link_by").filter(token=token).first()
    )
    if row is None:
        raise Closed
    own = row.places.filter(member=by).first()
    if own:
        return own
    if not row.link_is_open(now):
        raise Closed
    if row.taken() >= row.place_count:
        raise Full
    own = CohortPlace.objects.create(cohort=row, member=by, joined_at=now)
    accounts.approve(by, by=row.link_by, now=now)
    _join(row.coalition, by, now)
    return own


def _join(coalition, member, now):
    """Nobody joins again whom a convenor has removed, nor what has been closed."""
    coalition = held(coalition)
    removed = Membership.objects.filter(coalition=coalition, member=member, removed_at__isnull=False)
    if coalition.goes_on and not removed.exists():
        coalitions.let_in(coalition, member, now=now)


def _held(cohort):
    return Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
