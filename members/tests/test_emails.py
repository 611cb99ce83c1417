"""Every mail of this room, as files in `emails/` that a person can open. `UPDATE_EMAILS=1` writes them anew."""

import os
import re
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template
from django.utils import timezone

from members import outbox
from members.models import User

FOLDER = Path(__file__).parent / "emails"
ROOT = Path(allauth.__file__).parent / "templates"
# Links instead of codes: not in use here.
NOT_OURS = {"account/email_confirm", "account/password_reset_key"}
OURS = {
    "account/password_reset_code",
    "members/approved",
    "members/closed",
    "members/copy_ready",
    "members/invitation",
    "members/link",
    "members/merged",
    "members/merged_away",
}
THEIRS = {
    f"{path.parts[-3]}/{path.name.removesuffix('_subject.txt')}"
    for room in ("account", "mfa", "socialaccount")
    for path in (ROOT / room / "email").glob("*_subject.txt")
}
CONTEXT = {
    "code": "123456",
    "link": "http://testserver/account/invitation/token/",
    "login_url": "http://testserver/account/login/",
    "signup_url": "http://testserver/account/signup/",
    "account_url": "http://testserver/account/",
    "deleted_email": "old@example.org",
    "provider": {"name": "Leeds Council"},
    "ip": "192.0.2.1",
    "user_agent": "<script>alert(1)</script>",
}
MAILS = sorted((THEIRS | OURS) - NOT_OURS)


@pytest.mark.django_db
@pytest.mark.parametrize("mail", MAILS)
def test_the_mail_reads_as_it_did(mail):
    notice = outbox.compose(
        kind=mail,
        template=mail,
        member=User(email="asha@example.org", first_name="Asha", pk=User.objects.teller().pk),
        context=CONTEXT,
        now=timezone.now(),
    )
    written = {"txt": f"Subject: {notice.subject}\n\n{notice.text}", "html": notice.html}
    for extension, text in written.items():
        path = FOLDER / f"{mail.replace('/', '-')}.{extension}"
        if os.environ.get("UPDATE_EMAILS"):
            path.write_text(text)
        assert path.read_text() == text


@pytest.mark.parametrize("mail", MAILS)
def test_a_mail_says_the_same_with_and_without_html_and_asks_for_no_picture(mail):
    room, name = mail.split("/")
    context = {"site_url": "http://testserver", "site_name": "Systems Change", **CONTEXT}
    html, text = (get_template(f"{room}/email/{name}.{extension}").render(context) for extension in ("html", "txt"))
    for address in set(re.findall(r'href="([^"]+)"', html)) - {"http://testserver/"}:
        assert address.startswith("http://testserver")
        assert address in text
    assert "<img" not in html
    assert "script" not in html


def test_no_mail_lies_here_that_nobody_sends():
    files = {f"{mail.replace('/', '-')}.{extension}" for mail in MAILS for extension in ("html", "txt")}
    assert {path.name for path in FOLDER.iterdir()} == files
