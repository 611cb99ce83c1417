"""An evidence pack: its numbers stand still, its stories and words are as the reader may read them at each view."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from insights import counting, packing
from insights.counting import Asked
from insights.tests.packs import frozen, quoted, some, told
from insights.tests.test_practices import tried
from members.models import Notice
from members.tests.factories import MemberFactory
from practices.models import Boundary, Practice
from stories.models import Story

pytestmark = pytest.mark.django_db
GONE = "Some of the stories counted here have been withdrawn since"
GOING = pytest.mark.parametrize(
    "change",
    [{"audience": "members"}, {"hidden_at": timezone.now()}, {"live": False, "withdrawn_at": timezone.now()}],
    ids=["narrowed", "hidden", "withdrawn"],
)


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def read(client, pack):
    response = client.get(pack.get_absolute_url())
    assert response.status_code == 200
    return response.text


def test_its_numbers_are_those_of_the_pages(client):
    some(6, outcome="stopped", evidence="seen")
    some(7, outcome="going", evidence="measured")
    told(audience="members")
    counts = frozen().counts
    assert counts["stories"] == counting.count(Asked(), now=timezone.now()).story_count == 13
    assert [row["cells"] for row in counts["told_crossings"]] == [[13, 7, None, None]]
    by_outcome = {row["label"]: row["cells"][0] for row in counts["outcomes"]}
    assert by_outcome == {"Went on": 7, "Stalled or stopped": None, "Too early to say, or not said": None}


def test_no_small_number_is_kept_anywhere(client):
    some(6, outcome="going")
    told(outcome="stopped", evidence="measured")
    pack = frozen()

    def numbers(value):
        if isinstance(value, dict):
            value = [one for name, one in value.items() if name not in {"crossings", "places"}]
        if isinstance(value, list):
            return [number for one in value for number in numbers(one)]
        return [value] if isinstance(value, int) else []

    assert numbers(pack.counts)
    assert all(number >= 5 for number in numbers(pack.counts))
    page = read(client, pack)
    assert "How many of these 7 stories stalled or stopped is not shown" in page
    assert '<span class="visually-hidden">not shown</span>' in page


def test_what_did_not_work_is_said_and_stands_first(client):
    for story in some(5, outcome="stopped", title="Zqstopped", tried="Zqwordsofit I asked."):
        quoted(story)
    for story in some(5, outcome="going", title="Zqgoing", tried="Zqwordswent I asked."):
        quoted(story)
    page = read(client, frozen())
    assert "5 of these 10 stories stalled or stopped." in page
    order = [page.index(words) for words in ("Zqwordsofit", "Zqstopped", "Zqwordswent", "Zqgoing")]
    assert order == sorted(order)
    assert page.count("Zqwordsofit") == page.count("Zqwordswent") == 5


@pytest.mark.parametrize("number", [0, 4])
def test_so_few_stories_are_read_and_not_counted(number):
    some(number)
    with pytest.raises(packing.TooFew):
        frozen()


def test_two_services_ask_for_stories_of_both():
    some(5)
    told(boundaries=["housing"])
    services = tuple(Boundary.objects.filter(slug__in=["housing", "police"]))
    counts = frozen(Asked(services=services)).counts
    assert counts["stories"] == 5
    assert counts["chosen"] == ["Housing", "Police"]


def test_others_tries_are_counted_only_where_the_practice_alone_was_asked_for():
    practice = Practice.objects.get(slug="rule-or-habit")
    some(5, practices=["rule-or-habit"])
    for _ in range(5):
        tried("rule-or-habit", "worked")
    counted = [row["count"] for row in frozen(Asked(practice=practice)).counts["experiments"]]
    assert counted == [5, None, None]
    assert frozen(Asked(practice=practice, lately=True)).counts["experiments"] == []
    assert frozen().counts["experiments"] == []


def test_what_members_told_each_other_is_in_no_part_of_it(client):
    story = told(audience="members", title="Zqkept", tried="Zqwords I rang them.")
    quoted(story)
    some(5, title="Zqopen")
    pack = frozen()
    client.force_login(story.author)
    page = read(client, pack)
    assert "Zqopen" in page
    assert "Zqkept" not in page
    assert "Zqwords" not in page


@GOING
def test_a_story_that_goes_is_gone_from_it_and_the_numbers_say_so_without_telling_which(client, change):
    some(6)
    story = told(title="Zqgone", tried="Zqwords I rang them.")
    quoted(story)
    pack = frozen()
    before = read(client, pack)
    assert "Zqgone" in before
    assert "Zqwords" in before
    assert GONE not in before
    Story.objects.filter(pk=story.pk).update(**change)
    after = read(client, pack)
    assert "Zqgone" not in after
    assert "Zqwords" not in after
    assert story.slug not in after
    assert "What 7 public stories" in after
    assert GONE in after


def test_a_story_that_is_deleted_is_told_like_one_that_is_withdrawn(client):
    pack_of = some(6)
    pack = frozen()
    pack_of[0].delete()
    assert GONE in read(client, pack)


def test_of_a_pack_that_keeps_not_every_story_it_says_that_some_may_be_gone(client, monkeypatch):
    monkeypatch.setattr(packing, "MOST_STORIES", 5)
    some(7)
    assert "Some of these stories may have been withdrawn since." in read(client, frozen())


@pytest.mark.parametrize("said", ["may_quote", "answer", "changed"])
def test_words_go_with_their_tellers_yes(client, said):
    some(5)
    story = told(tried="Zqwords I rang them.")
    quotation = quoted(story)
    pack = frozen()
    assert "Zqwords" in read(client, pack)
    if said == "may_quote":
        Story.objects.filter(pk=story.pk).update(may_quote="no")
    elif said == "answer":
        type(quotation).objects.update(answer="no", answered_at=timezone.now())
    else:
        Story.objects.filter(pk=story.pk).update(tried="I wrote to them.")
    assert "Zqwords" not in read(client, pack)


def test_words_that_are_asked_for_show_themselves_with_the_yes(client):
    some(5)
    quotation = quoted(told(tried="Zqwords I rang them."), may_quote="ask", asked_at=timezone.now())
    pack = frozen()
    assert "Zqwords" not in read(client, pack)
    packing.tell(now=timezone.now())
    assert not Notice.objects.filter(kind="stories.words_in_pack").exists()
    type(quotation).objects.update(answer="yes", answered_at=timezone.now())
    assert "Zqwords" in read(client, pack)
    assert packing.tell(now=timezone.now()) == 1


def test_tellers_are_told_once_a_pack_where_their_words_stand():
    story = some(5)[0]
    quoted(story)
    story.quotations.create(words=story.noticed, field="noticed", picked_at=timezone.now())
    pack, now = frozen(), timezone.now()
    assert [packing.tell(now=now), packing.tell(now=now)] == [1, 0]
    mail = Notice.objects.get(kind="stories.words_in_pack")
    assert mail.to == story.author.email
    assert pack.get_absolute_url() in mail.text
    assert story.tried not in mail.text
    frozen()
    assert packing.tell(now=now) == 1


@GOING
def test_nobody_is_told_of_words_that_nobody_reads(change):
    story = some(5)[0]
    quoted(story)
    frozen()
    Story.objects.filter(pk=story.pk).update(**change)
    assert packing.tell(now=timezone.now()) == 0


def test_tellers_read_on_their_storys_page_which_packs_count_it(client):
    story = some(5)[0]
    pack = frozen()
    client.force_login(story.author)
    page = client.get(f"/stories/{story.slug}/quotes/").text
    assert "Evidence packs that count your story" in page
    assert pack.get_absolute_url() in page


def test_who_told_an_unnamed_story_stands_nowhere_in_it(client):
    some(4)
    story = told(byline="hidden")
    story.author.name = "Zqauthor"
    story.author.save()
    quoted(story)
    page = read(client, frozen())
    assert story.tried in page
    assert "Zqauthor" not in page


def test_a_wrong_key_finds_nothing_and_no_search_engine_keeps_a_right_one(client):
    some()
    pack = frozen()
    assert client.get("/evidence/1/").status_code == 404
    response = client.get(pack.get_absolute_url())
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.text
    assert len(pack.key) == 22


def test_a_pack_that_was_taken_back_leads_nowhere(client):
    some()
    pack = frozen()
    packing.take_back(pack)
    assert client.get(pack.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_much_it_shows(client, django_assert_num_queries, number):
    for story in [*some(4 * number, outcome="stopped"), *some(4)][:number]:
        quoted(story)
    pack = frozen()
    read(client, pack)
    with django_assert_num_queries(6):
        page = read(client, pack)
    assert page.count('class="pull"') == number


def test_a_member_who_leaves_leaves_the_pack(client):
    maker = MemberFactory()
    some()
    pack = frozen(by=maker)
    maker.delete()
    pack.refresh_from_db()
    assert pack.made_by is None
