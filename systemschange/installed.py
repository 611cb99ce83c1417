"""The site as an app on a phone: its manifest, and the page that stands in while there is no connection.

A browser keeps that page and the few files it is made of, and nothing else: no page that anybody was shown, signed in
or not, ever gets in. With `OFFLINE_PAGE=0` browsers drop it, and what keeps it, with their next visit.
"""

import json
from hashlib import blake2b

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control

INK, PAPER = "#0f1f38", "#ffffff"
ICONS = [
    ("icons/favicon.svg", "any", "image/svg+xml", "any"),
    ("icons/app-192.png", "192x192", "image/png", "any"),
    ("icons/app-512.png", "512x512", "image/png", "any"),
    ("icons/app-whole-512.png", "512x512", "image/png", "maskable"),
]


@cache_control(max_age=3600, public=True)
def manifest(request):
    words = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "description": gettext("Frontline workers telling, in their own words, what they saw change between services."),
        "lang": get_language(),
        "id": "/",
        "start_url": reverse("reports:home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": INK,
        "icons": [
            {"src": static(name), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in ICONS
        ],
    }
    return JsonResponse(words, content_type="application/manifest+json")


@cache_control(no_cache=True, public=True)
def offline(request):
    return render(request, "offline.html", {"stylesheet": static("css/site.css")})


@cache_control(no_cache=True, public=True)
def worker(request):
    """The script that stands between a browser and this site; a page that reads otherwise has another name there."""
    page = render_to_string("offline.html", {"stylesheet": static("css/site.css")})
    kept = [reverse("offline"), static("css/site.css")]
    told = {"kept": kept, "name": "offline-" + blake2b(page.encode(), digest_size=8).hexdigest()}
    script = render_to_string("worker.js", {"told": json.dumps(told), "wanted": settings.OFFLINE_PAGE})
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
