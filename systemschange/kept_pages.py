"""Pages for visitors, kept in this process until anything changes, for a minute at most.

A visitor is whoever sends no cookie at all. What is kept was made for one and set no cookie; it is found by host and
address, which says its language. Before each answer the database is asked whether anything has changed
(`systemschange.changes`), so a story that was withdrawn, hidden or narrowed is gone with the next request, on every
machine. Browsers may keep a page too, and must ask each time: an ETag answers that with a few bytes.
"""

import gzip
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse, HttpResponseNotModified
from django.urls import ResolverMatch
from django.utils.http import parse_etags

from systemschange import changes

SECONDS = 60  # words, menus and days change without a mark: they are as old as this at most
LONGEST_ADDRESS = 300
# By the names of their addresses: what is not here is made anew for everybody.
KEPT = {
    *("reports:home", "reports:list", "reports:search", "wagtail_serve"),
    *("stories:list", "stories:story", "stories:wants_help"),
    *("crossings:list", "crossings:crossing", "places:list", "places:place", "practices:list", "practices:practice"),
    *("insights:boundaries", "insights:changes", "insights:practices", "insights:places", "insights:about"),
    *("questions:list", "questions:question"),
}
# Said of each answer anew.
OF_AN_ANSWER = {"content-length", "content-encoding", "cache-control", "vary", "etag"}

_pages = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Page:
    state: str
    until: float
    etag: str
    body: bytes
    zipped: bytes
    headers: tuple
    match: ResolverMatch  # so that what counts pages knows which this is

    @classmethod
    def of(cls, response, state, match):
        return cls(
            state=state,
            until=time.monotonic() + SECONDS,
            etag=f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"',
            body=response.content,
            zipped=gzip.compress(response.content, 5, mtime=0),
            headers=tuple(item for item in response.items() if item[0].lower() not in OF_AN_ANSWER),
            match=match,
        )

    def answer(self, request):
        if self.etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
            response = HttpResponseNotModified()
        elif "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            # Nothing in the page is secret, nor is any of it what only this visitor sent.
            response = HttpResponse(self.zipped)
            response["Content-Encoding"] = "gzip"
        else:
            response = HttpResponse(self.body)
        for name, value in self.headers:
            response[name] = value
        if response.status_code == 304:
            del response["Content-Type"]
        else:
            response["Content-Length"] = str(len(response.content))
        response["ETag"] = self.etag
        response["Cache-Control"] = "no-cache"
        response["Vary"] = "Accept-Encoding, Cookie"
        return response


class KeptPages:
    """Stands before all that makes an answer and gives it headers: a kept page has them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        key = key_of(request) if settings.KEPT_PAGES and may_be_kept(request) else None
        state = changes.state() if key else None
        if state is None:
            return self.get_response(request)
        page = _pages.get(key)
        if page is None or page.state != state or page.until < time.monotonic():
            response = self.get_response(request)
            if not is_everybodys(request, response):
                return response
            page = keep(key, Page.of(response, state, request.resolver_match))
        request.resolver_match = page.match
        return page.answer(request)


def may_be_kept(request):
    return request.method == "GET" and not request.META.get("HTTP_COOKIE") and len(request.path) < LONGEST_ADDRESS


def key_of(request):
    """None for a name that is not ours: who refuses it stands behind, and gives the refusal its headers."""
    try:
        return request.scheme, request.get_host(), request.get_full_path()
    except DisallowedHost:
        return None


def is_everybodys(request, response):
    """Made for any visitor alike, and nobody has said otherwise."""
    match = request.resolver_match
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        match is not None
        and match.view_name in KEPT
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and varies <= {"cookie", "accept-language", "accept-encoding"}
        and not getattr(request, "is_preview", False)
    )


def keep(key, page):
    with _lock:
        _pages[key] = page
        _pages.move_to_end(key)
        while len(_pages) > settings.KEPT_PAGES:
            _pages.popitem(last=False)
    return page


def forget():
    with _lock:
        _pages.clear()
