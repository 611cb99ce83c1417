"""The pages of one's own account: the welcome, the profile, vouching, security."""

import re
from base64 import b64decode
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.utils import timezone

from confidentiality.tests.pictures import photo, upload
from members import actions
from members.models import FIELDS, Invitation, Notice, Photo, User
from members.templatetags.members import device as name_device
from members.tests.factories import (
    PASSWORD,
    InvitationFactory,
    MemberFactory,
    UserFactory,
    give_totp,
    send_mail,
    totp_code,
)
from practices.models import Boundary, Place, Practice, Role

pytestmark = pytest.mark.django_db
WELCOME, PROFILE, VOUCH = "/account/welcome/", "/account/profile/", "/account/vouch/"
PAGES = [
    "/account/",
    "/account/security/",
    PROFILE,
    VOUCH,
    "/account/email/",
    "/account/password/change/",
    "/account/sessions/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/logout/",
]


def slugs(model, count):
    return list(model.objects.values_list("slug", flat=True)[:count])


# --- What every page keeps to -----------------------------------------------------------------------------------------


@pytest.fixture
def member(client):
    """Signed in with a password a moment ago, as pages about security ask."""
    member = MemberFactory()
    client.post("/account/login/", {"login": member.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return member


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_ours_private_and_free_of_anything_inline(client, member, page):
    response = client.get(page)
    html = response.content.decode()
    assert response.status_code == 200
    assert 'content="noindex"' in html
    assert " style=" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert 'class="site-header"' in html
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_asks_a_visitor_to_sign_in_and_comes_back(client, page):
    response = client.get(page)
    if page == "/account/logout/":
        assert response["Location"] == "/"
    else:
        assert unquote(response["Location"]) == f"/account/login/?next={page}"


@pytest.mark.parametrize("page", ["/account/login/", "/account/signup/", "/account/password/reset/"])
def test_a_visitors_page_is_free_of_anything_inline(client, page):
    html = client.get(page).content.decode()
    assert " style=" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert "placeholder" not in html


@pytest.mark.parametrize(
    "page", ["/account/password/reset/key/1-set-password/", "/account/3rdparty/", "/account/confirm-email/abc:def/"]
)
def test_what_makes_no_sense_here_is_not_here(client, page):
    assert client.get(page).status_code == 404


def test_the_account_takes_the_same_queries_for_a_full_profile(client, member, django_assert_num_queries):
    for boundaries in ([], slugs(Boundary, 5)):
        member.profile.works_in.set(Boundary.objects.filter(slug__in=boundaries))
        with django_assert_num_queries(5):
            client.get("/account/")


# --- Welcome ----------------------------------------------------------------------------------------------------------


def test_the_welcome_keeps_four_answers_and_goes_on(client):
    newcomer = UserFactory(welcomed_at=None)
    client.force_login(newcomer)
    inside, wished = slugs(Boundary, 3)[:2], slugs(Boundary, 3)[2]
    place = Place.objects.filter(kind="council").first()
    data = {
        "place": place.slug,
        "works_in": inside,
        "would_cross_to": wished,
        "weekly_letter": "no",
        "next": "/stories/",
        "listed_at": "2026-01-01",
    }
    assert client.post(WELCOME, data)["Location"] == "/stories/"
    newcomer.refresh_from_db()
    profile = newcomer.profile
    assert (profile.place, profile.weekly_letter, profile.listed_at) == (place, False, None)
    assert sorted(profile.works_in.values_list("slug", flat=True)) == sorted(inside)
    assert list(profile.would_cross_to.values_list("slug", flat=True)) == [wished]
    assert newcomer.welcomed_at is not None
    assert client.get(WELCOME)["Location"] == "/account/"


def test_the_letter_is_neither_chosen_beforehand_nor_left_open(client):
    client.force_login(UserFactory(welcomed_at=None))
    page = client.get(WELCOME).content.decode()
    assert "checked" not in page
    page = client.post(WELCOME, {}).content.decode()
    assert "Choose whether you want the weekly letter" in page


def test_the_welcome_can_wait_and_then_the_letter_is_not_decided(client):
    newcomer = UserFactory(welcomed_at=None)
    client.force_login(newcomer)
    assert client.post(WELCOME, {"later": "1", "next": "/stories/new/"})["Location"] == "/stories/new/"
    newcomer.refresh_from_db()
    assert newcomer.welcomed_at is not None
    assert newcomer.profile.weekly_letter is None
    assert "You have not said whether you want it" in client.get("/account/").content.decode()


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_the_welcome_goes_on_to_this_site_only(client, wanted):
    client.force_login(UserFactory(welcomed_at=None))
    assert client.post(WELCOME, {"later": "1", "next": wanted})["Location"] == "/account/"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("place", "atlantis", "Choose a place from the list"),
        ("place", "a\x00b", "Choose a place from the list"),
        ("works_in", ["nothing"], "Choose services from the list"),
        ("would_cross_to", "x" * 1_000_000, "Choose a service from the list"),
        ("weekly_letter", "perhaps", "Choose whether you want the weekly letter"),
    ],
)
def test_a_choice_that_is_not_on_the_list_is_told_in_words(client, field, value, message):
    client.force_login(UserFactory(welcomed_at=None))
    response = client.post(WELCOME, {"weekly_letter": "yes", field: value})
    assert message in response.content.decode()


