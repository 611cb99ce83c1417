"""The search across all: each kind as its own list finds it, and nothing that its list would not show."""

import pytest
from django.urls import reverse

from members.actions import block
from members.tests.factories import ListedMemberFactory, MemberFactory, UserFactory
from practices.models import Practice
from reports.finding import SHOWN
from reports.tests.factories import ReportFactory
from stories.models import Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
SEARCH = reverse("reports:search")


def search(client, text):
    return client.get(SEARCH, {"q": text})


def found(client, text):
    """Pairs of each group's count and what stands in it."""
    return {group.count: [str(item) for item in group.items] for group in search(client, text).context["groups"]}


def public(**fields):
    return StoryFactory(live=True, audience="public", **fields)


@pytest.fixture
def member(client):
    member = MemberFactory()
    client.force_login(member)
    return member


def test_one_question_finds_each_kind(client, member):
    public(title="The kettle rule")
    ReportFactory(title="What kettles tell us")
    Practice.objects.filter(slug="rule-or-habit").update(first_step="Put the kettle on and ask.")
    ListedMemberFactory(first_name="Kettle", last_name="Oyelaran")
    assert found(client, "kettle") == {
        "1 story": ["The kettle rule"],
        "1 practice": ["Rule or habit?"],
        "1 person": ["Kettle Oyelaran"],
        "1 report": ["What kettles tell us"],
    }


def test_a_group_shows_five_and_leads_to_its_own_list(client):
    for number in range(SHOWN + 2):
        public(title=f"Kettle {number}")
    answer = search(client, "kettle")
    [stories] = answer.context["groups"]
    assert (stories.count, len(stories.items)) == (f"{SHOWN + 2} stories", SHOWN)
    assert answer.text.count('class="card"') == SHOWN
    whole = client.get(stories.list_address)
    assert whole.context["count"] == stories.count


def test_stories_are_counted_to_a_hundred_at_most(client, monkeypatch):
    monkeypatch.setattr("reports.finding.BEST_AMONG", 2)
    monkeypatch.setattr("stories.search.results.BEST_AMONG", 2)
    for number in range(3):
        public(title=f"Kettle {number}")
    assert list(found(client, "kettle")) == ["2+ stories"]


def test_a_visitor_finds_what_everybody_may_read_and_nobody(client):
    public(title="The kettle rule")
    StoryFactory(live=True, title="The members' kettle")
    StoryFactory(sent=True, audience="public", title="The kettle that waits")
    ReportFactory(title="A kettle in a draft", live=False)
    ListedMemberFactory(first_name="Kettle")
    assert found(client, "kettle") == {"1 story": ["The kettle rule"]}
    client.force_login(UserFactory())
    assert found(client, "kettle") == {"1 story": ["The kettle rule"]}


def test_what_left_its_readers_is_found_no_more(client):
    public(title="The kettle rule")
    Story.objects.update(audience="members")  # the row by which it is found still says that it is public
    assert found(client, "kettle") == {}


def test_an_edit_of_a_report_is_found_once_it_is_published(client):
    report = ReportFactory(title="On doors")
    report.title = "On kettles"
    revision = report.save_revision()
    assert found(client, "kettles") == {}
    revision.publish()
    assert found(client, "kettles") == {"1 report": ["On kettles"]}
    report.refresh_from_db()
    report.unpublish()
    assert found(client, "kettles") == {}


def test_nobody_is_found_by_what_they_hide_or_behind_a_block(client, member):
    ListedMemberFactory(first_name="Ada", profile__organisation="Kettle House", profile__organisation_seen_by="nobody")
    parted = ListedMemberFactory(first_name="Kettle")
    MemberFactory(first_name="Kettle", last_name="Unlisted")
    assert found(client, "kettle") == {"1 person": [str(parted.profile)]}
    block(parted, known_as="Kettle", by=member, now=parted.date_joined)
    assert found(client, "kettle") == {}


def test_the_words_of_a_report_are_found_in_any_form(client):
    ReportFactory(title="On doors", body=[("text", "<p>She kept her <b>appointments</b>.</p>")])
    assert found(client, "appointment") == {"1 report": ["On doors"]}


def test_without_a_question_it_says_how_to_ask(client):
    answer = client.get(SEARCH)
    assert "Type what you would say to a colleague" in answer.text
    assert "noindex" not in answer.text


def test_results_are_for_no_search_engine(client):
    public(title="The kettle rule")
    assert '<meta name="robots" content="noindex, follow">' in search(client, "kettle").text
    assert '<meta name="robots" content="noindex, follow">' in search(client, "zzzz").text


def test_nothing_found_says_what_to_do(client):
    assert "Nothing with these words" in search(client, "zzzz").text


@pytest.mark.parametrize("text", ["?!", "&|:*", "' OR 1=1; --", "a\x00b", "<b>", "x" * 201, "!(a|b):*", "\\"])
def test_no_words_break_it(client, member, text):
    ReportFactory()
    answer = search(client, text)
    assert answer.status_code == 200
    assert "<b>" not in answer.text


def test_signs_alone_are_answered_with_a_sentence(client):
    assert "Enter a word to search for." in search(client, "?!").text
    assert "Search for 200 letters or fewer." in search(client, "x" * 201).text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("signed_in", "most"), [(False, 6), (True, 9)])
def test_it_keeps_its_budget_however_much_it_finds(client, django_assert_max_num_queries, count, signed_in, most):
    StoryFactory.create_batch(count, live=True, audience="public", title="The kettle rule")
    for _ in range(count):
        ReportFactory(title="Kettles")
    ListedMemberFactory.create_batch(count, first_name="Kettle")
    Practice.objects.filter(slug="rule-or-habit").update(what="A kettle.")
    if signed_in:
        client.force_login(MemberFactory())
    search(client, "kettle")
    with django_assert_max_num_queries(most):
        answer = search(client, "kettle")
    assert len(answer.context["groups"]) == (4 if signed_in else 3)
