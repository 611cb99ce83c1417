"""What a page of staff's says of itself to other sites: `{% page_meta page %}` in its head."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()
PUBLISHER = {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}


@register.inclusion_tag("reports/_page_meta.html", takes_context=True)
def page_meta(context, page, kind="Report", description=""):
    """`kind` is schema.org's word for it. A preview and a draft say nothing."""
    request = context["request"]
    if getattr(request, "is_preview", False) or not page.live:
        return {}
    address = settings.SITE_URL + page.url
    said = page.search_description or description
    facts = of_site(address, said) if kind == "WebSite" else of_page(page, kind, address, said)
    return {
        "page": page,
        "address": address,
        "description": said,
        "is_article": kind != "WebSite",
        "facts": facts,
        "site_name": settings.SITE_NAME,
    }


def of_page(page, kind, address, description):
    changed = page.last_published_at or page.first_published_at
    return {
        "@type": kind,
        "@id": address,
        "url": address,
        "headline": page.title,
        "description": description,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "author": PUBLISHER,
        "publisher": PUBLISHER,
        "datePublished": page.first_published_at and page.first_published_at.date().isoformat(),
        "dateModified": changed and changed.date().isoformat(),
    }


def of_site(address, description):
    """The front page: the site, and how it is searched."""
    return {
        "@type": "WebSite",
        "@id": address,
        "url": address,
        "name": settings.SITE_NAME,
        "description": description,
        "inLanguage": "en-GB",
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{settings.SITE_URL}{reverse('reports:search')}?q={{q}}",
            "query-input": "required name=q",
        },
    }
