"""Pausing, resuming and stopping a letter on its way, and how far it has come."""

from django.db.models import Count

from digests.models import Delivery, Issue

State = Delivery.State


def pause(issue, *, because, now):
    sending = Issue.objects.filter(pk=issue.pk, state=Issue.State.SENDING)
    return bool(sending.update(state=Issue.State.PAUSED, paused_at=now, paused_because=because[:120]))


def resume(issue, *, now):
    paused = Issue.objects.filter(pk=issue.pk, state=Issue.State.PAUSED)
    return bool(paused.update(state=Issue.State.SENDING, paused_at=None, paused_because=""))


def cancel(issue, *, now):
    going = Issue.objects.filter(pk=issue.pk, state__in=["sending", "paused"])
    return bool(going.update(state=Issue.State.CANCELLED, done_at=now))


def counts(issue):
    by_state = dict(issue.deliveries.order_by().values_list("state").annotate(count=Count("pk")))
    told = {str(state): by_state.get(state, 0) for state in State}
    return {**told, "still to come": told["planned"] + told["sending"], "gone": 0}


def wake():
    """Nothing yet."""
