"""Open data: who said yes is in it, and nothing that names anybody or tells a day."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from insights import open_data
from members.tests.factories import MemberFactory
from stories import actions
from stories.models import Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
LIST = "/api/stories/"


def told(**fields):
    return StoryFactory(**{"live": True, "audience": "public", "open_data": True, **fields})


def listed(client):
    return client.get(LIST).json()["stories"]


def table(client):
    text = client.get(reverse("api:stories_csv")).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("user", ["visitor", "teller"])
def test_only_public_stories_with_their_tellers_yes_are_in_it(client, user):
    teller = MemberFactory()
    told(author=teller, title="Open")
    told(author=teller, title="Nocanary", open_data=False)
    told(author=teller, title="Membercanary", audience="members")
    told(author=teller, title="Hiddencanary", hidden=True)
    StoryFactory(sent=True, author=teller, title="Sentcanary", audience="public", open_data=True)
    if user == "teller":
        client.force_login(teller)
    assert [story["title"] for story in listed(client)] == ["Open"]
    assert [row["title"] for row in table(client)] == ["Open"]
    for story in Story.objects.exclude(title="Open"):
        assert client.get(reverse("api:story", args=[story.slug])).status_code == 404


@pytest.mark.parametrize("byline", ["name", "role", "staff"])
def test_nobody_is_named_and_no_day_is_told(client, byline):
    teller = MemberFactory(first_name="Nellcanary", last_name="Ashcanary")
    story = told(author=teller, byline=byline, place="salford")
    Story.objects.filter(pk=story.pk).update(first_published_at="2025-03-04T10:11:12Z")
    said = client.get(LIST).text + client.get(reverse("api:stories_csv")).getvalue().decode()
    assert "canary" not in said
    assert "Salford" not in said
    assert "2025-03" not in said
    assert listed(client)[0]["year"] == "2025"


def test_every_answer_comes_in_the_tellers_words_and_all_forms_say_the_same(client):
    told(tried="I rang the ward.\nThen I went there.", practices=["rule-or-habit"], place="wales", outcome="stopped")
    (story,), (row,) = listed(client), table(client)
    assert story["tried"] == "I rang the ward.\nThen I went there."
    assert (story["outcome"], story["region"], story["practices"]) == ("stopped", "Wales", ["Rule or habit?"])
    assert story["services"] == ["Housing", "Mental health"]
    assert row == {name: "; ".join(value) if isinstance(value, list) else value for name, value in story.items()}


def test_no_cell_is_a_formula(client):
    told(title="=1+1 is what we got")
    assert table(client)[0]["title"] == "'=1+1 is what we got"


def test_what_is_taken_back_is_gone_at_once(client):
    story = told()
    etag = client.get(LIST)["ETag"]
    assert client.get(LIST, headers={"If-None-Match": etag}).status_code == 304
    actions.withdraw(story, by=story.author, now=timezone.now())
    answer = client.get(LIST, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.json()["stories"]) == (200, [])


def test_pages_lead_through_all_of_them_once(client, monkeypatch):
    monkeypatch.setattr(open_data.BY_ADDRESS, "size", 2)
    stories = [told() for _ in range(5)]
    seen, address = [], LIST
    while address:
        page = client.get(address.removeprefix("http://testserver")).json()
        seen += [story["address"].rsplit("/", 2)[1] for story in page["stories"]]
        address = page["next"] and page["next"][page["next"].index("/api/") :]
    assert seen == sorted(story.slug for story in stories)


@pytest.mark.parametrize("cursor", ["nonsense", "%00", "a" * 500])
def test_a_cursor_of_no_page_is_a_page_that_is_missing(client, cursor):
    assert client.get(f"{LIST}?after={cursor}").status_code == 404


def test_crossings_for_programs_say_what_the_map_says(client):
    told(outcome="spread")
    told(outcome="stalled", open_data=False)
    answer = client.get("/api/crossings/").json()
    (crossing,) = answer["crossings"]
    assert (answer["story_count"], crossing["story_count"]) == (2, 2)
    assert (crossing["went_on_count"], crossing["rest_count"], crossing["early_count"]) == (1, 1, 0)


def test_the_description_names_every_address_and_field(client):
    document = client.get("/api/openapi.json").json()
    assert set(document["paths"]) == {"/api/stories/", "/api/stories/{slug}/", "/api/crossings/"}
    told()
    assert list(document["components"]["schemas"]["Story"]["properties"]) == list(listed(client)[0])


def test_nothing_can_be_written(client):
    for path in (LIST, "/api/", "/api/crossings/", "/api/openapi.json", "/api/stories.csv"):
        assert client.post(path).status_code == 405
        assert not client.get(path).cookies


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_the_same_queries(client, count, django_assert_num_queries):
    for _ in range(count):
        told(practices=["rule-or-habit"])
    with django_assert_num_queries(2):
        assert len(listed(client)) == count


def test_people_read_what_each_field_is(client):
    page = client.get("/api/").text
    for field in open_data.FIELDS:
        assert field.about in page


def test_every_field_of_a_story_and_of_a_crossing_is_explained(client):
    text = client.get("/api/").text
    schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    for schema in schemas.values():
        for name, field in schema["properties"].items():
            assert f"<code>{name}</code>" in text
            assert escape(field["description"]) in text
