"""Signing in: by code, by password, with a second factor; and who does not get in."""

import re

import pytest
from allauth.account.authentication import get_authentication_records
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse
from django.utils import timezone

from members import actions
from members.models import Notice, User
from members.tests.factories import PASSWORD, MemberFactory, UserFactory, give_totp, send_mail, totp_code

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


def signed_in(client):
    return client.get(reverse("members:security")).status_code == 200


def test_the_code_from_the_mail_signs_in(client, mailed_code):
    member = MemberFactory()
    response = client.post(LOGIN, {"login": member.email})
    assert response["Location"] == reverse("account_confirm_login_code")
    response = client.post(response["Location"], {"code": mailed_code(member.email)})
    assert response["Location"] == reverse("members:home")
    assert signed_in(client)


def test_a_code_is_forgotten_here_once_it_is_sent(client, mailbox):
    member = MemberFactory()
    client.post(LOGIN, {"login": member.email})
    code = re.search(r"\d{6}", Notice.objects.get().subject).group()
    send_mail()
    notice = Notice.objects.get()
    assert (notice.subject, notice.text, notice.html, notice.state) == ("", "", "", "sent")
    assert code in mailbox.messages[0]["Subject"]


def test_the_password_signs_in_and_a_wrong_one_does_not(client):
    member = MemberFactory()
    response = client.post(LOGIN, {"login": member.email.upper(), "password": "not the password"})
    assert "The address and the password do not belong together" in response.content.decode()
    assert not signed_in(client)
    assert client.post(LOGIN, {"login": member.email, "password": PASSWORD})["Location"] == reverse("members:home")
    assert signed_in(client)


def test_five_wrong_passwords_close_the_account_to_the_right_one_for_a_while(client):
    member = MemberFactory()
    for _ in range(5):
        client.post(LOGIN, {"login": member.email, "password": "not the password"})
    response = client.post(LOGIN, {"login": member.email, "password": PASSWORD})
    assert "That was too often. Wait five minutes, then try again." in response.content.decode()


def test_three_wrong_codes_end_the_attempt(client, mailed_code):
    member = MemberFactory()
    page = client.post(LOGIN, {"login": member.email})["Location"]
    code = mailed_code(member.email)
    wrong = "000000" if code != "000000" else "111111"
    assert "That is not the code." in client.post(page, {"code": wrong}).content.decode()
    client.post(page, {"code": wrong})
    assert client.post(page, {"code": wrong})["Location"] == "/account/login/code/"
    client.post(page, {"code": code})
    assert not signed_in(client)


def test_another_code_can_be_asked_for(client, mailed_code, mailbox):
    member = MemberFactory()
    page = client.post(LOGIN, {"login": member.email})["Location"]
    mailed_code(member.email)
    client.post(page, {"action": "resend"})
    newest = mailed_code(member.email)
    assert len(mailbox.messages) == 2
    assert client.post(page, {"code": newest})["Location"] == reverse("members:home")


def test_with_a_second_factor_neither_mail_nor_password_is_enough(client, mailed_code):
    member = MemberFactory()
    secret = give_totp(member)
    response = client.post(LOGIN, {"login": member.email, "password": PASSWORD})
    assert response["Location"] == reverse("mfa_authenticate")
    assert not signed_in(client)
    response = client.post(response["Location"], {"code": totp_code(secret)})
    assert response["Location"] == reverse("members:home")
    request = type("Request", (), {"session": client.session})
    assert [record["method"] for record in get_authentication_records(request, member)] == ["password", "mfa"]


def test_a_recovery_code_stands_in_for_the_phone_once(client):
    member = MemberFactory()
    give_totp(member)
    code = RecoveryCodes.activate(member).get_unused_codes()[0]
    for expected in (302, 200):
        client.logout()
        client.post(LOGIN, {"login": member.email, "password": PASSWORD})
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


@pytest.mark.parametrize(("page", "field"), [(LOGIN, "login"), ("/account/password/reset/", "email")])
def test_nobody_learns_whether_an_address_has_an_account(client, page, field, mailbox):
    MemberFactory(email="known@example.org")
    pages = []
    for address in ("known@example.org", "stranger@example.org"):
        client.cookies.clear()
        response = client.post(page, {field: address}, follow=True)
        text = response.content.decode().replace(address, "ADDRESS")
        pages.append((response.redirect_chain, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)))
    assert pages[0] == pages[1]
    send_mail()
    subjects = [message["Subject"] for message in mailbox.messages]
    assert re.fullmatch(r"Your code: \d{6}", subjects[0])
    assert subjects[1:] == ["No account with this address"]


