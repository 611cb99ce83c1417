"""Two boundaries become one: stories, versions and profiles follow, once each, and nothing is lost."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from wagtail.models import Revision

from members.tests.factories import EditorFactory, MemberFactory, sign_in_staff
from practices.models import Boundary, Crossing
from stories import actions, following
from stories.models import Follow, StoryBoundary
from stories.tests.desk import QUEUE, fresh, now, page
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db
ADDRESS = QUEUE + "boundaries/police/merge/"


def boundary(slug):
    return Boundary.objects.get(slug=slug)


def merge(old="police", into="prisons-probation"):
    return actions.merge_boundaries(boundary(old), boundary(into), by=EditorFactory(), now=now())


def slugs(story):
    return sorted(word.slug for word in story.boundary_list)


@pytest.fixture
def into():
    return Boundary.objects.exclude(slug__in=["police", "housing", "mental-health", "domestic-abuse"]).first()


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


def test_stories_and_every_version_follow(into):
    story = StoryFactory(live=True, boundaries=["police", "housing"])
    edit_of(story, tried="Again", boundaries=["police", into, "mental-health"])
    draft = StoryFactory(boundaries=["police"])
    merge(into=into.slug)
    assert slugs(fresh(story)) == sorted(["housing", into.slug])
    assert slugs(fresh(story).get_latest_revision_as_object()) == sorted([into.slug, "mental-health"])
    assert slugs(fresh(draft)) == [into.slug]
    assert not StoryBoundary.objects.filter(tag__slug="police").exists()
    old = boundary("police").pk
    tagged = [
        tag["tag"]
        for content in Revision.objects.values_list("content", flat=True)
        for tag in content.get("tagged_boundaries", [])
    ]
    assert old not in tagged


def test_an_edit_that_waited_goes_live_with_the_new_one(into, moderator):
    story = StoryFactory(live=True, boundaries=["housing"])
    edit_of(story, boundaries=["police", "housing"])
    actions.send(story, by=story.author, now=now())
    merge(into=into.slug)
    actions.approve(story, by=moderator, now=now())
    assert slugs(fresh(story)) == sorted(["housing", into.slug])


def test_what_carries_both_carries_it_once(into):
    story = StoryFactory(live=True, boundaries=["police", into])
    member = MemberFactory()
    member.profile.works_in.set([boundary("police"), into])
    member.profile.would_cross_to.set([boundary("police")])
    merge(into=into.slug)
    assert slugs(fresh(story)) == [into.slug]
    assert [list(member.profile.works_in.all()), list(member.profile.would_cross_to.all())] == [[into], [into]]


def test_the_old_one_is_retired_and_remembers_where_it_went(into):
    merge(into=into.slug)
    old = boundary("police")
    assert [old.merged_into, old.retired_at is None] == [into, False]
    old.bring_back(by=EditorFactory())
    assert boundary("police").retired_at is not None


def test_what_was_merged_before_follows_too(into):
    merge(old="housing", into="police")
    merge(old="police", into=into.slug)
    assert boundary("housing").merged_into == into


@pytest.mark.parametrize(
    ("old", "other", "told"),
    [
        ("police", "police", "another boundary than this one"),
        ("domestic-abuse", "police", "lose their protection"),
    ],
)
def test_some_two_cannot_become_one(old, other, told):
    with pytest.raises(actions.CannotMerge, match=told):
        merge(old=old, into=other)


def test_neither_a_retired_one_nor_one_that_is_gone_already(into):
    into.retire(by=EditorFactory(), now=now())
    with pytest.raises(actions.CannotMerge, match="retired"):
        merge(into=into.slug)
    merge(into="housing")
    with pytest.raises(actions.CannotMerge, match="merged already"):
        merge(into="mental-health")


def follow(member, **what):
    following.follow(member=member, now=now(), **what)


def crossing(*slugs):
    found = Crossing.of(*Boundary.objects.filter(slug__in=slugs))
    return {"a": found.a, "b": found.b}


@pytest.mark.parametrize("other", ["benefits", "voluntary"])
def test_who_follows_a_crossing_follows_it_in_the_order_of_its_new_name(into, other):
    other = Boundary.objects.filter(slug__startswith=other).exclude(pk=into.pk).get()
    member = MemberFactory()
    follow(member, **crossing("police", other.slug))
    merge(into=into.slug)
    assert [one.crossing for one in member.follows.all()] == [Crossing.of(into, other)]


def test_who_followed_both_follows_one_and_misses_nothing(into):
    member = MemberFactory()
    follow(member, **crossing("housing", into.slug))
    Follow.objects.update(looked_at=now())
    follow(member, **crossing("police", "housing"))
    early = now() - timedelta(days=3)
    Follow.objects.filter(pk=member.follows.latest("pk").pk).update(looked_at=early)
    merge(into=into.slug)
    assert [(one.crossing, one.looked_at) for one in member.follows.all()] == [
        (Crossing.of(boundary("housing"), into), early)
    ]


def test_a_crossing_whose_sides_became_one_is_followed_by_nobody(into):
    member = MemberFactory()
    follow(member, **crossing("police", into.slug))
    merge(into=into.slug)
    assert not member.follows.exists()


def test_a_followed_search_asks_for_the_new_one(into):
    member = MemberFactory()
    follow(member, query="boundary=housing&boundary=police&q=police")
    follow(member, query=f"boundary={into.slug}")
    follow(member, query="boundary=police")
    merge(into=into.slug)
    asked = sorted(QueryDict(one.query).getlist("boundary") for one in member.follows.all())
    assert asked == sorted([sorted(["housing", into.slug]), [into.slug]])
    assert "police" in [QueryDict(one.query).get("q") for one in member.follows.all()]


def test_staff_see_how_many_before_they_confirm(editor, into):
    story = StoryFactory(live=True, boundaries=["police", "housing"])
    MemberFactory().profile.works_in.set([boundary("police")])
    counted = page(editor.post(ADDRESS, {"into": into.slug}))
    assert ["in 1 story, drafts included" in counted, "in 1 profile" in counted] == [True, True]
    assert slugs(fresh(story)) == ["housing", "police"]
    editor.post(ADDRESS, {"into": into.slug, "confirm": "yes"})
    assert slugs(fresh(story)) == sorted(["housing", into.slug])
    assert editor.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("chosen", ["", "nonsense", "police"])
def test_a_choice_that_is_none_is_told(editor, chosen):
    assert "Choose" in page(editor.post(ADDRESS, {"into": chosen, "confirm": "yes"}))
    assert boundary("police").merged_into is None


def test_the_old_address_of_a_crossing_leads_to_the_new_one(client, into, django_capture_on_commit_callbacks):
    StoryFactory(live=True, audience="public", boundaries=["police", "housing"])
    with django_capture_on_commit_callbacks(execute=True):
        merge(into=into.slug)
    first, second = sorted(["housing", into.slug])
    answer = client.get("/crossings/housing--police/")
    assert [answer.status_code, answer.headers["Location"]] == [301, f"/crossings/{first}--{second}/"]


def test_it_is_for_whoever_keeps_the_words(client):
    client.force_login(MemberFactory())
    assert client.get(ADDRESS).status_code == 403
    client.force_login(EditorFactory())
    assert client.get(ADDRESS).status_code == 302
