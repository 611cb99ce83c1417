"""The list of people: members who chose it, for members only."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Profile
from members.tests.factories import ListedMemberFactory, MemberFactory, ModeratorFactory, UserFactory
from practices.models import Boundary, Place

pytestmark = pytest.mark.django_db

PEOPLE = "/people/"


@pytest.fixture
def reader(client):
    """A member who is not listed and reads the list."""
    member = MemberFactory(first_name="Reader")
    client.force_login(member)
    return member


def listed(first_name, *slugs, place=None, **fields):
    return ListedMemberFactory(
        first_name=first_name,
        profile__works_in=Boundary.objects.filter(slug__in=slugs),
        profile__place=place and Place.objects.get(slug=place),
        **fields,
    )


def read(client, address=PEOPLE):
    """The page's names in order, and its heading."""
    page = client.get(address).content.decode()
    names = re.findall(r'<h3 class="card__title"><a href="[^"]+">([^<]+)</a>', page)
    return names, re.search(r"<h2>([^<]+)</h2>", page)[1]


# --- Who sees the list, and who is on it ------------------------------------------------------------------------------


def test_visitors_are_sent_to_sign_in(client):
    listed("Zuleika")
    response = client.get(PEOPLE + "?boundary=housing")
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next=/people/%3Fboundary%3Dhousing"


@pytest.mark.parametrize(
    "fields", [{"approved_at": None}, {"suspended_at": timezone.now()}], ids=["waiting", "suspended"]
)
def test_who_is_not_a_member_sees_no_names(client, fields):
    listed("Zuleika")
    client.force_login(MemberFactory(**fields))
    response = client.get(PEOPLE, follow=True)
    assert "Zuleika" not in response.content.decode()
    assert client.get(PEOPLE).status_code == 302


def test_members_who_chose_it_are_listed_and_nobody_else(client, reader):
    listed("Zuleika")
    MemberFactory(first_name="Hidden")
    ModeratorFactory(first_name="Moderator")
    UserFactory(first_name="Waiting", profile__listed_at=timezone.now())
    listed("Suspended", suspended_at=timezone.now())
    listed("Left", is_active=False)
    assert read(client) == (["Zuleika"], "1 person")


def test_moderators_see_the_same_list(client):
    listed("Zuleika")
    MemberFactory(first_name="Hidden")
    client.force_login(ModeratorFactory())
    assert read(client) == (["Zuleika"], "1 person")


def test_my_own_unlisted_profile_is_not_counted_when_it_is_the_only_match(client):
    me = MemberFactory(profile__works_in=Boundary.objects.filter(slug="police"))
    client.force_login(me)
    assert read(client, PEOPLE + "?boundary=police") == ([], "No people")


def test_an_empty_list_says_what_to_do(client, reader):
    page = client.get(PEOPLE).content.decode()
    assert "You can be the first" in page
    assert "Take a filter away" in client.get(PEOPLE + "?place=salford").content.decode()


def test_the_list_is_kept_out_of_search_engines_and_shared_caches(client, reader):
    response = client.get(PEOPLE)
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


# --- Filters ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def community(reader):
    listed("Asha", "housing", "police", place="salford")
    listed("Ben", "housing", place="manchester")
    listed("Cai", "housing", "police", place="cardiff")
    listed("Dev", "police", place="north-west")
    listed("Eve")
    listed("Hidden", "housing", "police", place="salford", profile__listed_at=None)


@pytest.mark.parametrize(
    ("question", "names", "heading"),
    [
        ("", ["Asha", "Ben", "Cai", "Dev", "Eve"], "5 people"),
        ("?boundary=housing", ["Asha", "Ben", "Cai"], "3 people"),
        ("?boundary=housing&boundary=police", ["Asha", "Cai"], "2 people"),
        ("?place=salford", ["Asha"], "1 person"),
        ("?place=north-west", ["Asha", "Ben", "Dev"], "3 people"),
        ("?place=england&boundary=police", ["Asha", "Dev"], "2 people"),
        ("?place=wales", ["Cai"], "1 person"),
        ("?place=scotland", [], "No people"),
        ("?boundary=benefits", [], "No people"),
        ("?place=&colour=blue", ["Asha", "Ben", "Cai", "Dev", "Eve"], "5 people"),
    ],
)
def test_filters_combine(client, community, question, names, heading):
    assert read(client, PEOPLE + question) == (names, heading)


def test_chosen_filters_are_links_that_remove_them(client, community):
    page = client.get(PEOPLE + "?boundary=housing&place=salford").content.decode()
    assert re.findall(r'<a class="chip" href="([^"]+)">', page) == ["?place=salford", "?boundary=housing"]


@pytest.mark.parametrize(
    "question",
    [
        "?boundary=nothing",
        "?boundary=",
        "?boundary=%00",
        "?place=nowhere",
        "?place=%00",
        "?place=%ED%A0%80",
        "?after=x",
        "?before=%00",
        "?after=" + "A" * 3000,
        "?boundary=housing&boundary='--",
    ],
)
def test_a_question_that_makes_no_sense_is_a_404(client, community, question):
    assert client.get(PEOPLE + question).status_code == 404


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_names_go_from_a_to_z_whatever_their_case_and_page_by_page(client, reader):
    names = [f"{letter}{number:02}" for number in range(11) for letter in ("a", "B", "c", "D")]
    for name in names:
        listed(name)
    seen, address = [], PEOPLE
    while address:
        page, heading = read(client, address)
        assert heading == "44 people"
        seen.append(page)
        found = re.search(r'href="([^"]+)" rel="next"', client.get(address).content.decode())
        address = found and PEOPLE + found[1]
    assert [len(page) for page in seen] == [20, 20, 4]
    assert sum(seen, []) == sorted(names, key=str.lower)


def test_people_of_one_name_are_all_found(client, reader):
    for _ in range(23):
        listed("Sam")
    first = client.get(PEOPLE).content.decode()
    second = client.get(PEOPLE + re.search(r'href="([^"]+)" rel="next"', first)[1]).content.decode()
    links = re.findall(r'href="(/people/[^"?]+/)"', first + second)
    assert sorted(links) == sorted(profile.get_absolute_url() for profile in Profile.objects.listed())
    assert "Earlier names" in second


@pytest.mark.parametrize(("count", "heading"), [(50, "50 people"), (51, "50+ people"), (60, "50+ people")])
def test_counting_stops_at_fifty(client, reader, count, heading):
    ListedMemberFactory.create_batch(count)
    assert read(client)[1] == heading


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_takes_the_same_queries(client, reader, django_assert_num_queries, count):
    for _ in range(count):
        listed("Sam", "housing", "police", place="salford")
    client.get(PEOPLE)  # fills the cache of shared words
    with django_assert_num_queries(6):
        names, _ = read(client)
    assert len(names) == min(count, 20)
