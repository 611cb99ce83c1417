"""What is different now: every number beside its evidence, and public stories only."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from insights import changing
from insights.counting import Asked
from stories.models import Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
PAGE = "/insights/changes/"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def told(**fields):
    return StoryFactory(**{"live": True, "audience": "public", **fields})


def counted():
    return changing.count(Asked(), now=timezone.now())


def cells(rows):
    return {row.label: row.cells for row in rows if row.count}


def test_each_outcome_stands_beside_how_its_tellers_know():
    told(outcome="spread", evidence="measured")
    told(outcome="spread", evidence="hunch")
    told(outcome="stopped", evidence="")
    assert cells(counted().outcomes) == {"Spread to others": [2, 1, 0, 1, 0], "Stopped": [1, 0, 0, 0, 1]}


def test_a_story_counts_in_each_shift_that_it_tells_of():
    shifts = {"shift_thinking": "They ring first.", "shift_behaviour": "", "shift_ground": "Nobody waits."}
    told(**shifts, evidence="seen")
    told(**dict.fromkeys(shifts, ""), nothing_shifted=True, evidence="seen")
    assert [row.cells for row in counted().shifts] == [[1, 0, 1, 0, 0], [0, 0, 0, 0, 0], [1, 0, 1, 0, 0]]


def test_what_came_to_rest_is_told_by_year_like_what_went_on():
    old = told(outcome="stalled")
    Story.objects.filter(pk=old.pk).update(first_published_at="2024-05-01T09:00:00Z")
    told(outcome="normal")
    told(outcome="early")
    first, last = counted().years
    assert (first.year, first.cells) == (2024, [1, 0, 1, 0])
    assert last.cells == [2, 1, 0, 1]


def test_what_shifted_is_told_by_year_and_by_crossing(client):
    unsaid = {"shift_thinking": "", "shift_behaviour": "", "shift_ground": ""}
    old = told(**{**unsaid, "shift_ground": "Nobody waits."}, boundaries=["housing", "police"])
    Story.objects.filter(pk=old.pk).update(first_published_at="2024-05-01T09:00:00Z")
    told(**{**unsaid, "shift_thinking": "They ring first."}, boundaries=["housing"])
    assert [year.shifts for year in counted().years] == [[1, 0, 0, 1], [1, 1, 0, 0]]
    between = client.get(f"{PAGE}?service=housing&other=police").context["changes"]
    assert [(year.year, year.shifts) for year in between.years] == [(2024, [1, 0, 0, 1])]
    assert "Count all public stories" in client.get(f"{PAGE}?service=police&outcome=stopped").text


def test_only_public_stories_count(client):
    story = told(outcome="spread")
    told(outcome="stopped", audience="members")
    told(outcome="stopped", hidden=True)
    StoryFactory(sent=True, audience="public", outcome="stopped")
    client.force_login(story.author)
    changes = client.get(PAGE).context["changes"]
    assert cells(changes.outcomes) == {"Spread to others": [1, *changes.outcomes[1].cells[1:]]}


def test_the_table_says_what_was_counted_and_the_address_narrows_it(client):
    told(outcome="spread", place="wales", evidence="measured")
    told(outcome="stopped", evidence="hunch")
    assert client.get(f"{PAGE}?place=wales").context["changes"].story_count == 1
    text = "".join(client.get(PAGE).text.split())
    assert "Stopped</th></tr><tr><td>1</td><td>0</td><td>0</td><td>1</td><td>0</td>" in text


def test_no_story_yet_leads_to_writing_one(client):
    assert "No public story yet" in client.get(PAGE).text


def test_a_count_is_kept_for_a_while_and_the_next_one_is_right(client):
    told()
    client.get(PAGE)
    Story.objects.update(hidden_at=timezone.now())
    assert client.get(PAGE).context["changes"].story_count == 1, "kept for ten minutes, with its age"
    assert counted().story_count == 0
