"""Counts a page once it has been made, whatever made it."""

import logging
import time

from django.utils import timezone
from redis.exceptions import RedisError

from insights import page_totals

log = logging.getLogger(__name__)
PAUSE = 30  # seconds without counting after Valkey did not answer, so that not every page waits for it


class PageTotals:
    """Looks at the answer, keeps nothing of who asked, and never stands in a page's way."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.pause_until = 0.0

    def __call__(self, request):
        response = self.get_response(request)
        page = page_totals.page_of(request, response)
        if page and time.monotonic() >= self.pause_until:
            self._count(page)
        return response

    def _count(self, page):
        try:
            page_totals.count(page, now=timezone.now())
        except RedisError as error:
            self.pause_until = time.monotonic() + PAUSE
            log.warning("Pages are not counted for %s seconds: %s of Valkey.", PAUSE, type(error).__name__)
