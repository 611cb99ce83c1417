"""Passkeys: adding, signing in with one, as second factor, into the admin; in a real browser with a virtual key."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from playwright.sync_api import expect

from members.models import Notice
from members.tests.factories import PASSWORD, MemberFactory, ModeratorFactory, give_totp
from systemschange.tests.chromium import axe_findings, watch

LIST, ADD, LOGIN = "/account/2fa/webauthn/", "/account/2fa/webauthn/add/", "/account/2fa/webauthn/login/"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in_key(page, **options):
    """A virtual device that holds passkeys and says yes to everything, or as `options` say."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**KEY, **options}})

    def answer(verified):
        devtools.send("WebAuthn.setUserVerified", {**made, "isUserVerified": verified})

    return answer


def sign_in_by_password(page, member, then="/account/"):
    page.goto(f"/account/login/?next={then}")
    page.get_by_label("E-mail address").fill(member.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")


def add_passkey(page, name):
    page.goto(ADD)
    if page.get_by_label("Password").count():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
    page.get_by_label("What do you call it?").fill(name)
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()


def use_passkey(page, button="Use a passkey"):
    page.get_by_role("button", name=button).click()


def test_a_passkey_is_added_signs_in_is_renamed_and_removed(page, live_server):
    member = MemberFactory(first_name="Asha")
    wrong = watch(page, live_server)
    plug_in_key(page)
    sign_in_by_password(page, member)
    page.wait_for_url("**/account/")
    page.goto(LIST)
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    add_passkey(page, "My phone")
    assert list(Notice.objects.filter(kind="mfa.webauthn_added").values_list("to", flat=True)) == [member.email]

    sign_out(page)
    page.goto("/account/login/?next=/account/security/")
    use_passkey(page)
    page.get_by_role("heading", name="Sign-in and security").wait_for()

    page.goto(LIST)
    page.get_by_role("link", name="Rename My phone").click()
    use_passkey(page)
    page.get_by_label("What do you call it?").fill("The old phone")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove The old phone").click()
    page.get_by_role("heading", name="Remove “The old phone”?").wait_for()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("You have none yet.").wait_for()
    assert not Authenticator.objects.filter(user=member).exists()

    sign_out(page)
    page.goto("/account/login/")
    use_passkey(page)
    page.get_by_text("That passkey did not fit.").wait_for()
    assert wrong == []


def test_a_passkey_is_the_second_factor_after_the_password(page):
    member = MemberFactory()
    answer = plug_in_key(page)
    sign_in_by_password(page, member)
    page.wait_for_url("**/account/")
    add_passkey(page, "My phone")
    sign_out(page)
    sign_in_by_password(page, member, then="/account/security/")
    page.get_by_role("heading", name="Your second factor").wait_for()
    # Whoever holds the device and cannot show a finger or know its PIN is nobody.
    answer(verified=False)
    use_passkey(page)
    page.get_by_text("No passkey was given. Try again, or go on another way.").wait_for()
    answer(verified=True)
    use_passkey(page)
    page.get_by_role("heading", name="Sign-in and security").wait_for()


@pytest.mark.axe
def test_the_pages_on_the_way_have_nothing_that_axe_finds(page):
    plug_in_key(page)
    member = MemberFactory()
    sign_in_by_password(page, member)
    page.wait_for_url("**/account/")
    add_passkey(page, "My phone")
    page.goto(LIST)
    page.get_by_role("link", name="Remove My phone").click()
    page.get_by_role("heading", name="Remove “My phone”?").wait_for()
    assert axe_findings(page) == []
    sign_out(page)
    sign_in_by_password(page, member, then="/account/security/")
    page.get_by_role("heading", name="Your second factor").wait_for()
    assert axe_findings(page) == []


def test_without_javascript_the_pages_say_what_to_use_instead(browse):
    member = MemberFactory()
    page = browse()
    plug_in_key(page)
    sign_in_by_password(page, member)
    page.wait_for_url("**/account/")
    add_passkey(page, "My phone")
    code = RecoveryCodes(Authenticator.objects.get(user=member, type="recovery_codes")).get_unused_codes()[0]
    page = browse(javascript=False)
    page.goto("/account/login/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    expect(page.get_by_text("then with one of your recovery codes")).to_be_visible()
    sign_in_by_password(page, member, then=ADD)
    expect(page.get_by_text("JavaScript is off. Enter a code instead.")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    page.get_by_label("Recovery code").fill(code)
    page.get_by_role("button", name="Sign in with a code").click()
    expect(page.get_by_text("This browser cannot use a passkey, or JavaScript is off.")).to_be_visible()
    page.get_by_role("link", name="Use your password instead").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("This browser cannot make a passkey, or JavaScript is off.")).to_be_visible()
    expect(page.get_by_role("button", name="Add the passkey")).to_be_hidden()


def test_staff_enter_the_admin_with_a_passkey_and_nothing_else(page):
    moderator = ModeratorFactory()
    answer = plug_in_key(page)
    sign_in_by_password(page, moderator)
    page.wait_for_url("**/account/")
    add_passkey(page, "My phone")
    # Adding one is not yet using it: this session began with a password.
    page.goto("/admin/people/")
    page.get_by_role("heading", name="Is it you?").wait_for()
    answer(verified=False)
    use_passkey(page)
    page.get_by_text("No passkey was given.").wait_for()
    answer(verified=True)
    use_passkey(page)
    page.wait_for_url("**/admin/people/")
    page.get_by_text("Nobody waits to be let in.").wait_for()
    sign_out(page)
    page.goto("/admin/people/")
    use_passkey(page)
    page.wait_for_url("**/admin/people/")
    page.get_by_text("Nobody waits to be let in.").wait_for()
    # Taken away by another device, it opens nothing here, though an app is still there to ask for.
    give_totp(moderator)
    Authenticator.objects.filter(user=moderator, type="webauthn").delete()
    page.goto("/admin/people/")
    page.wait_for_url("**/account/2fa/reauthenticate/**")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent",
    [
        "",
        "x",
        "null",
        "[]",
        "{}",
        '"x"',
        "7",
        '{"response": []}',
        '{"response": {"userHandle": "\\u0000"}}',
        "9" * 9999,
        "[" * 99_999,
    ]
    + [
        json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": extra, "clientExtensionResults": {}})
        for extra in (
            {},
            {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"},
            {"clientDataJSON": "e30", "attestationObject": "AA"},
        )
    ],
)
def test_what_no_browser_sends_signs_nobody_in_and_is_told_in_words(client, sent):
    client.get(LOGIN, headers={"Accept": "application/json"})
    response = client.post(LOGIN, {"credential": sent}, follow=True)
    assert response.redirect_chain == [("/account/login/", 302)]
    assert re.search("The passkey did not arrive|That passkey did not fit", response.content.decode())
    member = MemberFactory()
    client.post("/account/login/", {"login": member.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get(ADD)
    response = client.post(ADD, {"name": "x", "credential": sent})
    assert re.search("The passkey did not arrive|That passkey did not fit", response.content.decode())
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
def test_nobody_changes_the_passkey_of_another(client):
    key = Authenticator.objects.create(user=MemberFactory(), type="webauthn", data={"name": "Theirs"})
    member = MemberFactory()
    client.post("/account/login/", {"login": member.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for verb in ("edit", "remove"):
        address = f"{LIST}keys/{key.pk}/{verb}/"
        assert (client.get(address).status_code, client.post(address, {"name": "Mine"}).status_code) == (404, 404)
    key.refresh_from_db()
    assert key.data["name"] == "Theirs"
