"""A member's page: for members, and for the person themselves."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.tests.factories import ListedMemberFactory, MemberFactory, ModeratorFactory, UserFactory
from practices.models import Boundary, Place, Role

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def page_of(member):
    return member.profile.get_absolute_url()


@pytest.fixture
def asha():
    return ListedMemberFactory(
        first_name="Asha",
        email="asha.private@example.org",
        profile__role=Role.objects.get(slug="housing-officer"),
        profile__organisation="Quayside Homes",
        profile__place=Place.objects.get(slug="salford"),
        profile__works_in=Boundary.objects.filter(slug="housing"),
        profile__would_cross_to=Boundary.objects.filter(slug="mental-health"),
        profile__ask_me_about="Letting the tenant choose the time",
        profile__help_with="Reaching the crisis team",
    )


def test_visitors_are_sent_to_sign_in_whether_the_page_exists_or_not(client, asha):
    for address in (page_of(asha), "/people/nobody/"):
        assert client.get(address).url == f"{reverse('account_login')}?next={address}"


def test_members_read_what_a_listed_member_says_and_no_address(client, asha):
    client.force_login(MemberFactory())
    page = client.get(page_of(asha)).content.decode()
    said = ["Asha", "Housing officer", "Quayside Homes", "Salford", "North West", "Housing", "Mental health"]
    for words in [*said, "Letting the tenant choose the time", "Reaching the crisis team"]:
        assert words in page
    assert "asha.private" not in page
    assert "Change your profile" not in page


def test_what_was_not_answered_has_no_heading(client):
    quiet = ListedMemberFactory(first_name="Quiet")
    client.force_login(MemberFactory())
    page = client.get(page_of(quiet)).content.decode()
    for heading in ("Ask me about", "I would like help with", "Works in", "Would like to cross to"):
        assert heading not in page


def test_hidden_suspended_waiting_and_unknown_people_are_missing_alike(client):
    missing = [
        MemberFactory(),
        ListedMemberFactory(suspended_at=NOW),
        ListedMemberFactory(is_active=False),
        UserFactory(profile__listed_at=NOW),
    ]
    client.force_login(MemberFactory())
    unknown = client.get("/people/nobody/")
    assert unknown.status_code == 404
    for member in missing:
        response = client.get(page_of(member))
        assert (response.status_code, response.content) == (404, unknown.content)


def test_moderators_find_no_hidden_person_either(client):
    hidden = MemberFactory()
    client.force_login(ModeratorFactory())
    assert client.get(page_of(hidden)).status_code == 404


def test_who_waits_to_be_let_in_reads_only_their_own_page(client, asha):
    waiting = UserFactory(first_name="Wren")
    client.force_login(waiting)
    assert client.get(page_of(asha)).status_code == 404
    assert "Only you see it" in client.get(page_of(waiting)).content.decode()


@pytest.mark.parametrize(
    ("listed_at", "sentence"), [(None, "Only you see it: you are not in the list"), (NOW, "Members see it")]
)
def test_my_own_page_tells_who_sees_it_and_leads_to_changing_it(client, listed_at, sentence):
    me = MemberFactory(profile__listed_at=listed_at)
    client.force_login(me)
    page = client.get(page_of(me)).content.decode()
    assert sentence in page
    assert f'href="{reverse("members:profile")}"' in page


def test_a_demo_person_is_marked(client, asha):
    client.force_login(MemberFactory())
    assert "Demo" not in client.get(page_of(asha)).content.decode()
    asha.demo = True
    asha.save()
    assert "Demo" in client.get(page_of(asha)).content.decode()


def test_the_page_is_kept_out_of_search_engines_and_shared_caches(client, asha):
    client.force_login(MemberFactory())
    response = client.get(page_of(asha))
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/people/%00/", "/people/" + "A" * 500 + "/", "/people/a%2Fb/"])
def test_strange_addresses_are_missing(client, address):
    client.force_login(MemberFactory())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries(client, django_assert_num_queries, count):
    boundaries = Boundary.objects.all()[:count]
    member = ListedMemberFactory(profile__works_in=boundaries, profile__would_cross_to=boundaries)
    client.force_login(MemberFactory())
    with django_assert_num_queries(7):
        client.get(page_of(member))
