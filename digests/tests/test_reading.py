"""A letter on the site: rights are asked anew at each look."""

import pytest

from digests import reading
from digests.models import Delivery
from digests.tests.lettered import everything
from members.models import Block
from members.tests.factories import MemberFactory
from networks.models import Introduction, Membership, RuleQuestion, Side
from reports.models import ReportPage
from stories.models import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(world, reader):
    issue, items = everything(world, reader)
    made = Introduction.objects.create(made_by=world.teller, reason="A", asked_at=world.now, answer_until=world.now)
    Side.objects.create(introduction=made, member=reader, known_as="Asha")
    Side.objects.create(introduction=made, member=MemberFactory(), known_as="Them")
    items = [item for item in items if item["kind"] != "introduction"]
    items.append({"kind": "introduction", "id": made.pk, "why": ""})
    return Delivery.objects.create(
        issue=issue, member=reader, state="sent", items=items, due_at=world.now, planned_at=world.now
    )


def test_it_shows_what_was_in_it_in_order(delivery, reader):
    found = reading.items_for(delivery, reader)
    kinds = ["gathering", "follow_up", "story", "story", "story", "rule", "report", "introduction"]
    assert [item["kind"] for item in found] == kinds
    assert [item["id"] for item in delivery.items if item["kind"] != "waiting"] == [
        item[item["kind"]].pk for item in found
    ]
    assert found[2]["why"] == "Chosen by the team"
    assert all(item["title"] and item["url"] and item["what"] for item in found)


def test_what_was_taken_away_since_is_left_out(delivery, reader, world):
    Story.objects.update(hidden_at=world.now)
    Membership.objects.filter(member=reader).update(left_at=world.now, convenes=False)
    RuleQuestion.objects.update(state="held")
    ReportPage.objects.update(live=False)
    Introduction.objects.update(taken_down_at=world.now)
    assert reading.items_for(delivery, reader) == []


def test_a_block_takes_a_name_away_and_nothing_else(delivery, reader, world):
    named = Story.objects.get(slug="story-1")
    Block.objects.create(blocker=named.author, blocked=reader, known_as="Them", blocked_at=world.now)
    shown = [item["story"].pk for item in reading.items_for(delivery, reader) if item["kind"] == "story"]
    assert shown == [item["id"] for item in delivery.items if item["kind"] == "story" and item["id"] != named.pk]


def test_its_page_shows_all_kinds(delivery, reader, client):
    client.force_login(reader)
    page = client.get(f"/letter/archive/{delivery.issue.week}/").content.decode()
    for item in reading.items_for(delivery, reader):
        assert item["url"] in page
    assert "Chosen by the team" in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_much_is_in_it(world, reader, django_assert_num_queries, count):
    issue, _ = everything(world, reader)
    stories = [world.story() for _ in range(count)]
    items = [{"kind": "story", "id": story.pk, "why": ""} for story in stories]
    delivery = Delivery(issue=issue, member=reader, items=items)
    with django_assert_num_queries(1):
        assert len(reading.items_for(delivery, reader)) == count
