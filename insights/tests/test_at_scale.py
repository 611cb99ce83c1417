"""What the stories show together, among many: a page that was counted reads none, a file holds few at a time."""

import gc
import tracemalloc

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from design.cost import costs
from insights import exporting, scale, tasks
from stories.models import Story
from stories.search import scale as finding
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db

PAGES = ("boundaries", "changes", "practices", "places", "boundaries_csv")
FEW, MANY = 5_000, 25_000
NARROWED = ("?place=north-west&outcome=stopped", "?place=wales&since=year")


def pages_read(client, address):
    """By all questions that the page asks, the shared words aside: those are known."""
    client.get(reverse("practices:list"))
    with costs() as found:
        answer = client.get(address)
        assert b"".join(answer)
    return sum(cost.buffers for cost in found)


def kept(client):
    """What every page reads after beat has counted, and a page of the open data, which is asked anew each time."""
    cache.clear()
    tasks.refresh()
    read = {name: pages_read(client, reverse(f"insights:{name}")) for name in PAGES}
    return read | {name: pages_read(client, reverse(f"api:{name}")) for name in ("stories", "crossings")}


def counted(client):
    """What a question reads that nobody has asked for ten minutes, a story that it counts."""
    read = {}
    for query in NARROWED:
        for name in ("boundaries", "changes"):
            cache.clear()
            read[name, query] = pages_read(client, reverse(f"insights:{name}") + query)
    return read


@pytest.mark.long
def test_what_a_page_reads_does_not_grow_with_the_stories(client):
    with scale.scratch():
        scale.fill(FEW, words=2)
        few, few_counted = kept(client), counted(client)
        scale.fill(MANY, words=2)
        many, many_counted = kept(client), counted(client)
        file = memory()
    assert {name: (few[name], many[name]) for name in few if many[name] > 1.2 * few[name] + 20} == {}
    # What is narrowed by hand is counted when it is asked for: it reads what it counts, and no more of each.
    share = MANY // FEW
    grown = {name: (few_counted[name], many_counted[name]) for name in few_counted}
    assert {name: read for name, read in grown.items() if read[1] > 1.5 * share * read[0]} == {}
    assert file < 1_000_000


def memory():
    """How many bytes more are held at the end of the file than after its first thousand rows."""
    rows = 0
    tracemalloc.start()
    try:
        for _ in exporting.parts("csv"):
            rows += 1
            if rows == 1_000:
                early = held()
        late = held()
    finally:
        tracemalloc.stop()
    assert rows > MANY // 5
    return late - early


def held():
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def test_the_scratch_tables_leave_the_sites_alone():
    story = StoryFactory(live=True)
    with scale.scratch():
        scale.fill(40, words=2)
        made = Story.objects.for_listing().prefetch_related("practices")
        assert len(made) == 40
        assert all(one.boundary_list and one.outcome and one.place_id for one in made)
    assert [*Story.objects.all()] == [story]


def test_beat_counts_all_four_before_anybody_asks(client):
    StoryFactory(live=True, audience="public")
    client.get("/insights/")
    cache.clear()
    tasks.refresh()
    client.get(reverse("practices:list"))
    Story.objects.all().delete()
    for name in ("changes", "practices", "places"):
        answer = client.get(reverse(f"insights:{name}"))
        counted = answer.context.get("changes") or answer.context.get("spreading") or answer.context["found"]
        assert (getattr(counted, "story_count", 1), name) == (1, name)


@pytest.mark.long
def test_the_bench_prints_a_table_and_json_and_keeps_nothing(capsys):
    story = StoryFactory(live=True, audience="public", open_data=True)
    cache.set("insights:", "as it was")
    call_command("bench_insights", stories=60, draws=1, words=2)
    printed = capsys.readouterr().out
    assert "/insights/?place=north-west&practice=rule-or-habit&outcome=stopped" in printed
    assert '"stories": 60' in printed
    assert cache.get("insights:") == "as it was"
    assert [*Story.objects.all()] == [story]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.schemata WHERE schema_name = %s", [finding.SCHEMA])
        assert cursor.fetchone() == (0,)