def test_a_retired_boundary_is_not_offered(client):
    Boundary.objects.filter(slug="housing").update(retired_at=timezone.now())
    client.force_login(UserFactory(welcomed_at=None))
    assert 'value="housing"' not in client.get(WELCOME).content.decode()


# --- Profile ----------------------------------------------------------------------------------------------------------


def whole_profile(**changes):
    return {
        "first_name": "Asha",
        "last_name": "Rao",
        "role": Role.objects.first().slug,
        "organisation": "A night shelter",
        "place": "leeds",
        "works_in": slugs(Boundary, 2),
        "would_cross_to": slugs(Boundary, 4)[2:],
        "practices": slugs(Practice, 1),
        "ask_me_about": "Benefit appeals",
        "help_with": "Courts",
        **{f"{name}_seen_by": "members" for name in FIELDS},
        **changes,
    }


def test_a_profile_is_saved_whole_and_shown_again(client, member):
    # Whoever is not listed is shown how it would look; being listed is chosen there.
    assert client.post(PROFILE, whole_profile())["Location"] == member.profile.get_absolute_url()
    member.refresh_from_db()
    profile = member.profile
    assert (str(member), profile.organisation, profile.place.slug) == ("Asha Rao", "A night shelter", "leeds")
    assert (profile.ask_me_about, profile.help_with) == ("Benefit appeals", "Courts")
    assert profile.role == Role.objects.first()
    assert profile.listed_at is None
    page = client.get(PROFILE).content.decode()
    assert page.count("checked") == 5
    assert 'value="leeds" selected' in page
    assert f'href="{profile.get_absolute_url()}"' in page


def test_being_listed_is_chosen_beside_how_it_looks_and_left_at_once(client, member):
    client.post(PROFILE, whole_profile())
    own = member.profile.get_absolute_url()
    assert 'name="listed" value="yes"' in client.get(own).content.decode()
    assert client.get("/account/profile/listed/").status_code == 405
    assert client.post("/account/profile/listed/", {"listed": "yes"})["Location"] == own
    since = User.objects.get(pk=member.pk).profile.listed_at
    assert since is not None
    assert client.post(PROFILE, whole_profile(ask_me_about="Something else"))["Location"] == PROFILE
    client.post("/account/profile/listed/", {"listed": "yes"})
    assert User.objects.get(pk=member.pk).profile.listed_at == since
    client.post("/account/profile/listed/", {"listed": "no"})
    assert User.objects.get(pk=member.pk).profile.listed_at is None


