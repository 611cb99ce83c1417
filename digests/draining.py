"""Sending what is due, by as many at once as there are.

Celery's messages are wake-ups without data: losing or doubling them changes nothing.
"""

import logging
import secrets
import time

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from digests import claims, planning, relay, running
from digests.batch import Batch
from digests.models import Delivery, Issue
from digests.pool import Pool
from digests.presses import Presses

log = logging.getLogger(__name__)

CLAIM = 50


def is_any_due(now) -> bool:
    return Delivery.objects.due(now).filter(issue__in=Issue.objects.being_sent()).exists()


class RelayAway(Exception):
    """No connection can be had: it makes no sense to go on now."""


def drain(*, clock=timezone.now, limit=None, seconds=None, stopped=lambda: False) -> int:
    """Send what is due, until nothing is, or so many were sent, or it took so long. Answers how many were sent.

    `stopped` is asked between two mails.
    """
    claims.look_after_lost(clock())
    drainer = Drainer(clock, limit, seconds, stopped)
    try:
        for issue in Issue.objects.being_sent().order_by("week"):
            while drainer.send_batch(issue):
                pass
    except RelayAway as error:
        log.warning("The mail relay does not answer: %s", error)
    finally:
        drainer.hang_up()
    planning.end_what_is_over(clock())
    return drainer.sent_count


class Drainer:
    """One connection to the relay, kept from claim to claim."""

    def __init__(self, clock, limit, seconds, stopped):
        self.clock, self.limit, self.stopped = clock, limit, stopped
        self.until = time.monotonic() + seconds if seconds else None
        self.sent_count, self.error_count = 0, 0
        self._relay, self._presses, self._pool = None, None, None

    @property
    def may_go_on(self):
        if self.limit is not None and self.sent_count >= self.limit:
            return False
        return not self.stopped() and (self.until is None or time.monotonic() < self.until)

    def send_batch(self, issue):
        """Claim some rows and send them; answers whether it makes sense to claim more of this letter."""
        if not self.may_go_on:
            return False
        if not self.has_line:
            if not issue.deliveries.due(self.clock()).exists():
                return False
            self.line_for(issue)
        name = secrets.token_hex(16)
        try:
            rows = claims.take(issue.pk, name=name, most=CLAIM, now=self.clock())
            return bool(rows) and Batch(self, issue, rows, name).send()
        except (DatabaseError, InterfaceError) as error:
            if not claims.is_away(error):
                raise
            # Whether the claim was made or not: nothing of it was started.
            log.warning("The database went away: %s", type(error).__name__)
            connection.close()
            return False

    @property
    def has_line(self):
        return self._relay is not None and self._relay.is_open

    def line_for(self, issue):
        """The open connection to the relay, before any row starts: a relay that is away leaves none in doubt."""
        if not self.has_line:
            try:
                self._relay = relay.open_relay()
            except OSError as error:
                self.relay_failed(issue)
                raise RelayAway(type(error).__name__) from error
        return self._relay

    def stock_for(self, issue):
        """What there is to choose from, and the presses: kept from claim to claim, the pool for a minute."""
        if self._presses is None or self._presses.issue != issue:
            self._presses, self._pool = Presses(issue), None
        if self._pool is None or self._pool.is_old(self.clock()):
            self._pool = Pool(issue, now=self.clock())
        return self._pool, self._presses

    def forget_pool(self):
        self._pool = None

    def relay_failed(self, issue):
        self.error_count += 1
        running.count_relay_error(issue, now=self.clock())

    def relay_works(self, issue):
        self.sent_count += 1
        if self.error_count or issue.relay_error_count:
            self.error_count = issue.relay_error_count = 0
            running.forget_relay_errors(issue)

    def hang_up(self):
        if self._relay is not None:
            self._relay.leave()
