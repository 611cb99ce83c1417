"""How a picture is handed out by a view that has asked who is looking."""

from pathlib import PurePath

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _

from confidentiality.pictures import CONTENT_TYPE

# By a name's ending, for what was made from one of our JPEGs.
NEWER = {".avif": "image/avif", ".webp": "image/webp"}
# A picture is only looked at: nothing may run, load or frame it, whatever a browser takes it for.
HEADERS = {
    "Content-Security-Policy": _("default-src 'none'; frame-ancestors 'none'; sandbox"),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def private(data, *, name=""):
    """For this one reader, now."""
    return _picture(data, name, "private, no-store")


def public(request, read, *, name):
    """For everybody: a browser may keep it under its `name`, and asks each time whether it may still show it.

    `read` gives the bytes, and is asked only where the browser has not got them.
    """
    etag = f'"{name}"'
    answer = get_conditional_response(request, etag=etag) or _picture(read(), name, "no-cache")
    answer.headers["ETag"] = etag
    return answer


def _picture(data, name, keep):
    kind = NEWER.get(PurePath(name).suffix, CONTENT_TYPE)
    return HttpResponse(data, content_type=kind, headers={**HEADERS, "Cache-Control": keep})
