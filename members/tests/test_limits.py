"""How often one may try: strictly an account, generously an address, and just the same while Valkey is away."""

import re

import pytest
from django.test import Client

from members.models import Notice, User
from members.tests.factories import PASSWORD, MemberFactory, give_totp

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP, RESET = "/account/login/", "/account/signup/", "/account/password/reset/"
OFTEN = "That was too often."
OFFICE = 200


def from_address(number):
    return Client(REMOTE_ADDR=f"198.51.100.{number}")


@pytest.fixture(params=["with Valkey", pytest.param("without Valkey", marks=pytest.mark.fault)])
def cache_as_it_may_be(request, settings):
    """Nobody listens at this port: as if Valkey had been stopped."""
    if request.param == "without Valkey":
        dead = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1?db=1"}
        settings.CACHES = {**settings.CACHES, "default": dead}
    return request.param


@pytest.mark.long
def test_an_office_of_two_hundred_signs_in_at_nine_behind_one_address():
    office = [MemberFactory(email=f"desk{number}@leeds.example") for number in range(OFFICE)]
    refused = []
    for number, member in enumerate(office):
        browser = Client(REMOTE_ADDR="198.51.100.7")
        if number % 10 == 0:  # in each team somebody mistypes
            browser.post(LOGIN, {"login": member.email, "password": "not the password"})
        response = browser.post(LOGIN, {"login": member.email, "password": PASSWORD})
        if response.status_code != 302 or "_auth_user_id" not in browser.session:
            refused.append((number, response.status_code))
    assert refused == []
    for number, member in enumerate(office):
        browser = Client(REMOTE_ADDR="198.51.100.7")
        response = browser.post(LOGIN, {"login": member.email})
        code = re.search(r"\d{6}", Notice.objects.latest("pk").subject).group()
        if (
            browser.post(response["Location"], {"code": code}).status_code != 302
            or "_auth_user_id" not in browser.session
        ):
            refused.append(number)
    assert refused == []


def test_a_guesser_with_many_addresses_has_five_tries_at_a_password(cache_as_it_may_be):
    member = MemberFactory()
    said = []
    for number in range(8):
        response = from_address(number).post(LOGIN, {"login": member.email.upper(), "password": "guess"})
        said.append(OFTEN in response.content.decode())
    assert said == [False] * 5 + [True] * 3
    response = from_address(99).post(LOGIN, {"login": member.email, "password": PASSWORD})
    assert OFTEN in response.content.decode()
    # Nobody else is kept out by it.
    other = MemberFactory()
    assert from_address(1).post(LOGIN, {"login": other.email, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("page", "data", "most"),
    [
        (LOGIN, lambda address: {"login": address}, 3),
        ("/account/login/code/", lambda address: {"email": address}, 3),
        (RESET, lambda address: {"email": address}, 3),
        (SIGNUP, lambda address: {"first_name": "Asha", "email": address}, 3),
    ],
    ids=["sign in", "code", "reset", "join"],
)
@pytest.mark.parametrize("who", ["member", "joining", "nobody"])
def test_however_many_addresses_ask_one_mailbox_gets_few_mails(cache_as_it_may_be, page, data, most, who):
    address = "asha@example.org"
    if who != "nobody":
        MemberFactory(email=address, address__verified=who == "member")
    for number in range(most + 4):
        from_address(number).post(page, data(address))
    assert 1 <= Notice.objects.filter(to=address).count() <= most


def test_a_guesser_of_second_factors_has_five_tries(cache_as_it_may_be):
    member = MemberFactory()
    give_totp(member)
    said = []
    for number in range(7):
        browser = from_address(number)
        browser.post(LOGIN, {"login": member.email, "password": PASSWORD})
        response = browser.post("/account/2fa/authenticate/", {"code": "000000"})
        said.append(OFTEN in response.content.decode())
    assert said == [False] * 5 + [True] * 2


@pytest.mark.long
def test_one_address_cannot_make_accounts_without_end(cache_as_it_may_be):
    answers = [
        from_address(1).post(SIGNUP, {"first_name": "A", "email": f"a{number}@example.org"}).status_code
        for number in range(62)
    ]
    assert answers == [302] * 60 + [429] * 2
    assert User.objects.people().count() == 60
