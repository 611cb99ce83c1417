"""What closing an account does in the tables of libraries, and to the mail that says so."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry, UploadedFile
from wagtail.users.models import UserProfile

from members import actions, outbox
from members.models import DataCopy, Erasure, Notice, User
from members.models.photo import files_in
from members.privacy import copying, ledger
from members.tests.factories import AdminFactory, InvitationFactory, MemberFactory, send_mail

pytestmark = pytest.mark.django_db


def close(member):
    actions.close(member, kept=(), now=timezone.now())


def session(**held):
    store = SessionStore()
    store.update(held)
    store.create()
    return store.session_key


def test_every_session_that_knows_the_account_ends_and_no_other():
    member = MemberFactory(email="wren@example.org")
    theirs = [
        session(_auth_user_id=str(member.pk)),
        session(account_login={"user_pk": str(member.pk)}),
        session(account_login={"state": {"initiated_for": "WREN@example.org"}}),
    ]
    other = session(_auth_user_id=str(member.pk + 1), methods=[{"id": member.pk, "method": "mfa"}])
    close(member)
    left = set(Session.objects.values_list("session_key", flat=True))
    assert other in left
    assert left.isdisjoint(theirs)


def test_pages_that_staff_wrote_stay_and_no_version_knows_by_whom():
    editor = AdminFactory(first_name="Wren")
    page = Page.objects.get(depth=2).specific
    page.owner = page.locked_by = editor
    page.save()
    version = page.save_revision(user=editor, log_action=True)
    content = version.content | {"wagtail_admin_comments": [{"user": editor.pk, "text": "Mine."}, {"user": 0}]}
    type(version).objects.filter(pk=version.pk).update(content=content)
    log(instance=editor, action="wagtail.edit", user=editor)
    editor.is_staff = editor.is_superuser = False
    editor.save()
    close(editor)
    page.refresh_from_db()
    version.refresh_from_db()
    assert (page.owner, page.locked_by, version.user) == (None, None, None)
    assert (version.content["owner"], version.content["locked_by"]) == (None, None)
    assert version.content["wagtail_admin_comments"] == [{"user": 0}]
    assert set(PageLogEntry.objects.values_list("user", flat=True)) == {None}
    assert not ModelLogEntry.objects.filter(label__contains="Wren").exists()


def test_files_that_were_kept_for_them_go(django_capture_on_commit_callbacks):
    member = MemberFactory()
    upload = UploadedFile(uploaded_by_user=member)
    upload.file.save("a.txt", ContentFile(b"theirs"))
    settings = UserProfile.get_for_user(member)
    settings.avatar.save("me.png", ContentFile(b"theirs"))
    actions.ask_for_copy(member, now=timezone.now())
    copying.make_all()
    kept = [(one.storage, one.name) for one in (upload.file, settings.avatar, DataCopy.objects.get().file)]
    assert all(storage.exists(name) for storage, name in kept)
    with django_capture_on_commit_callbacks(execute=True):
        close(member)
    assert [name for storage, name in kept if storage.exists(name)] == []


@pytest.mark.parametrize("relay_knows_them", [True, False])
def test_the_last_mail_leaves_no_row_behind(mailbox, relay_knows_them):
    member = MemberFactory()
    InvitationFactory(email=member.email)
    outbox.post(kind="account.login_code", subject="A", text="A", to=member.email.upper(), now=timezone.now())
    close(member)
    assert [notice.kind for notice in Notice.objects.filter(to__iexact=member.email)] == ["members.closed"]
    if relay_knows_them:
        send_mail()
        assert [message["Subject"] for message in mailbox.to(member.email)] == ["Your account is closed"]
    else:
        Notice.objects.get().mark_failed("550 unknown")
    assert not Notice.objects.exists()
    assert not member.invitations.model.objects.exists()


def test_a_line_of_the_ledger_is_a_file_too_and_names_nobody(django_capture_on_commit_callbacks):
    member = MemberFactory(email="wren@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        close(member)
    line = Erasure.objects.get()
    assert f"erasures/{line.account}.json" in files_in("erasures")
    assert "wren" not in f"{line.account} {line.addresses} {line.kept}"
    Erasure.objects.all().delete()
    ledger.read_files()
    again = Erasure.objects.get(account=line.account)
    assert (again.addresses, again.erased_at) == (line.addresses, line.erased_at)
    assert not User.objects.filter(email="wren@example.org").exists()
