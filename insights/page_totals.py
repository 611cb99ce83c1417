"""How often public pages are opened: one number a page and week, and nothing about who opened them.

Counted in Valkey as pages are answered (`insights.middleware`) and added to PostgreSQL by beat. Only whoever is signed
out is counted: what they are shown everybody may read, and no number can say what a member or one of the staff reads.
A lost Valkey loses what was not yet added, minutes at most (docs/decisions/0058).
"""

import logging
import re
from datetime import date, datetime, timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from insights.models import PageTotal
from stories.models import Story

log = logging.getLogger(__name__)

# By the name of the address; whatever is not here is never counted. No page on which somebody writes, joins, signs in,
# asks for help or follows a link from a mail.
COUNTED = {
    "reports:home": "The front page",
    "stories:list": "Stories",
    "stories:story": "Stories",
    "crossings:list": "Crossings",
    "crossings:crossing": "Crossings",
    "practices:list": "Practices",
    "practices:practice": "Practices",
    "places:list": "Places",
    "places:place": "Places",
    "rules:list": "Rule or habit?",
    "rules:question": "Rule or habit?",
    "questions:list": "Questions from commissioners",
    "questions:question": "Questions from commissioners",
    "insights:boundaries": "Insights",
    "insights:changes": "Insights",
    "insights:practices": "Insights",
    "insights:places": "Insights",
    "reports:list": "Reports and articles",
    "wagtail_serve": "Reports and articles",
}
# Browsers of people say Mozilla, and so do many robots, which then say what they are.
ROBOT = re.compile(
    r"bot\b(?! )|crawl|spider|slurp|scan|monitor|uptime|preview|facebookexternalhit|headless|lighthouse|archive|feed",
    re.IGNORECASE,
)
ASKED_EARLY = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_HX_REQUEST")  # a browser's guess, or a part of a page
WAITING = "page-totals"  # the hash in Valkey
ANSWERED_WITHIN = 0.2  # seconds: somebody waits for a page
KEPT = timedelta(weeks=104)
A_WEEK = timedelta(weeks=1)


def week_of(day: date) -> date:
    """The Monday on or before this day."""
    return day - timedelta(days=day.weekday())


def page_of(request, response) -> tuple[str, str] | None:
    """Kind and key of the page that a reader has just been given; None for whatever is not counted."""
    match = request.resolver_match
    if match is None or match.view_name not in COUNTED:
        return None
    if not (_is_whole_and_public(response) and _is_read_by_a_person(request)):
        return None
    words = [*match.args, *match.kwargs.values()]
    return match.view_name, "--".join(str(word).strip("/") for word in words)[:255]


def _is_read_by_a_person(request):
    """Opened in a browser by somebody who is not signed in; nothing of that is kept."""
    said = request.META.get
    if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    browser, early = said("HTTP_USER_AGENT", ""), (said(name) for name in ASKED_EARLY)
    return browser.startswith("Mozilla/") and not any(early) and not ROBOT.search(browser)


def _is_whole_and_public(response):
    """A page, and not the word that it is still as the browser has it (304), which is mostly a robot's question."""
    html = response.get("Content-Type", "").startswith("text/html")
    return response.status_code == 200 and html and "private" not in response.get("Cache-Control", "")


def count(page: tuple[str, str], *, now: datetime) -> None:
    """Raises `RedisError` where Valkey does not answer."""
    week = week_of(timezone.localdate(now))
    _valkey(settings.CACHES["default"]["LOCATION"]).hincrby(WAITING, "\n".join((week.isoformat(), *page)), 1)


def take() -> dict:
    """What was counted since it was last taken; each is taken once, however many ask."""
    with _valkey(settings.CACHES["default"]["LOCATION"]).pipeline(transaction=True) as both:
        waiting, _ = both.hgetall(WAITING).delete(WAITING).execute()
    return {tuple(name.decode().split("\n")): int(number) for name, number in waiting.items()}


def keep() -> int:
    """Add what was counted to what is kept. Returns how many pages."""
    try:
        counted = take()
    except RedisError as error:
        log.warning("Valkey does not answer (%s): the next beat adds what it counted.", type(error).__name__)
        return 0
    if counted:
        PageTotal.objects.add(counted)
    return len(counted)


def forget(*, now: datetime) -> None:
    """Delete what is two years old, and every number of a story that not everybody may read any more."""
    PageTotal.objects.filter(week__lt=timezone.localdate(now) - KEPT).delete()
    public = Story.objects.public().values("slug")
    PageTotal.objects.filter(kind="stories:story").exclude(key__in=public).delete()


@cache
def _valkey(location):
    """Not the site's cache, which would write to PostgreSQL instead, once a page."""
    options = {"socket_connect_timeout": ANSWERED_WITHIN, "socket_timeout": ANSWERED_WITHIN}
    return Redis.from_url(location, retry=Retry(NoBackoff(), 0), **options)