def test_a_photo_is_one_and_gone_with_its_file_once_another_comes(client, member):
    page = "/account/profile/photo/"
    client.post(page, {"photo": upload(photo(), "me.jpg")})
    first = User.objects.get(pk=member.pk).profile.photo
    shown = client.get(f"{member.profile.get_absolute_url()}photo/{first.name}/")
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "private, no-store")
    client.post(page, {"photo": upload(photo(size=(32, 24)), "me.jpg")})
    assert client.get(f"{member.profile.get_absolute_url()}photo/{first.name}/").status_code == 404
    assert "Choose a photo" in client.post(page).content.decode()
    assert "Delete my photo" in client.get(page).content.decode()
    client.post(page, {"remove": "yes"})
    assert User.objects.get(pk=member.pk).profile.photo is None
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("first_name", "", "Enter your first name"),
        ("organisation", "x" * 121, "“Where do you do it?” has room for 120 characters"),
        ("ask_me_about", "x" * 1_000_000, "“Ask me about” has room for 300 characters"),
        ("role", "king", "Choose a role from the list"),
        ("role", "a\x00b", "Choose a role from the list"),
        ("practices", ["nothing"], "Choose practices from the list"),
        ("place_seen_by", "", "Choose who sees: your area"),
        ("photo_seen_by", "public", "Choose who sees: your photo"),
    ],
)
def test_what_a_profile_cannot_hold_is_told_in_words_and_kept(client, member, field, value, message):
    response = client.post(PROFILE, whole_profile(**{field: value, "help_with": "kept words"}))
    assert message in response.content.decode()
    assert "kept words" in response.content.decode()


def test_a_profile_form_changes_nothing_that_it_does_not_show(client, member):
    client.post(PROFILE, whole_profile(email="other@example.org", is_staff="1", weekly_letter="yes", public_id="x"))
    before = (member.email, member.is_staff, member.profile.weekly_letter, member.profile.public_id)
    member = User.objects.get(pk=member.pk)
    assert (member.email, member.is_staff, member.profile.weekly_letter, member.profile.public_id) == before


def test_a_saved_profile_is_one_line_each(client, member):
    client.post(PROFILE, whole_profile(organisation="A\r\nB\u202e\x00C"))
    assert User.objects.get(pk=member.pk).profile.organisation == "A BC"


# --- Vouching ---------------------------------------------------------------------------------------------------------


def test_a_vouch_writes_once_to_somebody_new_and_says_the_same_whoever_is_here(client, member):
    UserFactory(email="here@example.org")
    pages = []
    for address in ("new@example.org", "here@example.org", "New@example.org"):
        pages.append(client.post(VOUCH, {"email": address}, follow=True).content.decode())
    assert len({page.count("Thank you. If they are new here") for page in pages}) == 1
    assert [notice.to for notice in Notice.objects.all()] == ["new@example.org"]
    notice = Notice.objects.get()
    invitation = Invitation.objects.get(email="new@example.org")
    assert f"http://testserver/account/invitation/{invitation.token}/" in notice.text
    assert member.first_name not in notice.text + notice.html + notice.subject


def test_the_second_member_to_vouch_counts_and_the_colleague_hears_once(client, member):
    InvitationFactory(email="new@example.org")
    client.post(VOUCH, {"email": "new@example.org"})
    assert Invitation.objects.filter(email="new@example.org").count() == 2
    assert Notice.objects.count() == 0


def test_a_colleague_may_be_written_to_again_after_a_month(member):
    InvitationFactory(email="new@example.org", created_at=timezone.now() - actions.QUIET - timedelta(days=1))
    actions.vouch(by=member, email="new@example.org", now=timezone.now())
    assert Notice.objects.count() == 1


