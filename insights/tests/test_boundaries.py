"""The boundary map: what is counted, that drawing, table and file agree, and that nothing else is in it."""

import csv
import io
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from insights import counting, views
from insights.counting import Asked, count
from members.tests.factories import MemberFactory
from practices.models import Boundary, Place
from stories import actions
from stories.models import Listing
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
PAGE = "/insights/"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def drawn(monkeypatch):
    """A drawing from the first story on."""
    monkeypatch.setattr(views, "FEWEST", 1)


def told(**fields):
    return StoryFactory(**{"live": True, "audience": "public", **fields})


class Arcs(HTMLParser):
    """What the drawing says of each arc, and the table of each row."""

    def __init__(self, text):
        super().__init__()
        self.arcs, self.rows, self._cells, self._cell = {}, {}, None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if attrs.get("class") == "map__arc":
            self.arcs[attrs["href"]] = int(attrs["aria-label"].rsplit(": ", 1)[1].split()[0])
        if tag == "tbody":
            self._cells, self._href = [], ""
        if tag == "a" and self._cells is not None and attrs.get("href", "").startswith("/crossings/"):
            self._href = attrs["href"]
        if tag == "td":
            self._cell = ""

    def handle_data(self, data):
        if self._cell is not None:
            self._cell += data

    def handle_endtag(self, tag):
        if tag == "td":
            self._cells.append(int(self._cell))
            self._cell = None
        if tag == "tbody":
            if self._href:  # the table of services has no crossing in it
                self.rows[self._href] = self._cells
            self._cells = None


def test_each_crossing_counts_its_public_stories_by_what_became_of_them(client, drawn):
    told(outcome="spread")
    told(outcome="stopped")
    told(outcome="stalled", boundaries=["housing", "mental-health", "police"])
    told(outcome="early", boundaries=["housing"])
    shown = Arcs(client.get(PAGE).text)
    assert shown.rows == {
        "/crossings/housing--mental-health/": [3, 1, 2, 0],
        "/crossings/housing--police/": [1, 0, 1, 0],
        "/crossings/mental-health--police/": [1, 0, 1, 0],
    }


def test_drawing_table_and_file_say_the_same(client, drawn):
    told(outcome="spread")
    told(outcome="early", boundaries=["housing", "mental-health", "police", "homelessness"])
    shown = Arcs(client.get(PAGE).text)
    table = csv.reader(io.StringIO(client.get(reverse("insights:boundaries_csv")).getvalue().decode("utf-8-sig")))
    names = {boundary.name: boundary for boundary in Boundary.objects.all()}
    filed = {
        f"/crossings/{names[a].slug}--{names[b].slug}/": [int(cell) for cell in cells] for a, b, *cells in [*table][1:]
    }
    assert len(shown.arcs) == 6
    assert filed == shown.rows
    assert shown.arcs == {href: cells[0] for href, cells in shown.rows.items()}


@pytest.mark.parametrize("user", ["visitor", "member", "teller"])
def test_nothing_is_counted_that_somebody_could_not_read(client, drawn, user):
    teller = MemberFactory()
    told(author=teller)
    told(author=teller, audience="members", boundaries=["housing", "police"])
    told(author=teller, hidden=True, boundaries=["housing", "police"])
    StoryFactory(sent=True, author=teller, audience="public", boundaries=["housing", "police"])
    if user != "visitor":
        client.force_login(teller if user == "teller" else MemberFactory())
    shown = Arcs(client.get(PAGE).text)
    assert shown.rows.keys() == {"/crossings/housing--mental-health/"}


def test_what_is_withdrawn_is_gone_with_the_next_count():
    story = told()
    assert count(Asked(), now=timezone.now()).story_count == 1
    actions.withdraw(story, by=story.author, now=timezone.now())
    assert count(Asked(), now=timezone.now()).pairs == {}


def test_a_count_is_kept_for_ten_minutes_and_says_its_age(client):
    told()
    client.get(PAGE)
    told()
    now = timezone.now()
    kept = counting.tally(Asked(), now=now)
    assert kept.story_count == 1
    assert counting.age_minutes(kept, now + timedelta(minutes=4)) == 4
    assert counting.age_minutes(kept, now - timedelta(seconds=1)) == 0, "counted while somebody waited"


@pytest.mark.parametrize(
    ("query", "stories"),
    [
        ("", 3),
        ("?place=wales", 1),
        ("?practice=rule-or-habit", 1),
        ("?outcome=stopped", 1),
        ("?since=year", 2),
        ("?outcome=stopped&place=wales", 0),
    ],
)
def test_the_address_narrows_what_is_counted(client, query, stories):
    told(place="wales", outcome="spread")
    told(practices=["rule-or-habit"], outcome="spread")
    old = told(outcome="stopped")
    Listing.objects.filter(story=old).update(pub_no=int(1e12) * Listing.MILLISECOND)
    assert client.get(PAGE + query).context["tally"].story_count == stories


def test_words_that_do_not_exist_are_a_page_that_does_not_exist(client):
    for query in ("?place=atlantis", "?outcome=fine", "?since=ever", "?practice=luck"):
        assert client.get(PAGE + query).status_code == 404


def test_few_stories_are_a_list_and_no_map(client):
    told()
    page = client.get(PAGE)
    assert page.context["drawing"] is None
    assert "The map is drawn from 30 stories on" in page.text


def test_no_story_yet_leads_to_writing_one(client):
    page = client.get(PAGE)
    assert "No public story runs between two services here yet" in page.text


def test_gaps_are_pairs_that_nobody_told_of(client):
    told()
    told(boundaries=["housing", "police"])
    page = client.get(PAGE)
    slugs = {crossing.slug for crossing in page.context["gaps"]}
    assert "mental-health--police" in slugs
    assert not slugs & {"housing--mental-health", "housing--police"}


def test_the_heaviest_arc_belongs_to_the_most_told_crossing(client, drawn):
    told()
    told()
    told(boundaries=["housing", "police"])
    drawing = client.get(PAGE).context["drawing"]
    weights = {arc.counted.crossing.slug: arc.weight for arc in drawing.arcs}
    assert weights["housing--mental-health"] > weights["housing--police"]
    assert drawing.arcs[-1].counted.crossing.slug == "housing--mental-health"
    assert all(arc.upper.y < arc.lower.y and arc.end <= drawing.width for arc in drawing.arcs)


def test_a_name_of_a_service_is_whole_and_fits(client, drawn):
    told()
    for service in client.get(PAGE).context["drawing"].services:
        assert " ".join(line for line, _ in service.lines) == service.boundary.name
        assert len(service.lines) <= 2


def test_a_retired_service_is_drawn_while_stories_carry_it(client, drawn):
    told()
    police = Boundary.objects.get(slug="police")
    Boundary.objects.filter(pk__in=[police.pk, Boundary.objects.get(slug="housing").pk]).update(
        retired_at=timezone.now()
    )
    cache.clear()
    names = {service.boundary.slug for service in client.get(PAGE).context["drawing"].services}
    assert "housing" in names
    assert "police" not in names


def test_a_place_counts_with_what_lies_in_it(client):
    told(place=Place.objects.filter(kind="region").first().slug)
    nation = Place.objects.filter(kind="region").first().parent
    assert client.get(f"{PAGE}?place={nation.slug}").context["tally"].story_count == 1
