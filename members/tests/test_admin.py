"""The Wagtail admin: who gets in and how, the people who wait, and the accounts."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from members import actions, outbox
from members.models import Invitation, Notice, User
from members.tests.factories import (
    PASSWORD,
    AdminFactory,
    EditorFactory,
    InvitationFactory,
    MemberFactory,
    ModeratorFactory,
    StaffFactory,
    UserFactory,
    give_totp,
    sign_in_staff,
    totp_code,
)

pytestmark = pytest.mark.django_db
DOORS = [
    "/admin/",
    "/admin",
    "/admin/login/",
    "/admin/login/?next=/admin/users/",
    "/admin/password_reset/",
    "/admin/password_reset/confirm/MQ/set-password/",
    "/admin/users/",
    "/admin/pages/",
    "/admin/people/",
    "/admin/api/main/pages/",
    "/admin/jsi18n/",
    "/_util/login/",
    "/django-admin/",
    "/django-admin/login/",
]
QUEUE = "/admin/people/"


# --- The three holes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", DOORS)
def test_a_visitor_is_sent_to_our_sign_in(client, door):
    for response in (client.get(door), client.post(door, {"username": "a", "password": "b"})):
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/?next=%2Fadmin%2F")


@pytest.mark.parametrize("door", DOORS)
def test_a_member_is_refused_and_not_sent_round_in_circles(client, door):
    client.force_login(MemberFactory())
    assert client.get(door).status_code == 403


@pytest.mark.parametrize("door", DOORS)
def test_staff_without_a_second_factor_set_one_up_first(client, door):
    client.force_login(ModeratorFactory())
    assert client.get(door)["Location"].startswith("/account/2fa/totp/activate/?next=%2Fadmin%2F")


@pytest.mark.parametrize("door", DOORS)
def test_having_a_second_factor_is_not_having_used_it(client, door):
    moderator = ModeratorFactory()
    give_totp(moderator)
    client.force_login(moderator)
    assert client.get(door)["Location"].startswith("/account/2fa/reauthenticate/?next=%2Fadmin%2F")


def test_who_may_not_enter_is_refused_with_a_second_factor_too(client):
    member, without_group = MemberFactory(), StaffFactory()
    moderator_no_longer_staff = ModeratorFactory(is_staff=False)
    for person in (member, without_group, moderator_no_longer_staff):
        sign_in_staff(client, person)
        assert client.get("/admin/").status_code == 403


def test_wagtails_own_doors_lead_staff_to_the_front(client):
    sign_in_staff(client, ModeratorFactory())
    for door in ("/admin/login/", "/admin/password_reset/", "/_util/login/", "/django-admin/", "/admin"):
        assert client.get(door)["Location"] == "/admin/"


def test_a_moderator_signs_in_with_password_and_app_and_lands_in_the_admin(client):
    moderator = ModeratorFactory()
    secret = give_totp(moderator)
    page = client.get(QUEUE)["Location"]
    page = client.post(page, {"login": moderator.email, "password": PASSWORD, "next": QUEUE})["Location"]
    assert client.get(page).status_code == 200
    assert client.post(page, {"code": totp_code(secret)})["Location"] == QUEUE
    assert client.get(QUEUE).status_code == 200


def test_staff_who_signed_in_without_the_app_are_asked_for_its_code_and_brought_back(client):
    moderator = ModeratorFactory()
    secret = give_totp(moderator)
    client.force_login(moderator)
    page = client.get(QUEUE)["Location"]
    assert "Your second factor" in client.get(page).content.decode()
    assert client.post(page, {"code": "000000"}).status_code == 200
    assert client.post(page, {"code": totp_code(secret), "next": QUEUE})["Location"] == QUEUE
    assert client.get(QUEUE).status_code == 200


def test_a_newly_made_member_of_staff_finds_the_way_in(client, mailed_code):
    editor = EditorFactory(password=None)
    client.post("/account/login/", {"login": editor.email})
    client.post("/account/login/code/confirm/", {"code": mailed_code(editor.email)})
    page = client.get("/admin/")["Location"]
    assert "Staff need it to enter the admin." in client.get(page).content.decode()
    secret = client.session["mfa.totp.secret"]
    codes = client.post(page, {"code": totp_code(secret)})["Location"]
    page = client.get(codes)["Location"]
    assert client.post(page, {"code": totp_code(secret), "next": codes})["Location"] == codes
    assert 'href="/admin/"' in client.get(codes).content.decode()
    assert client.get("/admin/").status_code == 200


def test_a_second_factor_that_was_turned_off_opens_nothing(client):
    moderator = ModeratorFactory()
    sign_in_staff(client, moderator)
    assert client.get("/admin/").status_code == 200
    moderator.authenticator_set.all().delete()
    assert client.get("/admin/")["Location"].startswith("/account/2fa/totp/activate/")


def test_a_suspended_moderator_is_a_visitor(client):
    moderator = ModeratorFactory()
    sign_in_staff(client, moderator)
    actions.suspend(moderator, now=timezone.now())
    assert client.get("/admin/")["Location"].startswith("/account/login/")


# --- People waiting ---------------------------------------------------------------------------------------------------


def test_first_stand_vouched_for_people_and_work_addresses_then_the_longest_wait():
    now = timezone.now()
    UserFactory(first_name="Old", date_joined=now - timedelta(days=3))
    UserFactory(first_name="New", date_joined=now - timedelta(days=1))
    UserFactory(first_name="Nurse", email="n@leeds.nhs.uk", date_joined=now - timedelta(hours=2))
    UserFactory(first_name="Vouched", email="v@example.org", date_joined=now - timedelta(hours=1))
    InvitationFactory(email="V@example.org")
    InvitationFactory(email="other@example.org", taken_by=UserFactory(first_name="Taker"))
    UserFactory(first_name="Unconfirmed", address__verified=False)
    UserFactory(first_name="Suspended", suspended_at=now)
    MemberFactory(first_name="Member")
    queue = User.objects.in_queue()
    assert [person.first_name for person in queue] == ["Vouched", "Taker", "Nurse", "Old", "New"]
    assert [person.vouched for person in queue] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("address", "work"),
    [
        ("a@nhs.net", True),
        ("a@trust.nhs.uk", True),
        ("A@LEEDS.GOV.UK", True),
        ("a@gov.scot", True),
        ("a@west.police.uk", True),
        ("a@parliament.uk", True),
        ("a@ox.ac.uk", True),
        ("a@notnhs.uk", False),
        ("a@nhs.uk.example.org", False),
        ("nhs.uk@example.org", False),
    ],
)
def test_what_counts_as_a_work_address(address, work):
    UserFactory(email=address)
    assert User.objects.in_queue().get().work_address is work


def test_the_word_of_a_suspended_member_counts_for_nothing():
    UserFactory(email="v@example.org")
    InvitationFactory(email="v@example.org", invited_by=MemberFactory(suspended_at=timezone.now()))
    assert User.objects.in_queue().get().vouched is False


def test_a_moderator_sees_who_waits_and_why_and_lets_them_in(client, mailbox):
    person = UserFactory(first_name="Asha", email="asha@leeds.gov.uk")
    voucher = MemberFactory(first_name="Vera", last_name="Vouch")
    InvitationFactory(email=person.email.upper(), invited_by=voucher)
    moderator = ModeratorFactory()
    sign_in_staff(client, moderator)
    home = client.get("/admin/").content.decode()
    assert "<strong>1</strong> person waits to be let in" in home
    page = client.get(QUEUE).content.decode()
    assert "A member vouches for them" in page
    assert "Vera Vouch" in page
    assert "somebody who was suspended" not in page
    assert "Work address" in page
    approve = reverse("members_staff:approve_person", args=[person.profile.public_id])
    assert f'action="{approve}"' in page
    assert client.get(approve).status_code == 405
    for _ in range(2):
        assert client.post(approve)["Location"] == QUEUE
    person.refresh_from_db()
    assert (person.is_member, person.approved_by) == (True, moderator)
    assert [(notice.kind, notice.to) for notice in Notice.objects.all()] == [("members.approved", person.email)]
    assert "Nobody waits to be let in." in client.get(QUEUE).content.decode()
    assert "Nobody waits to be let in." in client.get("/admin/").content.decode()


def test_staff_see_that_a_member_has_vouched_for_somebody_who_was_suspended_since(client):
    now = timezone.now()
    voucher, other = MemberFactory(first_name="Vera"), MemberFactory(first_name="Ada")
    InvitationFactory(invited_by=voucher, taken_by=MemberFactory(suspended_at=now))
    InvitationFactory(invited_by=other, taken_by=MemberFactory())
    for by in (voucher, other):
        InvitationFactory(invited_by=by, taken_by=UserFactory())
    sign_in_staff(client, ModeratorFactory())
    said = "has vouched for somebody who was suspended"
    queue = client.get(QUEUE).content.decode()
    assert (queue.count("Vera"), queue.count("Ada"), queue.count(said)) == (1, 1, 1)
    members = client.get("/admin/people/members/").content.decode()
    assert members.count(said.replace("has", "Has")) == 1
    found = client.get("/admin/people/members/?state=regretted").content.decode()
    assert "1 member<" in found
    assert "Vera" in found


def test_an_editor_lets_nobody_in_and_is_not_shown_the_queue(client):
    person = UserFactory()
    sign_in_staff(client, EditorFactory())
    assert QUEUE not in client.get("/admin/").content.decode()
    approve = reverse("members_staff:approve_person", args=[person.profile.public_id])
    # Wagtail sends those home to whom a page of its admin is closed.
    assert (client.get(QUEUE)["Location"], client.post(approve)["Location"]) == ("/admin/", "/admin/")
    person.refresh_from_db()
    assert not person.is_member


def test_the_queue_asks_as_often_for_three_people_as_for_one(client):
    sign_in_staff(client, ModeratorFactory())
    client.get(QUEUE)
    counts = []
    for count in (1, 2):
        UserFactory.create_batch(count)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- Mail -------------------------------------------------------------------------------------------------------------


def test_administrators_see_which_mail_did_not_go_and_not_what_it_says(client):
    now, words = timezone.now(), {"kind": "test", "subject": "Private", "text": "Private"}
    for address in ("sent", "failed", "unknown", "waiting", "busy"):
        outbox.post(**words, to=f"{address}@example.org", now=now)
    Notice.objects.filter(to__startswith="sent").update(state="sent", attempt_count=1)
    Notice.objects.filter(to__startswith="failed").update(state="failed", attempt_count=1, error="550 5.1.1")
    Notice.objects.filter(to__startswith="unknown").update(state="unknown", attempt_count=1)
    Notice.objects.filter(to__startswith="busy").update(attempt_count=2)
    sign_in_staff(client, AdminFactory(first_name="Ada"))
    page = client.get("/admin/mail/").content.decode()
    shown = [name for name in ("sent", "failed", "unknown", "waiting", "busy") if f"{name}@example.org" in page]
    assert shown == ["failed", "unknown", "busy"]
    assert "Failed after 1 attempt" in page
    assert "550 5.1.1" in page
    assert "Private" not in page
    Notice.objects.update(state="sent")
    assert "Every mail went." in client.get("/admin/mail/").content.decode()
    sign_in_staff(client, ModeratorFactory())
    assert client.get("/admin/mail/")["Location"] == "/admin/"


def test_mail_about_a_story_that_did_not_go_names_no_teller(client):
    outbox.post(kind="stories.story_live", subject="Live", text="Live", to="teller@example.org", now=timezone.now())
    Notice.objects.update(state="failed", attempt_count=1, error="550 <teller@example.org> is unknown")
    sign_in_staff(client, AdminFactory())
    page = client.get("/admin/mail/").content.decode()
    assert ("About a story" in page, "Failed after 1 attempt" in page) == (True, True)
    assert ("teller@example.org" in page, "story_live" in page) == (False, False)


# --- Accounts ---------------------------------------------------------------------------------------------------------


def test_nobody_changes_or_deletes_the_account_of_the_teller(client):
    teller = User.objects.teller()
    sign_in_staff(client, AdminFactory())
    addresses = [f"/admin/users/edit/{teller.pk}/", f"/admin/users/delete/{teller.pk}/"]
    addresses.append(f"/admin/bulk/members/user/delete/?id={teller.pk}")
    assert [client.post(address).status_code for address in addresses] == [404, 404, 404]
    assert User.objects.teller() == teller
    assert client.post(f"/admin/bulk/members/user/delete/?id={MemberFactory().pk}").status_code == 302


def test_the_account_page_of_the_admin_takes_no_picture(client):
    moderator = ModeratorFactory()
    sign_in_staff(client, moderator)
    page = client.get("/admin/account/").content.decode()
    assert ("name_email-first_name" in page, 'name="avatar-avatar"' in page) == (True, False)
    picture = BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    picture = SimpleUploadedFile("me.png", picture.getvalue(), "image/png")
    names = {"name_email-first_name": "Maya", "name_email-last_name": "Osei", "theme-theme": "system"}
    more = {"theme-density": "default", "theme-contrast": "system", "theme-keyboard_shortcuts": "on"}
    client.post("/admin/account/", {**names, **more, "avatar-avatar": picture})
    moderator.refresh_from_db()
    assert (moderator.first_name, moderator.wagtail_userprofile.avatar.name) == ("Maya", "")


def test_moderators_and_editors_have_no_hand_in_accounts(client):
    person = MemberFactory()
    for staff in (ModeratorFactory(), EditorFactory()):
        sign_in_staff(client, staff)
        for page in ("/admin/users/", "/admin/users/new/", f"/admin/users/edit/{person.pk}/", "/admin/groups/"):
            assert client.get(page).status_code == 302, page


def test_an_administrator_adds_staff_by_name_and_address(client):
    sign_in_staff(client, AdminFactory())
    assert client.get("/admin/users/new/").status_code == 200
    group = Group.objects.get(name="Moderators")
    data = {"email": "New@example.org", "first_name": "Ben", "is_staff": "on", "groups": [group.pk]}
    response = client.post("/admin/users/new/", data)
    assert response.status_code == 302
    made = User.objects.get(email="new@example.org")
    assert (made.is_staff, made.is_member, made.has_usable_password(), made.is_superuser) == (True, True, False, False)
    assert list(made.groups.all()) == [group]
    assert made.profile.pk
    page = client.post("/admin/users/new/", {**data, "email": "NEW@example.org"}).content.decode()
    assert User.objects.filter(email="new@example.org").count() == 1
    assert "already" in page


def test_an_administrator_edits_and_suspends_but_changes_no_address(client):
    sign_in_staff(client, AdminFactory())
    person = MemberFactory(first_name="Asha")
    page = f"/admin/users/edit/{person.pk}/"
    assert client.get(page).status_code == 200
    data = {"email": "stolen@example.org", "first_name": "Aisha", "is_active": "on", "suspended": "on"}
    client.post(page, data)
    changed = User.objects.get(pk=person.pk)
    assert (changed.email, changed.first_name) == (person.email, "Aisha")
    assert changed.suspended_at is not None
    client.post(page, {**data, "suspended": ""})
    assert User.objects.get(pk=person.pk).is_member


def test_administrators_do_not_shut_themselves_out(client):
    admin = AdminFactory()
    sign_in_staff(client, admin)
    page = f"/admin/users/edit/{admin.pk}/"
    assert 'name="suspended"' not in client.get(page).content.decode()
    client.post(page, {"first_name": "Me", "suspended": "on"})
    admin = User.objects.get(pk=admin.pk)
    assert (admin.first_name, admin.is_staff, admin.is_superuser, admin.suspended_at) == ("Me", True, True, None)


def test_the_list_of_accounts_has_the_people_and_not_the_teller(client):
    sign_in_staff(client, AdminFactory(first_name="Ada"))
    page = client.get("/admin/users/").content.decode()
    assert "Ada" in page
    assert "teller@system.invalid" not in page


def test_the_admins_own_account_page_knows_no_password_and_no_address(client):
    sign_in_staff(client, AdminFactory())
    page = client.get("/admin/account/").content.decode()
    assert 'type="password"' not in page
    assert 'type="email"' not in page


# --- The first administrator ------------------------------------------------------------------------------------------


def test_the_first_administrator_signs_in_with_what_the_command_says(client, capsys, mailed_code):
    call_command("create_first_admin", "Ada@example.org")
    said = capsys.readouterr().out
    assert "http://testserver/account/login/" in said
    admin = User.objects.get(email="ada@example.org")
    assert (admin.is_staff, admin.is_superuser, admin.is_member) == (True, True, True)
    client.post("/account/login/", {"login": "ada@example.org"})
    client.post("/account/login/code/confirm/", {"code": mailed_code("ada@example.org")})
    assert client.get("/admin/")["Location"].startswith("/account/2fa/totp/activate/")


def test_an_account_that_exists_can_become_the_first_administrator():
    person = UserFactory(email="ada@example.org")
    call_command("create_first_admin", "ada@example.org")
    person.refresh_from_db()
    assert (person.is_superuser, person.is_member) == (True, True)


def test_there_is_one_first_administrator_and_the_address_is_one():
    with pytest.raises(CommandError, match="is not an e-mail address"):
        call_command("create_first_admin", "ada")
    call_command("create_first_admin", "ada@example.org")
    with pytest.raises(CommandError, match="There is an administrator already"):
        call_command("create_first_admin", "eve@example.org")
    assert Invitation.objects.count() == 0