def test_ten_vouches_are_enough_for_thirty_days_taken_up_or_not(client, member):
    now = timezone.now()
    InvitationFactory.create_batch(9, invited_by=member, created_at=now - timedelta(days=29), accepted_at=now)
    InvitationFactory(invited_by=member, created_at=now - timedelta(days=31))
    client.post(VOUCH, {"email": "tenth@example.org"})
    Notice.objects.all().delete()
    response = client.post(VOUCH, {"email": "new@example.org"})
    assert "You have vouched for ten people in these thirty days." in response.content.decode()
    assert Notice.objects.count() == 0


def test_who_waits_cannot_vouch(client):
    client.force_login(UserFactory())
    assert client.get(VOUCH).status_code == 404
    assert client.post(VOUCH, {"email": "new@example.org"}).status_code == 404
    assert VOUCH not in client.get("/account/").content.decode()


def test_who_waits_is_told_so(client):
    client.force_login(UserFactory())
    assert "A moderator will let you in" in client.get("/account/").content.decode()


# --- Security ---------------------------------------------------------------------------------------------------------


def test_the_address_changes_once_the_new_one_answers(client, member, mailed_code, mailbox):
    old = member.email
    response = client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    page = response["Location"]
    assert "Keep the address as it is" in client.get(page).content.decode()
    assert User.objects.get(pk=member.pk).email == old
    client.post(page, {"code": mailed_code("new@example.org")})
    assert User.objects.get(pk=member.pk).email == "new@example.org"
    mailed = {notice.to: notice.kind for notice in Notice.objects.filter(kind__contains="changed")}
    assert mailed == {old: "account.email_changed"}


def test_another_accounts_address_is_refused_without_saying_so(client, member, mailed_code):
    MemberFactory(email="taken@example.org")
    response = client.post("/account/email/", {"email": "taken@example.org", "action_add": "1"})
    assert response["Location"] == "/account/confirm-email/"
    response = client.post(response["Location"], {"code": mailed_code("taken@example.org")})
    assert User.objects.filter(email="taken@example.org").count() == 1


def test_a_password_can_be_set_changed_and_is_told_by_mail(client, mailed_code):
    member = MemberFactory(password=None)
    page = client.post("/account/login/", {"login": member.email})["Location"]
    client.post(page, {"code": mailed_code(member.email)})
    assert "None. We mail you a code each time." in client.get("/account/security/").content.decode()
    first, second = "four words in a row", "another four words here"
    response = client.post("/account/password/set/", {"password1": first, "password2": first})
    assert response["Location"] == "/account/security/"
    data = {"oldpassword": first, "password1": second, "password2": second}
    assert client.post("/account/password/change/", data)["Location"] == "/account/security/"
    member.refresh_from_db()
    assert member.check_password(second)
    assert list(Notice.objects.values_list("kind", flat=True).order_by("pk"))[1:] == [
        "account.password_set",
        "account.password_changed",
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"oldpassword": ""}, "Enter your current password"),
        ({"oldpassword": "wrong"}, "That is not your current password. Try again."),
        ({"password1": "short"}, "This password is too short"),
        ({"password1": "p" * 1_000_000}, "Enter a password of 1,000 characters or fewer"),
        ({"password2": "another"}, "You must type the same password each time."),
        ({"password2": ""}, "Enter the new password once more"),
    ],
)
def test_a_password_that_will_not_do_is_told_in_words(client, member, changes, message):
    data = {"oldpassword": PASSWORD, "password1": "another four words", "password2": "another four words", **changes}
    assert message in client.post("/account/password/change/", data).content.decode()


