"""Pausing, resuming and stopping a letter on its way, and how far it has come."""

import logging
from datetime import datetime

from celery import current_app
from django.db import transaction
from django.db.models import Count, F
from kombu.exceptions import OperationalError

from digests.models import Delivery, Issue

log = logging.getLogger(__name__)
State = Delivery.State

# So many errors of the relay, one after another, are no accident.
MOST_RELAY_ERRORS = 20
RELAY_FAILS = f"The mail relay failed {MOST_RELAY_ERRORS} times one after another"
CANCELLED = "Cancelled"


def pause(issue: Issue, *, because: str, now: datetime) -> bool:
    """Nothing of it starts any more; who becomes due waits. False where it is not being sent."""
    sending = Issue.objects.filter(pk=issue.pk, state=Issue.State.SENDING)
    return bool(sending.update(state=Issue.State.PAUSED, paused_at=now, paused_because=because[:120]))


def resume(issue: Issue, *, now: datetime) -> bool:
    """Go on where it was paused. What has become too late meanwhile is not sent any more."""
    paused = Issue.objects.filter(pk=issue.pk, state=Issue.State.PAUSED)
    going_on = paused.update(state=Issue.State.SENDING, paused_at=None, paused_because="", relay_error_count=0)
    if going_on:
        transaction.on_commit(wake)
    return bool(going_on)


@transaction.atomic
def cancel(issue: Issue, *, now: datetime) -> bool:
    """Nobody else gets it. A mail that is with the relay at this moment still says what became of it."""
    going = Issue.objects.under_way().filter(pk=issue.pk)
    if not going.update(state=Issue.State.CANCELLED, done_at=now):
        return False
    issue.deliveries.filter(state=State.PLANNED).update(
        state=State.SKIPPED, reason=CANCELLED, claimed_by=Delivery.UNCLAIMED, finished_at=now
    )
    return True


def counts(issue: Issue) -> dict:
    """Rows by state. `still to come` of those planned so far; `gone` closed their account since they were planned."""
    by_state = dict(issue.deliveries.order_by().values_list("state").annotate(count=Count("pk")))
    told = {str(state): by_state.get(state, 0) for state in State}
    planned = Issue.objects.values_list("candidate_count", flat=True).get(pk=issue.pk)
    open_count = told[State.PLANNED] + told[State.SENDING]
    return {**told, "still to come": open_count, "gone": max(planned - sum(told.values()), 0)}


def count_relay_error(issue: Issue, *, now: datetime) -> None:
    """Another error of the relay since it last took a mail; too many pause the letter."""
    Issue.objects.filter(pk=issue.pk).update(relay_error_count=F("relay_error_count") + 1)
    issue.refresh_from_db(fields=["relay_error_count"])
    if issue.relay_error_count >= MOST_RELAY_ERRORS and pause(issue, because=RELAY_FAILS, now=now):
        log.error("%s is paused: the mail relay failed %s times.", issue, issue.relay_error_count)


def forget_relay_errors(issue: Issue) -> None:
    Issue.objects.filter(pk=issue.pk).update(relay_error_count=0)


def wake() -> None:
    """Nudge a worker; without Valkey the letter waits for the next beat."""
    try:
        current_app.send_task("digests.tasks.drain", queue="letters", retry=False, expires=55)
    except OperationalError as error:
        log.warning("No worker could be told about the letter (%s): the next beat finds it.", type(error).__name__)
