"""What in the published pages should be looked at: links within this site that lead nowhere, and pictures whose words
say little. Nothing outside is asked."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils.translation import gettext
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from practices import words
from reports.models import ReportImage
from reports.site import words as site_words
from stories.models import Story

ADDRESS = re.compile(r"/[^\s<>\"]*")
FEWEST_WORDS = 3
EMPTY_BEGINNING = r"^(an? )?(image|picture|photo|photograph|screenshot|img|dsc)\y"  # PostgreSQL's end of a word


@dataclass(frozen=True)
class Finding:
    """A link that leads nowhere: the page it stands on (None: a menu), what was linked, where to and what is wrong."""

    page: object
    text: str
    address: str
    why: str


class Links(HTMLParser):
    """The links of a rich text as Wagtail keeps it: (text, page key or None, address)."""

    def __init__(self, html):
        super().__init__()
        self.found, self._open = [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self._open = (dict(attrs), [])

    def handle_data(self, data):
        if self._open:
            self._open[1].append(data)

    def handle_endtag(self, tag):
        if tag == "a" and self._open:
            attrs, text = self._open
            key = attrs.get("id", "") if attrs.get("linktype") == "page" else ""
            self.found.append(("".join(text), key, attrs.get("href") or ""))
            self._open = None


def links_of(page):
    """Every link in the words of a page: in rich text, and addresses that stand in a block by themselves."""
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            yield from Links(getattr(page, field.name)).found
        elif isinstance(field, StreamField):
            for text in texts_in(list(getattr(page, field.name).raw_data)):
                yield from Links(text).found if "<a" in text else alone(text)


def alone(text):
    return [(text, "", text)] if ADDRESS.fullmatch(text) else []


def texts_in(value):
    """Every text in the raw data of a stream, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def broken_links():
    """One question for the pages, and one for each kind of thing that they link to."""
    pages = Page.objects.live().specific().order_by("title", "pk")
    found = [(page, *link) for page in pages for link in links_of(page)]
    found += [(None, text, "", address) for text, address in (*site_words().main_menu, *site_words().foot_menu)]
    is_wrong = Checked([(key, path_of(address)) for _, _, key, address in found])
    wrong = [(link, is_wrong(link[2], path_of(link[3]))) for link in found]
    return [Finding(page, text, address or gettext("a page"), why) for (page, text, _, address), why in wrong if why]


def path_of(address):
    """The path of an address on this site, or None."""
    if address.startswith(settings.SITE_URL + "/"):
        address = address.removeprefix(settings.SITE_URL)
    return unquote(urlsplit(address).path) if ADDRESS.match(address) and not address.startswith("//") else None


class Checked:
    """What is wrong with each of these links, for anybody who reads the page signed out; asked together."""

    def __init__(self, links):
        paths = {path for _, path in links if path}
        self.routes = {path: route_of(path) for path in paths}
        slugs = {route.kwargs["slug"] for route in self.routes.values() if route and route.view_name == "stories:story"}
        readable = Story.objects.readable_by(AnonymousUser()).filter(slug__in=slugs)
        self.stories = set(readable.values_list("slug", flat=True)) if slugs else set()
        keys = {int(key) for key, _ in links if key.isdecimal()}
        live = list(Page.objects.live().values_list("pk", "url_path"))
        self.page_keys = keys & {key for key, _ in live}
        # Below the front page, which is the root of the site.
        self.page_paths = {"/" + path.strip("/").partition("/")[2].strip("/") for _, path in live}

    def __call__(self, key, path):
        if key:
            return "" if key.isdecimal() and int(key) in self.page_keys else gettext("That page is not published.")
        return self._wrong_with(path) if path else ""

    def _wrong_with(self, path):
        route = self.routes[path]
        if route is None:
            return gettext("There is nothing at this address.")
        if route.view_name == "wagtail_serve":
            return (
                ""
                if "/" + path.strip("/") in self.page_paths
                else gettext("There is no published page at this address.")
            )
        if route.view_name == "stories:story":
            return "" if route.kwargs["slug"] in self.stories else gettext("Not everybody can read that story.")
        return "" if is_a_word(route) else gettext("There is nothing at this address.")


def route_of(path):
    try:
        return resolve(path)
    except Resolver404:
        return None


def is_a_word(route):
    """Where an address names a practice, a place or services, there are such."""
    known = {
        "practices:practice": lambda: {word.slug for word in words.practices()},
        "places:place": lambda: {word.slug for word in words.places()},
        "crossings:crossing": lambda: {word.slug for word in words.every_boundary()},
    }
    names = known.get(route.view_name)
    return names is None or set(route.kwargs.values()) <= names()


def pictures_to_describe():
    """Pictures whose words are a file's name or too few to see anything by."""
    thin = Q(description__iregex=EMPTY_BEGINNING) | ~Q(description__iregex=r"\S+\s+" * (FEWEST_WORDS - 1) + r"\S")
    named = Q(description__iregex=r"\.(jpe?g|png|gif|webp|heic)\s*$")
    return ReportImage.objects.filter(thin | named).order_by("-created_at", "-pk")
