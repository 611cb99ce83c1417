"""Versions of the house rules and the privacy page: who agreed to which, and how a new one is asked about."""

import re
from datetime import date
from urllib.parse import quote

import pytest
from django.urls import reverse

from members import terms
from members.forms.profile import ProfileForm
from members.models import Agreement, User
from members.tests.factories import PASSWORD, MemberFactory, UserFactory, send_mail

pytestmark = pytest.mark.django_db
TERMS, LOGIN = "/account/terms/", "/account/login/"
DOORS = ["/account/", "/account/?from=a-mail", "/stories/mine/", "/people/", "/letter/"]
NEXT = terms.Version(2, date(2027, 3, 1), ("Photos are deleted after a year.", "Nobody sells anything."))


@pytest.fixture
def next_version(settings):
    def publish():
        settings.TERMS_VERSIONS = (*terms.VERSIONS, NEXT)

    return publish


def asked(response):
    return response.status_code == 302 and response["Location"].startswith(TERMS)


def test_the_versions_count_up_and_each_says_what_is_different():
    assert [version.number for version in terms.VERSIONS] == list(range(1, len(terms.VERSIONS) + 1))
    assert all(
        version.changes and all(change.endswith(".") for change in version.changes) for version in terms.VERSIONS
    )
    assert [version.since for version in terms.VERSIONS] == sorted({version.since for version in terms.VERSIONS})


def test_joining_is_agreeing_and_the_page_says_so(client, mailbox):
    page = client.get("/account/signup/").content.decode()
    assert "By joining you agree to" in page
    client.post("/account/signup/", {"first_name": "Asha", "email": "asha@example.org"})
    agreement = Agreement.objects.get()
    assert (agreement.member.email, agreement.version) == ("asha@example.org", terms.current().number)
    send_mail()
    code = re.search(r"\d{6}", mailbox.messages[0]["Subject"]).group()
    assert client.post("/account/confirm-email/", {"code": code})["Location"] == "/account/welcome/"
    client.post("/account/welcome/", {"later": "1"})
    assert client.get("/account/").status_code == 200


def test_a_new_version_is_asked_about_at_each_door_and_once(client, next_version):
    client.force_login(MemberFactory())
    assert [asked(client.get(door)) for door in DOORS] == [False] * len(DOORS)
    next_version()
    assert [client.get(door)["Location"] for door in DOORS] == [
        f"{TERMS}?next={quote(door, safe='')}" for door in DOORS
    ]
    page = client.get(f"{TERMS}?next=/stories/mine/").content.decode()
    assert "What we agree on has changed" in page
    assert all(change in page for change in NEXT.changes)
    assert str(terms.VERSIONS[0].changes[0]) not in page
    data = {"version": "2", "next": "/stories/mine/"}
    assert [client.post(TERMS, data)["Location"] for _ in range(2)] == ["/stories/mine/"] * 2
    assert [asked(client.get(door)) for door in DOORS] == [False] * len(DOORS)
    assert list(Agreement.objects.values_list("version", flat=True)) == [2]
    assert "You agreed on" in client.get(TERMS).content.decode()
    assert "I agree" not in client.get(TERMS).content.decode()


def test_a_new_version_is_asked_about_after_signing_in_and_leads_on(client, next_version):
    member = MemberFactory()
    next_version()
    data = {"login": member.email, "password": PASSWORD, "next": "/stories/?place=leeds"}
    assert client.post(LOGIN, data)["Location"] == f"{TERMS}?next=%2Fstories%2F%3Fplace%3Dleeds"


def test_nobody_is_interrupted_while_reading_or_writing(client, next_version):
    member = MemberFactory()
    client.force_login(member)
    next_version()
    reading = ["/", "/stories/", "/practices/", "/crossings/", "/about/privacy/", "/account/profile/", "/stories/new/"]
    assert [client.get(page).status_code for page in reading] == [200] * len(reading)
    response = client.post("/stories/new/", {"title": "A line", "noticed": "What I noticed."})
    assert not asked(response)
    draft = response["Location"]
    assert not asked(client.get(draft))
    seen_by = dict.fromkeys(ProfileForm.AUDIENCES, "members")
    saved = client.post("/account/profile/", {"first_name": "Asha"} | seen_by)
    assert saved["Location"] == member.profile.get_absolute_url()
    member.refresh_from_db()
    assert member.first_name == "Asha"
    answered = client.post(TERMS, {"version": "2", "next": "/stories/mine/"})
    assert "A line" in client.get(answered["Location"]).content.decode()


def test_not_now_is_an_answer_until_the_next_sign_in(client, next_version):
    member = MemberFactory()
    client.force_login(member)
    next_version()
    assert client.post(TERMS, {"later": "1", "next": "/people/"})["Location"] == "/people/"
    assert [asked(client.get(door)) for door in DOORS] == [False] * len(DOORS)
    assert not Agreement.objects.filter(version=2).exists()
    client.logout()
    assert asked(client.post(LOGIN, {"login": member.email, "password": PASSWORD}))


def test_a_version_that_came_between_reading_and_pressing_is_not_agreed_to(client, next_version):
    client.force_login(MemberFactory())
    client.get(TERMS)
    next_version()
    for version in ("1", "", "3", "9" * 9999, "two\x00"):
        assert client.post(TERMS, {"version": version}).status_code == 200
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_the_answer_leads_on_to_this_site_only(client, wanted):
    client.force_login(UserFactory(agreed_version=0))
    assert client.post(TERMS, {"version": "1", "next": wanted})["Location"] == "/account/"


def test_an_account_that_staff_made_is_asked_at_its_first_door(client):
    client.force_login(UserFactory(agreed_version=0))
    assert asked(client.get("/account/"))
    page = client.get(TERMS).content.decode()
    assert "<h1>What we agree on</h1>" in page
    client.post(TERMS, {"version": str(terms.current().number)})
    assert User.objects.people().get().agreed_version == terms.current().number


def test_the_pages_themselves_name_their_versions(client, next_version):
    next_version()
    for name in ("house_rules", "privacy"):
        page = client.get(reverse(f"about:{name}")).content.decode()
        assert page.index("1 March 2027: Photos are deleted") < page.index("25 November 2026: The first version.")
