"""Joining: by code, in each of the three modes, and what a form of ours does with strange input."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from members.forms.account import SignupForm
from members.models import Invitation, Notice, User
from members.tests.factories import InvitationFactory, MemberFactory, UserFactory, send_mail

pytestmark = pytest.mark.django_db
JOIN = {"first_name": "Asha", "email": "asha@example.org"}


def join(client, mailed_code, **data):
    data = {**JOIN, **data}
    client.post(reverse("account_signup"), data)
    return client.post(reverse("account_email_verification_sent"), {"code": mailed_code(data["email"].lower())})


def test_joining_takes_a_name_an_address_and_the_code_from_the_mail(client, mailbox, mailed_code):
    response = client.post(reverse("account_signup"), JOIN)
    assert response["Location"] == reverse("account_email_verification_sent")
    response = client.post(response["Location"], {"code": mailed_code("asha@example.org")})
    assert response["Location"] == reverse("members:welcome")
    user = User.objects.get(email="asha@example.org")
    assert int(client.session["_auth_user_id"]) == user.pk
    assert (user.first_name, user.has_usable_password(), user.profile.weekly_letter) == ("Asha", False, None)
    assert [message["Subject"][:11] for message in mailbox.messages] == ["Your code: "]


def test_where_a_moderator_lets_people_in_a_new_account_waits(client, mailed_code, settings):
    settings.SIGNUP_MODE = "approval"
    join(client, mailed_code)
    assert [user.email for user in User.objects.in_queue()] == ["asha@example.org"]
    assert not User.objects.get(email="asha@example.org").is_member


def test_where_joining_is_open_a_confirmed_address_is_in(client, mailed_code, settings):
    settings.SIGNUP_MODE = "open"
    client.post(reverse("account_signup"), JOIN)
    assert not User.objects.get(email="asha@example.org").is_member
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code("asha@example.org")})
    assert User.objects.get(email="asha@example.org").is_member


def test_by_invitation_the_form_opens_only_for_who_followed_a_link(client, mailed_code, settings):
    settings.SIGNUP_MODE = "invitation"
    assert "Joining is by invitation" in client.get(reverse("account_signup")).content.decode()
    client.post(reverse("account_signup"), JOIN)
    assert not User.objects.filter(email="asha@example.org").exists()
    invitation = InvitationFactory()
    response = client.get(reverse("members:invitation", args=[invitation.token]))
    assert response["Location"] == reverse("account_signup")
    join(client, mailed_code)
    invitation.refresh_from_db()
    user = User.objects.get(email="asha@example.org")
    assert user.is_member
    assert invitation.taken_by == user
    assert invitation.accepted_at is not None


def test_an_invitation_works_once_and_only_while_its_member_is_in_good_standing(client, settings):
    used = InvitationFactory(accepted_at="2026-01-01T00:00Z")
    of_suspended = InvitationFactory(invited_by=MemberFactory(suspended_at="2026-01-01T00:00Z"))
    for invitation in (used, of_suspended):
        assert client.get(reverse("members:invitation", args=[invitation.token])).status_code == 404
    assert client.get("/account/invitation/no-such-token/").status_code == 404


def test_an_invitation_that_was_followed_but_not_confirmed_still_opens(client, mailed_code, settings):
    settings.SIGNUP_MODE = "invitation"
    invitation = InvitationFactory()
    client.get(reverse("members:invitation", args=[invitation.token]))
    client.post(reverse("account_signup"), {"first_name": "Asha", "email": "mistyped@example.org"})
    client.post(reverse("account_logout"))
    client.get(reverse("members:invitation", args=[invitation.token]))
    join(client, mailed_code)
    assert User.objects.get(email="asha@example.org").is_member


def test_nobody_learns_from_the_page_whether_an_address_has_an_account(client, mailbox):
    UserFactory(email="known@example.org")
    pages = []
    for address in ("known@example.org", "stranger@example.org"):
        client.cookies.clear()
        response = client.post(reverse("account_signup"), {"first_name": "A", "email": address}, follow=True)
        pages.append(without_what_differs(response, address))
    assert pages[0] == pages[1]
    send_mail()
    assert mailbox.to("known@example.org")[0]["Subject"] == "You have an account already"


def without_what_differs(response, address):
    text = response.content.decode().replace(address, "ADDRESS")
    return response.redirect_chain, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_the_same_form_sent_twice_makes_one_account(client):
    for _ in range(2):
        client.post(reverse("account_signup"), JOIN)
    assert User.objects.filter(email="asha@example.org").count() == 1


def test_an_account_made_by_the_other_of_two_simultaneous_requests_is_not_an_error(client, monkeypatch):
    UserFactory(email="asha@example.org")
    # As if the other request had finished between this one's check and its insert.
    monkeypatch.setattr(SignupForm, "validate_unique_email", lambda form, value: value)
    response = client.post(reverse("account_signup"), JOIN)
    assert response["Location"] == reverse("account_email_verification_sent")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Enter your first name"),
        ({"first_name": "Asha"}, "Enter your e-mail address"),
        ({"first_name": "Asha", "email": "asha"}, "Enter an e-mail address in the form name@example.org"),
        ({"first_name": "a" * 1_000_000, "email": "a@example.org"}, "Enter a first name of 60 characters or fewer"),
        ({"first_name": "A", "email": "a@" + "b" * 1_000_000}, "Enter an e-mail address of 254 characters or fewer"),
        ({"first_name": "A", "email": "a\x00b@example.org"}, "Enter it without signs that cannot be shown"),
        ({"first_name": "\x00\u202e\r\n", "email": "a@example.org"}, "Enter your first name"),
    ],
)
def test_what_cannot_be_an_account_is_told_in_words_and_kept(client, data, message):
    response = client.post(reverse("account_signup"), data)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert "<title>Error: Join" in response.content.decode()
    assert not User.objects.people().exists()


def test_a_first_name_cannot_begin_a_header_and_extra_fields_do_nothing(client):
    data = {
        **JOIN,
        "first_name": "Asha\r\nBcc: everyone@example.org\u202e",
        "is_staff": "1",
        "is_superuser": "on",
        "approved_at": "2026-01-01",
    }
    client.post(reverse("account_signup"), data)
    user = User.objects.get(email="asha@example.org")
    assert user.first_name == "Asha Bcc: everyone@example.org"
    assert (user.is_staff, user.is_superuser, user.approved_at) == (False, False, None)
    assert "everyone" not in Notice.objects.get().text


def test_an_address_is_one_account_however_it_is_written(client):
    UserFactory(email="Asha@Example.org")
    client.post(reverse("account_signup"), {**JOIN, "email": "ASHA@example.ORG"})
    assert [user.email for user in User.objects.people()] == ["asha@example.org"]
    assert EmailAddress.objects.count() == 1


def test_following_a_link_takes_no_invitation_from_its_owner(client):
    invitation = InvitationFactory()
    client.get(reverse("members:invitation", args=[invitation.token]))
    client.get(reverse("members:invitation", args=[invitation.token]))
    assert list(Invitation.objects.unused()) == [invitation]
