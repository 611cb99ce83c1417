"""The pages that belong to no room: for machines."""

from datetime import UTC, timedelta

from django.shortcuts import render
from django.utils import timezone

from systemschange import sitemap as found

GOOD_FOR = timedelta(days=180)


def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def security(request):
    """Where to tell of a hole (RFC 9116). It never runs out while the site answers, and always within a year."""
    midnight = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    context = {"expires": f"{midnight + GOOD_FOR:%Y-%m-%dT%H:%M:%SZ}"}
    return render(request, "security.txt", context, content_type="text/plain; charset=utf-8")


def sitemap(request):
    return as_xml(request, "sitemap.xml", files=found.files())


def sitemap_pages(request):
    return as_xml(request, "sitemap_file.xml", addresses=found.pages())


def sitemap_stories(request, number):
    return as_xml(request, "sitemap_file.xml", addresses=found.stories(number))


def as_xml(request, template, **context):
    return render(request, template, context, content_type="application/xml; charset=utf-8")
