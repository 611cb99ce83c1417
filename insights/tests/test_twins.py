"""Every number that a drawing says stands in the table or list beside it, and the other way round: read by a parser."""

import re
from html.parser import HTMLParser

import pytest
from django.core.cache import cache

from insights import views
from insights.drawing import Arc
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db

SAID = re.compile(r"(.+): (\d+) (story|stories)")
QUERIES = ("", "?place=england", "?outcome=stopped", "?practice=rule-or-habit", "?since=year", "?outcome=early")


class Twins(HTMLParser):
    """`drawn`: what each link of a drawing says, by its address; `shown`: the first number that stands after the same
    link outside of drawings; `numbers`: the digits written into drawings."""

    def __init__(self, text):
        super().__init__()
        self.drawn, self.shown, self.numbers, self.titles = {}, {}, [], []
        self._svg = self._main = False
        self._href, self._inside, self._label = "", "", ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self._main = self._main or tag == "main"
        self._svg = self._svg or tag == "svg"
        self._inside = tag
        if self._svg and tag == "a":
            self._label = attrs["aria-label"]
            name, number, stories = SAID.fullmatch(self._label).groups()
            assert (stories == "story") == (number == "1")
            self.drawn[attrs["href"]] = int(number)
        elif tag == "a" and self._main:
            self._href = attrs["href"]

    def handle_data(self, data):
        said = data.strip()
        if self._svg and self._inside == "title":
            self.titles.append((said, self._label))
        elif self._svg and self._inside == "text" and said.isdigit():
            self.numbers.append(int(said))
        elif not self._svg and self._href and self._inside in {"td", "span"} and said.isdigit():
            self.shown.setdefault(self._href, int(said))
            self._href = ""

    def handle_endtag(self, tag):
        self._inside = ""
        self._svg = self._svg and tag != "svg"
        self._label = "" if tag == "a" else self._label


@pytest.fixture
def told(monkeypatch):
    """Stories of several services, places, practices and outcomes, enough for a map."""
    monkeypatch.setattr(views, "FEWEST", 1)
    cache.clear()
    open_to_all = {"live": True, "audience": "public", "byline": "name"}
    StoryFactory(**open_to_all, place="salford", outcome="stopped", practices=["rule-or-habit"])
    StoryFactory(**open_to_all, place="leeds", outcome="early", boundaries=["housing", "police", "mental-health"])
    StoryFactory(**open_to_all, place="wales", outcome="stopped", boundaries=["housing", "police"])
    StoryFactory(**open_to_all, place="north-west", outcome="early", practices=["rule-or-habit"])
    StoryFactory(**open_to_all, place=None, outcome="spread", boundaries=["housing"])


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("page", ["/insights/", "/insights/places/"])
def test_a_drawing_and_what_stands_beside_it_say_the_same(client, told, page, query):
    if "place" in page and "place=" in query:
        query = query.replace("place=england", "since=year")
    found = Twins(client.get(page + query).text)
    assert found.drawn
    assert {href: found.shown.get(href) for href in found.drawn} == found.drawn
    # Nothing that is counted beside the drawing is missing from it: but for nations that have regions.
    about = "/places/" if "places" in page else "/crossings/"
    told_beside = {href: number for href, number in found.shown.items() if href.startswith(about) and number}
    assert {href for href in told_beside if href not in found.drawn} <= {"/places/england/"}
    assert all(title == label for title, label in found.titles if label)
    assert all(title.endswith(": 0 stories") for title, label in found.titles if not label)


def test_a_circle_has_the_number_of_its_list(client, told):
    found = Twins(client.get("/insights/places/").text)
    wide = [number for href, number in found.drawn.items() if href in {"/places/north-west/", "/places/wales/"}]
    assert sorted(found.numbers) == sorted([*wide, found.drawn["/places/yorkshire-and-the-humber/"]])


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("page", ["/insights/", "/insights/changes/", "/insights/practices/"])
def test_each_row_adds_up(client, told, page, query):
    """All, then its parts: what went on, came to rest, is too early; or how their tellers know."""
    if "practices" in page:
        query = query.replace("practice=rule-or-habit", "since=year")
    rows = re.findall(r"<tr>((?:<td>\d+</td>){4,5})</tr>", re.sub(r">\s+<", "><", client.get(page + query).text))
    assert rows
    for row in rows:
        whole, *parts = map(int, re.findall(r"\d+", row))
        assert whole == sum(parts)


def test_a_number_that_differs_is_found(client, told, monkeypatch):
    """The test of the test."""
    monkeypatch.setattr(Arc, "label", "Between housing and police: 9 stories")
    found = Twins(client.get("/insights/").text)
    assert {href: found.shown.get(href) for href in found.drawn} != found.drawn
