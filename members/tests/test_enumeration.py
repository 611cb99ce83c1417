"""Nobody learns whether an address has an account: not by words, status, headers, cookies or mails, nor by time."""

import re
import time
from statistics import median

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from members.models import Notice, User
from members.tests.factories import MemberFactory, UserFactory, give_totp

pytestmark = pytest.mark.django_db
DOORS = {
    "join": ("/account/signup/", lambda address: {"first_name": "Asha", "email": address}),
    "password": ("/account/login/", lambda address: {"login": address, "password": "not the password"}),
    "code": ("/account/login/", lambda address: {"login": address}),
    "code, asked for": ("/account/login/code/", lambda address: {"email": address}),
    "reset": ("/account/password/reset/", lambda address: {"email": address}),
}
PARTS = ("status", "headers", "cookies", "text")
HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


def with_second_factor():
    member = MemberFactory()
    give_totp(member)
    RecoveryCodes.activate(member)
    return member


KNOWN = {
    "member": MemberFactory,
    "without a password": lambda: MemberFactory(password=None),
    "with a second factor": with_second_factor,
    "waiting": UserFactory,
    "not confirmed": lambda: UserFactory(address__verified=False),
    "suspended": lambda: MemberFactory(suspended_at=timezone.now()),
    "the teller": User.objects.teller,
}


def told(response, address):
    """Everything that an answer says, without what is drawn by lot for each answer."""
    text = response.content.decode().replace(address, "ADDRESS")
    text = re.sub(r'(name="csrfmiddlewaretoken" value)="\w+"', r"\1", text)
    headers = {name: value for name, value in response.items() if name not in {"Expires", "X-Request-ID"}}
    cookies = {
        name: {part: value for part, value in cookie.items() if part not in {"expires"}}
        for name, cookie in response.cookies.items()
    }
    return response.status_code, headers, cookies, text


def walk(door, address, times=1):
    """What a new browser is told at this door and on the page that it leads to; `times` over."""
    page, data = DOORS[door]
    answers = []
    for _ in range(times):
        browser = Client()
        response = browser.post(page, data(address))
        answers.append(told(response, address))
        if response.status_code == 302:
            answers.append(told(browser.get(response["Location"]), address))
            answers.append(told(browser.post(response["Location"], {"code": "000000"}), address))
            answers.append(told(browser.get(response["Location"]), address))
    return answers


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize("door", DOORS)
def test_a_known_and_an_unknown_address_are_told_the_same_until_the_limit_and_beyond(door, kind):
    known = KNOWN[kind]().email
    unknown = f"{'s' * (len(known) - len('@nobody.org'))}@nobody.org"  # as long, so that lengths can be compared too
    at_known, at_unknown = walk(door, known, times=5), walk(door, unknown, times=5)
    for number, (one, other) in enumerate(zip(at_known, at_unknown, strict=True)):
        for part, mine, theirs in zip(PARTS, one, other, strict=True):
            assert mine == theirs, f"the {part} of answer {number}"
    mails = [Notice.objects.filter(to=address).count() for address in (known, unknown)]
    assert mails[0] == mails[1]


@pytest.mark.long
@pytest.mark.parametrize("door", DOORS)
def test_a_known_and_an_unknown_address_take_the_same_time(door, settings):
    """Medians over interleaved tries, so that a busy machine slows both; half as long again would be seen."""
    settings.PASSWORD_HASHERS = HASHERS
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(settings.ACCOUNT_RATE_LIMITS, "9999/m/ip")
    page, data = DOORS[door]
    members = [MemberFactory(password=None).email for _ in range(31)]
    User.objects.filter(email__in=members).update(password=make_password("a long password here"))
    took = {"known": [], "unknown": []}
    for number, member in enumerate(members):
        for kind, address in (("known", member), ("unknown", f"stranger{number}@example.org")):
            browser = Client()
            started = time.perf_counter()
            browser.post(page, data(address))
            took[kind].append(time.perf_counter() - started)
    ratio = median(took["known"]) / median(took["unknown"])
    assert 0.6 < ratio < 1.67, (
        f"{door}: {median(took['known']) * 1000:.1f} ms and {median(took['unknown']) * 1000:.1f} ms"
    )
