"""Signing in with the organisation's own accounts: a real provider, a real browser, and who does not get in by it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from members.models import User
from members.tests.factories import InvitationFactory, MemberFactory, give_totp, totp_code
from systemschange.tests import tools
from systemschange.tests.chromium import axe_findings, sign_in

NAME = "Leeds Council"
PEOPLE = {
    "asha": {
        "email": "Asha@leeds.example",
        "email_verified": True,
        "given_name": "Asha",
        "picture": "http://x/me.jpg",
        "phone_number": "07700 900123",
    },
    "unchecked": {"email": "unchecked@leeds.example", "email_verified": False, "given_name": "Una"},
    "loose": {"email": "loose@leeds.example", "email_verified": "false", "given_name": "Lou"},
    "nameless": {"given_name": "Noor"},
}


def free_port():
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        return free.getsockname()[1]


def configured(settings, port):
    settings.OIDC_NAME = NAME
    app = {"provider_id": "organisation", "name": NAME, "client_id": "the-site", "secret": "a secret between the two"}
    app["settings"] = {"server_url": f"http://localhost:{port}"}
    providers = settings.SOCIALACCOUNT_PROVIDERS
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**providers["openid_connect"], "APPS": [app]}}


@pytest.fixture
def provider(live_server, settings):
    port = free_port()
    configured(settings, port)
    back = f"{live_server.url}/account/provider/organisation/back/"
    script = Path(__file__).parent / "provider.mjs"
    command = [tools.oidc_provider(), str(script), str(port), back, json.dumps(PEOPLE)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=script.parent)
    while (line := process.stdout.readline()) != b"ready\n":
        assert line or process.poll() is None, "The provider did not start."
    yield process
    process.terminate()
    process.wait(timeout=20)
    process.stdout.close()


def go_there(page, who):
    """From the page that leads to the provider, through its own pages, and back."""
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill("anything")
    page.locator("button[type=submit]").click()
    page.get_by_role("button", name="Continue").click()


def sign_in_there(page, who, start="/account/login/", button=f"Sign in with {NAME}"):
    page.goto(start)
    page.get_by_role("button", name=button).click()
    go_there(page, who)


def everything_kept():
    """All that this site holds of what a provider said, sessions included."""
    rows = [*SocialAccount.objects.values(), *User.objects.people().values(), *EmailAddress.objects.values()]
    sessions = [session.get_decoded() for session in Session.objects.all()]
    return json.dumps([rows, sessions], default=str)


@pytest.mark.axe
@pytest.mark.long
@pytest.mark.provider
def test_somebody_new_joins_waits_like_everybody_and_signs_in_again(browse, provider, settings):
    settings.SIGNUP_MODE = "approval"
    page = browse()
    sign_in_there(page, "asha", "/account/signup/", f"Join with {NAME}")
    page.get_by_role("heading", name="Join").wait_for()
    assert axe_findings(page) == []
    assert not User.objects.people().exists()
    assert "access_token" not in everything_kept()
    expect(page.get_by_label("First name")).to_have_value("Asha")
    page.get_by_role("button", name="Join").click()
    page.get_by_role("button", name="Later").or_(page.get_by_text("weekly letter").first).first.wait_for()
    user = User.objects.people().get()
    assert (user.email, user.first_name, user.is_member) == ("asha@leeds.example", "Asha", False)
    assert [person.email for person in User.objects.in_queue()] == ["asha@leeds.example"]
    assert SocialAccount.objects.get().extra_data == {}
    kept = everything_kept()
    assert [word for word in ("me.jpg", "07700", "token") if word in kept.replace("csrf_token", "")] == []
    assert not SocialToken.objects.exists()

    again = browse()
    sign_in_there(again, "asha", "/account/login/?next=/account/security/")
    again.wait_for_url(lambda address: "/account/" in address and "provider" not in address)
    assert SocialAccount.objects.count() == User.objects.people().count() == 1


@pytest.mark.axe
@pytest.mark.long
@pytest.mark.provider
def test_an_account_is_connected_by_its_member_and_by_nobody_else(browse, provider, live_server, mailed_code):
    member = MemberFactory(email="asha@leeds.example", password=None)
    page = browse()
    sign_in_there(page, "asha")
    page.get_by_text("You have an account with this address.").wait_for()
    assert not SocialAccount.objects.exists()
    page.goto("/account/security/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    client = Client()
    client.force_login(member)
    sign_in(page, client, live_server)
    page.goto("/account/provider/")
    page.get_by_role("button", name="Connect").click()
    # A session that somebody found open is not enough.
    page.get_by_role("heading", name="Is it you?").or_(page.locator("input[name=login]")).first.wait_for()
    if page.locator("input[name=login]").count():
        go_there(page, "asha")
    page.get_by_role("heading", name="Is it you?").wait_for()
    assert not SocialAccount.objects.exists()

    client.logout()
    code_page = client.post("/account/login/", {"login": member.email})["Location"]
    client.post(code_page, {"code": mailed_code(member.email)})
    sign_in(page, client, live_server)
    page.goto("/account/security/")
    page.get_by_role("link", name=f"whether {NAME} signs you in").click()
    assert axe_findings(page) == []
    page.get_by_role("button", name="Connect").click()
    # The provider knows this browser by now and asks for nothing, or asks again: both lead back.
    page.get_by_text(f"{NAME} is connected.").or_(page.locator("input[name=login]")).first.wait_for()
    if page.locator("input[name=login]").count():
        go_there(page, "asha")
    page.get_by_text(f"{NAME} is connected.").wait_for()
    assert SocialAccount.objects.get().user == member

    # A second factor stays one.
    secret = give_totp(member)
    again = browse()
    sign_in_there(again, "asha", "/account/login/?next=/account/security/")
    again.get_by_label("Code from your authenticator app").fill(totp_code(secret))
    again.get_by_role("button", name="Sign in").click()
    again.get_by_role("heading", name="Sign-in and security").wait_for()
    member.authenticator_set.all().delete()
    page.goto("/account/provider/")
    page.get_by_role("button", name="Disconnect").click()
    page.get_by_text("It is no longer connected.").wait_for()
    assert not SocialAccount.objects.exists()


@pytest.mark.axe
@pytest.mark.long
@pytest.mark.provider
def test_no_account_is_made_of_an_unchecked_address_or_without_an_invitation(browse, provider, settings):
    settings.SIGNUP_MODE = "open"
    for who in ("unchecked", "loose", "nameless"):
        page = browse()
        sign_in_there(page, who)
        page.get_by_text("does not say that your address has been checked").wait_for()
    settings.SIGNUP_MODE = "invitation"
    page = browse()
    sign_in_there(page, "asha")
    page.get_by_role("heading", name="Joining is by invitation for now").wait_for()
    assert not User.objects.people().exists()

    invitation = InvitationFactory()
    page.goto(f"/account/invitation/{invitation.token}/")
    page.get_by_role("button", name=f"Join with {NAME}").click()
    page.get_by_label("First name").wait_for()
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/account/welcome/**")
    invitation.refresh_from_db()
    assert invitation.taken_by == User.objects.get(email="asha@leeds.example")
    assert invitation.taken_by.is_member


@pytest.mark.django_db
def test_a_provider_that_is_away_or_talks_nonsense_is_said_in_words(client, settings):
    configured(settings, free_port())
    response = client.post("/account/provider/organisation/")
    assert response.status_code == 502
    assert f"{NAME} did not answer as it should." in response.content.decode()
    for query in ("", "?code=x&state=y", "?error=access_denied", "?error=%00"):
        response = client.get(f"/account/provider/organisation/back/{query}", follow=True)
        assert response.status_code in (200, 401)
        assert "Not signed in" in response.content.decode()
    assert client.get("/account/provider/another/").status_code == 404
    assert client.get("/account/provider/organisation/").status_code == 200
    assert client.get("/account/provider/join/")["Location"] == "/account/login/"


@pytest.mark.django_db
def test_where_none_is_set_up_nothing_is_shown(client):
    client.force_login(MemberFactory())
    for path in ("", "join/", "cancelled/", "error/", "organisation/", "organisation/back/"):
        assert client.get(f"/account/provider/{path}").status_code == 404
    assert "provider" not in client.get("/account/security/").content.decode()
    client.logout()
    assert "provider" not in client.get("/account/login/").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"OIDC_NAME": "Leeds Council"}, "needs OIDC_URL and OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too"),
        ({"OIDC_NAME": "x", "OIDC_URL": "https://x", "OIDC_CLIENT_ID": "x"}, "needs OIDC_CLIENT_SECRET too"),
        ({"OIDC_CLIENT_SECRET": "x"}, "needs OIDC_NAME and OIDC_URL and OIDC_CLIENT_ID too"),
    ],
)
def test_half_a_provider_stops_the_start_with_a_sentence(given, said):
    code = "import systemschange.settings"
    environment = {**os.environ, **given}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert said in run.stderr
    assert "ImproperlyConfigured" in run.stderr