def test_a_second_factor_is_set_up_shown_and_taken_off(client, member, mailbox):
    page = client.get("/account/2fa/totp/activate/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = client.session["mfa.totp.secret"]
    assert f"{secret[:4]} {secret[4:8]}" in page
    picture = b64decode(page.split("base64,")[1].split('"')[0]).decode()
    assert 'fill="white"' in picture
    assert "That is not the code" in client.post("/account/2fa/totp/activate/", {"code": "1"}).content.decode()
    response = client.post("/account/2fa/totp/activate/", {"code": totp_code(secret)})
    codes = client.get(response["Location"]).content.decode()
    assert codes.count('class="key"') == 10
    assert client.get("/account/2fa/recovery-codes/download/").content.decode().split()[0] in codes
    assert "10 recovery codes left" in client.get("/account/2fa/").content.decode()
    assert "A code from your authenticator app" in client.get("/account/security/").content.decode()
    client.post("/account/2fa/recovery-codes/generate/")
    assert client.get(response["Location"]).content.decode() != codes
    assert "Turn off the second factor?" in client.get("/account/2fa/totp/deactivate/").content.decode()
    client.post("/account/2fa/totp/deactivate/")
    assert "Off" in client.get("/account/2fa/").content.decode()


def test_the_picture_for_the_app_shows_under_our_policy(page):
    member = MemberFactory()
    page.goto("/account/2fa/totp/activate/")
    page.get_by_label("E-mail address").fill(member.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    picture = page.get_by_alt_text("A picture that holds the key below")
    assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_what_is_about_security_asks_who_it_is(client):
    member = MemberFactory()
    client.force_login(member)
    assert client.get("/account/2fa/totp/activate/")["Location"].startswith("/account/reauthenticate/")
    page = client.post("/account/reauthenticate/", {"password": "wrong"}).content.decode()
    assert "That is not your password. Try again." in page
    give_totp(member)
    page = client.get("/account/reauthenticate/").content.decode()
    assert "Use a code from your authenticator app instead" in page


WAYS_IN = {
    "/account/2fa/webauthn/add/": "passkey",
    "/account/2fa/totp/activate/": "app",
    "/account/password/set/": "password",
    "/account/email/": "address",
}


def test_a_session_left_open_adds_no_way_in_for_whoever_finds_it(client, mailbox, mailed_code):
    """Neither password nor second factor to ask for: the mailbox is, unless its code signed in just now."""
    member = MemberFactory(password=None)
    client.force_login(member)
    for address, page in WAYS_IN.items():
        tried = client.get(address), client.post(address, {"email": "thief@example.org", "action_add": "1"})
        assert [response["Location"] for response in tried] == [f"/account/prove/?then={page}"] * 2
    client.post("/account/prove/?then=passkey")
    send_mail()
    words = mailbox.messages[-1].get_body(("plain",)).get_content()
    link = re.search(r"http://testserver(/account/link/\S+)", words)
    assert client.get(link[1])["Location"] == "/account/2fa/webauthn/add/"
    assert [client.get(address).status_code for address in WAYS_IN] == [200] * len(WAYS_IN)

    client.logout()
    page = client.post("/account/login/", {"login": member.email})["Location"]
    client.post(page, {"code": mailed_code(member.email)})
    assert [client.get(address).status_code for address in WAYS_IN] == [200] * len(WAYS_IN)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3601
    session.save()
    assert [client.get(address).status_code for address in WAYS_IN] == [302] * len(WAYS_IN)


def test_recovery_codes_are_shown_only_when_it_is_certain_who_asks(client, member):
    client.get("/account/2fa/totp/activate/")
    client.post("/account/2fa/totp/activate/", {"code": totp_code(client.session["mfa.totp.secret"])})
    client.logout()
    client.force_login(member)
    response = client.get("/account/2fa/recovery-codes/")
    assert response["Location"] == "/account/reauthenticate/?next=%2Faccount%2F2fa%2Frecovery-codes%2F"


@pytest.mark.parametrize(
    ("told", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140 Safari/537.36", "Chrome on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Version/18 Safari", "Safari on iPhone"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("curl/8", "A browser on a device that we do not know"),
        ("", "A browser on a device that we do not know"),
    ],
)
def test_a_device_is_named_as_people_name_it(told, device):
    assert name_device(told) == device
