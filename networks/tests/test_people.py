"""The list of people: members who chose it, for members only."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from design import near
from members.models import Profile
from members.tests.factories import ListedMemberFactory, MemberFactory, ModeratorFactory, UserFactory
from practices.models import Boundary, Place, Practice, Role

pytestmark = pytest.mark.django_db

PEOPLE = "/people/"
PRACTICE = "ask-who-can-say-yes"


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
    reader.profile.place = Place.objects.get(slug="bolton")
    reader.profile.save()
    reader.profile.would_cross_to.set(Boundary.objects.filter(slug="police"))
    police, mental = (Boundary.objects.filter(slug=slug) for slug in ("police", "mental-health"))
    listed("Asha", "housing", "police", place="salford", profile__would_cross_to=police)
    listed(
        "Ben",
        "housing",
        place="manchester",
        profile__would_cross_to=police,
        profile__role=Role.objects.get(slug="mental-health-nurse"),
        profile__practices=Practice.objects.filter(slug=PRACTICE),
        profile__ask_me_about="Appeals, and what a tribunal wants to read",
    )
    listed("Cai", "housing", "police", place="cardiff", profile__help_with="Courts")
    listed("Dev", "police", place="north-west", profile__would_cross_to=mental)
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
        ("?to=police", ["Asha", "Ben"], "2 people"),
        ("?boundary=police&to=mental-health&place=north-west", ["Dev"], "1 person"),
        (f"?practice={PRACTICE}&offers=on", ["Ben"], "1 person"),
        ("?wants=on", ["Cai"], "1 person"),
        ("?place=near", ["Asha", "Ben", "Dev"], "3 people"),
        ("?across=on", ["Asha", "Cai", "Dev"], "3 people"),
        ("?across=on&place=wales", ["Cai"], "1 person"),
        ("?q=ash", ["Asha"], "1 person"),
        ("?q=ÁSHA", ["Asha"], "1 person"),
        ("?q=nurses", ["Ben"], "1 person"),
        ("?q=appealing+tribunal", ["Ben"], "1 person"),
        ("?q=ben&boundary=housing&place=manchester", ["Ben"], "1 person"),
        ("?place=&colour=blue", ["Asha", "Ben", "Cai", "Dev", "Eve"], "5 people"),
    ],
)
def test_filters_combine(client, community, question, names, heading):
    assert read(client, PEOPLE + question) == (names, heading)


@pytest.mark.parametrize(
    ("question", "sentence", "names", "wider"),
    [
        ("?place=bolton", "Nobody in Bolton yet; 3 in the North West.", ["Asha", "Ben", "Dev"], "?place=north-west"),
        ("?place=scotland", "Nobody in Scotland yet; 5 elsewhere.", ["Asha", "Ben", "Cai", "Dev", "Eve"], "?"),
        (
            "?boundary=police&place=leeds",
            "Nobody in Leeds yet; 2 in England.",
            ["Asha", "Dev"],
            "?boundary=police&amp;place=england",
        ),
        (
            "?boundary=benefits&place=salford&q=asha",
            "Nobody fits all of that yet; 1 without “Benefits and jobcentre” and “Salford”.",
            ["Asha"],
            "?q=asha",
        ),
    ],
)
def test_where_nobody_is_the_list_widens_itself_and_says_how(client, community, question, sentence, names, wider):
    assert read(client, PEOPLE + question) == (names, "No people")
    page = client.get(PEOPLE + question).content.decode()
    assert sentence in page
    assert f'href="{wider}"' in page


def test_the_other_side_of_mine_asks_first_which_that_is(client, community, reader):
    reader.profile.would_cross_to.clear()
    assert read(client, PEOPLE + "?across=on") == ([], "No people")
    assert "Say on your profile" in client.get(PEOPLE + "?across=on").content.decode()


def test_near_me_is_offered_to_whoever_said_where_that_is(client, reader):
    assert "Near me" not in client.get(PEOPLE).content.decode()
    assert client.get(PEOPLE + "?place=near").status_code == 404


def test_what_is_near_to_one_reader_is_not_offered_to_the_next(client, monkeypatch):
    kept = {}
    monkeypatch.setattr(near, "get_or_set", lambda key, make, seconds: kept.get(key) or kept.setdefault(key, make()))
    slugs = {"salford": "North West", "leeds": "Yorkshire"}
    readers = [MemberFactory(profile__place=Place.objects.get(slug=slug)) for slug in slugs]
    offered = []
    for reader in [*readers, MemberFactory(), *readers]:
        client.force_login(reader)
        offered += [re.findall("Near me: ([A-Z][a-z]+(?: West)?)", client.get(PEOPLE).content.decode())]
    assert offered == [["North West"], ["Yorkshire"], [], ["North West"], ["Yorkshire"]]


@pytest.mark.parametrize("typed", ["!!!", "x" * 201, "%00", "🙂", "%ED%A0%80"])
def test_what_has_no_word_to_search_for_finds_nobody_and_is_answered_with_a_sentence(client, community, typed):
    response = client.get(PEOPLE, {"q": typed.replace("%00", "\0")})
    assert response.status_code == 200
    names = re.findall(r'card__title"><a href="[^"]+">([^<]+)<', response.content.decode())
    assert names == []


@pytest.mark.parametrize("typed", ["asha & !ben | <-> ':*", "Asha’s", "a:* | b", "\\'asha"])
def test_signs_of_the_databases_own_language_are_only_signs(client, community, typed):
    assert client.get(PEOPLE, {"q": typed}).status_code == 200


def test_names_of_any_length_and_script_are_found_and_kept_in_order(client, reader):
    names = ["Zoë" + "e" * 57, "אסתר", "فاطمة", "李娜", "🙂🙂", "Ana 🙂"]
    for name in names:
        listed(name)
    found, heading = read(client)
    assert (set(found), heading) == (set(names), "6 people")
    for name in ("אסתר", "فاطمة", "李娜", "zoee"):
        assert len(read(client, PEOPLE + f"?q={name}")[0]) == 1


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


@pytest.mark.long
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


@pytest.mark.long
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
