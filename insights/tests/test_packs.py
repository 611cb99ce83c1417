"""An evidence pack: its numbers stand still, its stories and words are as everybody may read them at each view."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from insights import changing, counting, packing
from insights.counting import Asked
from members.tests.factories import EditorFactory, MemberFactory
from practices.models import Boundary
from stories.models import Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def told(**fields):
    return StoryFactory(
        **{"live": True, "audience": "public", "byline": "name", "boundaries": ["housing", "police"], **fields}
    )


def quoted(story, **fields):
    Story.objects.filter(pk=story.pk).update(may_quote="yes")
    return story.quotations.create(words=story.tried, field="tried", picked_at=timezone.now(), **fields)


def frozen(asked=None, **fields):
    asked = asked or Asked()
    return packing.freeze(
        asked, **{"query": {}, "title": "Between two services", "by": EditorFactory(), "now": timezone.now(), **fields}
    )


def test_its_numbers_are_those_of_the_pages(client):
    told(outcome="stopped")
    told(outcome="going", evidence="measured")
    told(audience="members")
    now = timezone.now()
    counts = frozen().counts
    assert counts["stories"] == counting.count(Asked(), now=now).story_count == 2
    assert [row["cells"] for row in counts["told_crossings"]] == [[2, 1, 1, 0]]
    assert [row["cells"] for row in counts["shifts"]] == [row.cells for row in changing.count(Asked(), now=now).shifts]
    assert counts["did_not_go_on"] == 1


def test_two_services_ask_for_stories_of_both():
    told()
    told(boundaries=["housing"])
    services = tuple(Boundary.objects.filter(slug__in=["housing", "police"]))
    counts = frozen(Asked(services=services)).counts
    assert counts["stories"] == 1
    assert counts["chosen"] == ["Housing", "Police"]


def test_what_members_told_each_other_is_in_no_part_of_it(client):
    story = told(audience="members", title="Zqkept", tried="Zqwords I rang them.")
    quoted(story)
    told(title="Zqopen")
    pack = frozen()
    client.force_login(story.author)
    page = client.get(pack.get_absolute_url()).text
    assert "Zqopen" in page
    assert "Zqkept" not in page
    assert "Zqwords" not in page


@pytest.mark.parametrize(
    "change",
    [{"audience": "members"}, {"hidden_at": timezone.now()}, {"live": False, "withdrawn_at": timezone.now()}],
    ids=["narrowed", "hidden", "withdrawn"],
)
def test_a_story_that_goes_is_gone_from_it_and_the_numbers_say_their_day(client, change):
    story = told(title="Zqgone", tried="Zqwords I rang them.")
    quoted(story)
    pack = frozen()
    before = client.get(pack.get_absolute_url()).text
    assert "Zqgone" in before
    assert "Zqwords" in before
    Story.objects.filter(pk=story.pk).update(**change)
    after = client.get(pack.get_absolute_url()).text
    assert "Zqgone" not in after
    assert "Zqwords" not in after
    assert "1 public story" in after
    assert "The numbers are as of" in after


def test_words_go_with_their_tellers_yes(client):
    story = told(tried="Zqwords I rang them.")
    quoted(story)
    pack = frozen()
    assert "Zqwords" in client.get(pack.get_absolute_url()).text
    Story.objects.filter(pk=story.pk).update(may_quote="no")
    assert "Zqwords" not in client.get(pack.get_absolute_url()).text


def test_who_told_an_unnamed_story_stands_nowhere_in_it(client):
    story = told(byline="hidden")
    story.author.name = "Zqauthor"
    story.author.save()
    quoted(story)
    page = client.get(frozen().get_absolute_url()).text
    assert story.tried in page
    assert "Zqauthor" not in page


def test_a_wrong_key_finds_nothing_and_no_search_engine_keeps_a_right_one(client):
    pack = frozen()
    assert client.get("/evidence/1/").status_code == 404
    response = client.get(pack.get_absolute_url())
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text
    assert len(pack.key) == 22


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_for_one_story_and_for_three(client, django_assert_num_queries, number):
    for _ in range(number):
        quoted(told())
    pack = frozen()
    client.get(pack.get_absolute_url())
    with django_assert_num_queries(6):
        page = client.get(pack.get_absolute_url()).text
    assert page.count('class="pull"') == number


def test_a_member_who_leaves_leaves_the_pack(client):
    maker = MemberFactory()
    pack = frozen(by=maker)
    maker.delete()
    pack.refresh_from_db()
    assert pack.made_by is None