def test_a_lost_password_is_replaced_with_a_code_from_the_mail(client, mailed_code, mailbox):
    member = MemberFactory()
    client.post(reverse("account_reset_password"), {"email": member.email})
    response = client.post(reverse("account_confirm_password_reset_code"), {"code": mailed_code(member.email)})
    new = "three words together"
    response = client.post(response["Location"], {"password1": new, "password2": new})
    assert response["Location"] == reverse("account_password_reset_completed")
    assert client.get(response["Location"]).status_code == 200
    assert client.post(LOGIN, {"login": member.email, "password": new})["Location"] == reverse("members:home")
    send_mail()
    assert mailbox.messages[-1]["Subject"] == "Your password was changed"


def test_a_suspended_account_neither_signs_in_nor_stays_signed_in(client, mailed_code):
    member = MemberFactory()
    client.force_login(member)
    assert signed_in(client)
    actions.suspend(member, now=timezone.now())
    assert not signed_in(client)
    inactive = reverse("account_inactive")
    assert client.post(LOGIN, {"login": member.email, "password": PASSWORD})["Location"] == inactive
    page = client.post(LOGIN, {"login": member.email})["Location"]
    assert client.post(page, {"code": mailed_code(member.email)})["Location"] == inactive
    assert not signed_in(client)
    assert "This account is closed" in client.get(inactive).content.decode()


def test_the_teller_is_nobody_who_could_sign_in(client, mailbox):
    teller = User.objects.teller()
    assert (teller.is_active, teller.has_usable_password(), str(teller)) == (False, False, "The teller")
    client.post(LOGIN, {"login": teller.email})
    send_mail()
    assert [message["Subject"] for message in mailbox.messages] == ["No account with this address"]


@pytest.mark.parametrize(
    ("wanted", "landing"),
    [
        ("/stories/", "/stories/"),
        ("https://elsewhere.example/", "/account/"),
        ("//elsewhere.example/", "/account/"),
        ("/\\elsewhere.example/", "/account/"),
        ("javascript:alert(1)", "/account/"),
        ("http://testserver/stories/", "/account/"),
    ],
)
def test_after_signing_in_one_lands_on_this_site_only(client, wanted, landing):
    member = MemberFactory()
    response = client.post(f"{LOGIN}?next={wanted}", {"login": member.email, "password": PASSWORD, "next": wanted})
    assert response["Location"] == landing


def test_a_new_account_answers_the_welcome_before_it_goes_on(client):
    newcomer = UserFactory(welcomed_at=None)
    data = {"login": newcomer.email, "password": PASSWORD, "next": "/stories/?place=leeds"}
    assert client.post(LOGIN, data)["Location"] == "/account/welcome/?next=%2Fstories%2F%3Fplace%3Dleeds"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Enter your e-mail address"),
        ({"login": "x"}, "Enter an e-mail address in the form name@example.org"),
        ({"login": "a@example.org", "password": "p" * 1_000_000}, "Enter a password of 1,000 characters or fewer"),
        ({"login": "a@example.org", "password": "p\x00"}, "Enter it without signs that cannot be shown"),
    ],
)
def test_what_cannot_sign_in_is_told_in_words(client, data, message):
    response = client.post(LOGIN, data)
    assert response.status_code == 200
    assert message in response.content.decode()


@pytest.mark.parametrize("code", ["", "1" * 1_000_000, "12\x0034", "ⅷ" * 6])
def test_a_code_that_is_none_is_told_in_words(client, code):
    page = client.post(LOGIN, {"login": MemberFactory().email})["Location"]
    response = client.post(page, {"code": code})
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()


def test_too_many_requests_for_codes_end_on_a_page_in_our_words(client):
    member = MemberFactory()
    for _ in range(3):
        client.cookies.clear()
        client.post(LOGIN, {"login": member.email})
    client.cookies.clear()
    response = client.post(LOGIN, {"login": member.email})
    assert "That was too often." in response.content.decode()
    assert Notice.objects.count() == 3


def test_signing_out_is_a_click_on_a_button_of_its_own_page(client):
    client.force_login(MemberFactory())
    assert "Sign out?" in client.get("/account/logout/").content.decode()
    assert signed_in(client)
    assert client.post("/account/logout/")["Location"] == "/"
    assert not signed_in(client)
