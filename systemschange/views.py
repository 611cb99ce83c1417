"""The pages that belong to no room: for machines."""

from django.http import HttpResponse
from django.shortcuts import render

from systemschange import sitemap as found


def healthz(request):
    """Answers as long as the process does."""
    return HttpResponse("ok", content_type="text/plain")


def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def sitemap(request):
    return as_xml(request, "sitemap.xml", files=found.files())


def sitemap_pages(request):
    return as_xml(request, "sitemap_file.xml", addresses=found.pages())


def sitemap_stories(request, number):
    return as_xml(request, "sitemap_file.xml", addresses=found.stories(number))


def as_xml(request, template, **context):
    return render(request, template, context, content_type="application/xml; charset=utf-8")
