"""The front page: what a visitor and a member find there, and what it costs."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data

from members.tests.factories import EditorFactory, MemberFactory, UserFactory, sign_in_staff
from practices.models import Boundary
from reports.models import HomePage, question_of_the_week
from reports.tests.factories import ReportFactory
from stories.models import Feature, Reading, Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def housing():
    return Boundary.objects.get(slug="housing")


@pytest.fixture
def member(client, housing):
    member = MemberFactory(first_name="Asha", profile__works_in=[housing], profile__weekly_letter=True)
    client.force_login(member)
    return member


def titles(response):
    return [story.title for story in response.context["stories"]]


def test_a_visitor_reads_the_newest_three_public_stories(client):
    for number in range(4):
        StoryFactory(live=True, audience="public", title=f"Public {number}")
    StoryFactory(live=True, title="For members")
    StoryFactory(hidden=True, audience="public", title="Hidden")
    response = client.get("/")
    assert titles(response) == ["Public 3", "Public 2", "Public 1"]
    assert HomePage.objects.get().strapline in response.text


def test_a_visitor_is_asked_to_begin_where_nobody_has(client):
    response = client.get("/")
    assert "Nobody has told a story yet" in response.text
    assert "The newest report" not in response.text


def test_a_visitor_gets_no_cookie(client):
    assert client.get("/").cookies == {}


def test_no_page_no_front(client):
    HomePage.objects.update(live=False)
    assert client.get("/").status_code == 404


def test_the_newest_report_is_on_both_fronts(client):
    ReportFactory(title="The older one")
    ReportFactory(title="A draft", live=False)
    newest = ReportFactory(title="The newer one")
    assert client.get("/").context["report"] == newest
    client.force_login(MemberFactory())
    assert client.get("/").context["report"] == newest


def test_a_member_sees_what_is_new_across_their_boundaries(client, member):
    police = Boundary.objects.get(slug="police")
    member.profile.would_cross_to.set([police])
    StoryFactory(live=True, title="From the service I work in", boundaries=["housing"])
    StoryFactory(live=True, title="From the one I would cross to", boundaries=["police", "mental-health"])
    StoryFactory(live=True, title="From elsewhere", boundaries=["mental-health"])
    StoryFactory(live=True, title="My own", boundaries=["housing"], author=member)
    read = StoryFactory(live=True, title="Read already", boundaries=["housing"])
    Reading.objects.create(member=member, story=read, read_at=read.first_published_at)
    assert titles(client.get("/")) == ["From the one I would cross to", "From the service I work in"]


def test_a_story_of_both_kinds_comes_once(client, member, housing):
    member.profile.would_cross_to.set([housing])
    StoryFactory(live=True, title="Once", boundaries=["housing", "police"])
    assert titles(client.get("/")) == ["Once"]


def test_somebody_who_waits_sees_public_stories_only(client, housing):
    client.force_login(UserFactory(profile__works_in=[housing]))
    StoryFactory(live=True, title="Public", audience="public")
    StoryFactory(live=True, title="For members")
    assert titles(client.get("/")) == ["Public"]


def test_a_member_who_has_read_everything_is_told_so(client, member):
    assert "Nothing you have not read" in client.get("/").text


@pytest.mark.parametrize("stage", ["jot", "asked", "draft"])
def test_a_member_can_continue_what_they_began(client, member, stage):
    story = StoryFactory(stage=stage, author=member, title="The kettle rule")
    response = client.get("/")
    assert response.context["draft"] == story
    assert reverse("stories:draft", args=[story.slug]) in response.text


@pytest.mark.parametrize("stage", ["sent", "live", "withdrawn"])
def test_what_is_sent_or_withdrawn_is_not_a_draft(client, member, stage):
    StoryFactory(stage=stage, author=member)
    StoryFactory(jot=True, title="Somebody else's")
    assert client.get("/").context["draft"] is None


def test_the_latest_draft_is_offered(client, member):
    StoryFactory(jot=True, author=member, title="Older")
    StoryFactory(jot=True, author=member, title="Newer")
    assert client.get("/").context["draft"].title == "Newer"


@pytest.mark.parametrize(("answer", "asked"), [(None, True), (True, False), (False, False)])
def test_the_letter_is_asked_about_once(client, member, answer, asked):
    member.profile.weekly_letter = answer
    member.profile.save()
    assert ("Send me the weekly letter?" in client.get("/").text) is asked


@pytest.mark.parametrize("story_count", [1, 3])
def test_the_visitors_front_costs_three_queries(client, django_assert_num_queries, story_count):
    StoryFactory.create_batch(story_count, live=True, audience="public")
    ReportFactory()
    client.get("/")
    with django_assert_num_queries(3):
        response = client.get("/")
    assert response.text.count('class="card"') == story_count + 1


@pytest.mark.parametrize("story_count", [1, 3])
def test_the_members_front_costs_six_queries(client, member, django_assert_num_queries, story_count):
    StoryFactory.create_batch(story_count, live=True)
    StoryFactory(jot=True, author=member)
    ReportFactory()
    client.get("/")
    with django_assert_num_queries(6):
        response = client.get("/")
    assert response.text.count('class="card"') == story_count + 1


def test_losing_the_cache_costs_five_queries_more(client, django_assert_num_queries):
    StoryFactory(live=True, audience="public")
    ReportFactory()
    client.get("/")
    cache.clear()
    with django_assert_num_queries(8):  # the words on every page, which stories stand first, three kinds of words
        client.get("/")


def test_stories_leave_the_front_with_their_teller(client):
    StoryFactory(live=True, audience="public")
    Story.objects.update(audience="members")
    assert titles(client.get("/")) == []


def test_the_question_of_the_week_stands_on_both_fronts_and_without_one_the_old_question(client, member):
    HomePage.objects.update(question="Who opened a door for you?")
    assert "Who opened a door for you?" in client.get("/").text
    client.logout()
    cache.clear()
    assert "Who opened a door for you?" in client.get("/").text
    HomePage.objects.update(question="")
    assert "The question of the week" not in client.get("/").text
    assert question_of_the_week() == "What changed for someone this week?"


def hold_up(*slugs, line=""):
    sides = [Boundary.objects.get(slug=slug) for slug in slugs]
    HomePage.objects.update(crossing_from=sides[0], crossing_to=sides[1], crossing_line=line)


def test_the_crossing_of_the_week_stands_on_both_fronts(client):
    assert "The crossing of the week" not in client.get("/").text
    hold_up("police", "mental-health", line="Who rings whom at two in the morning?")
    for user in [None, MemberFactory()]:
        if user:
            client.force_login(user)
        text = client.get("/").text
        assert 'href="/crossings/mental-health--police/"' in text
        assert "Who rings whom at two in the morning?" in text


def test_a_service_that_was_retired_takes_its_crossing_off_the_front(client):
    hold_up("police", "mental-health")
    Boundary.objects.filter(slug="police").update(retired_at=timezone.now())
    cache.clear()
    assert "The crossing of the week" not in client.get("/").text


@pytest.mark.parametrize(("sides", "is_right"), [(2, True), (1, False), (0, True)])
def test_a_crossing_has_two_sides_or_none(client, sides, is_right):
    sign_in_staff(client, EditorFactory())
    keys = [*Boundary.objects.values_list("pk", flat=True)[:sides], "", ""]
    home = HomePage.objects.get()
    fields = {"title": "Home", "slug": "home", "strapline": "One sentence.", "action-publish": "1"}
    data = nested_form_data({**fields, "crossing_from": keys[0], "crossing_to": keys[1]})
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[home.pk]), data)
    assert (answer.status_code == 302) is is_right
    assert is_right or "Choose two different services, or none." in answer.text


def test_a_retired_service_is_no_side_of_it():
    police = Boundary.objects.get(slug="police")
    police.retired_at = timezone.now()
    police.save()
    home = HomePage.objects.get()
    home.crossing_from, home.crossing_to = police, Boundary.objects.get(slug="housing")
    with pytest.raises(ValidationError, match="Police is retired"):
        home.clean()


def test_the_front_asks_no_more_with_everything_on_it(client, member, django_assert_num_queries):
    """All that staff can put there; members within one of what they are asked without it."""
    hold_up("police", "mental-health", line="Who rings whom?")
    for number in range(5):
        StoryFactory(live=True, audience="public", title=f"Story {number}")
    told = Story.objects.order_by("pk").first()
    Feature.objects.create(story=told, until=timezone.localdate(), featured_at=timezone.now())
    ReportFactory()
    client.get("/")
    with django_assert_num_queries(6):
        client.get("/")
    client.logout()
    client.get("/")
    with django_assert_num_queries(3):
        answer = client.get("/")
    assert answer.context["lead"] == told
    assert titles(answer) == ["Story 4", "Story 3", "Story 2"]


def test_the_front_leads_to_the_search(client):
    assert f'action="{reverse("reports:search")}"' in client.get("/").text
