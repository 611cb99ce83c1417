"""Every mail of this room, as files in `emails/` that a person can open. `UPDATE_EMAILS=1` writes them anew."""

import os
import re
from pathlib import Path

import pytest
from django.utils import timezone

from members import outbox
from members.models import User
from members.tests.factories import without_tokens
from networks.tests import test_rules_emails

FOLDER = Path(__file__).parent / "emails"
CONTEXT = {
    "group_url": "http://testserver/coalitions/key/",
    "introduction_url": "http://testserver/introductions/key/",
    "conversation_url": "http://testserver/conversations/key/",
    "said": "Hello Asha.\n\nI <really> liked it.",
    "url": "http://testserver/coalitions/key/gatherings/key/",
    "name": "Tea & maps",
    "when": "Thursday 7 January 2027, 12:00 to 14:00 (time in the UK and Ireland)",
    "when_for_them": "Thursday 7 January 2027, 07:00 to 09:00 (time in North America, east)",
}
MAILS = (
    *("coalition_answered", "coalition_asked", "coalition_closed", "coalition_invited"),
    "coalition_taken_down",
    *("how_it_went", "introduction_ended", "introduction_met", "introduction_waits", "message", "message_words"),
    *("gathering_changed", "gathering_new", "gathering_off", "gathering_reminder"),
)


@pytest.mark.django_db
@pytest.mark.parametrize("mail", MAILS)
def test_the_mail_reads_as_it_did_and_the_same_with_and_without_html(mail):
    notice = outbox.compose(
        kind=f"networks.{mail}",
        template=f"networks/{mail}",
        member=User(email="asha@example.org", first_name="Asha", pk=User.objects.teller().pk),
        context=CONTEXT,
        now=timezone.now(),
    )
    text = f"Subject: {notice.subject}\n\n{notice.text}"
    written = {"txt": without_tokens(text), "html": without_tokens(notice.html)}
    for extension, text in written.items():
        path = FOLDER / f"{mail}.{extension}"
        if os.environ.get("UPDATE_EMAILS"):
            path.write_text(text)
        assert path.read_text() == text
    for address in set(re.findall(r'href="([^"]+)"', notice.html)) - {"http://testserver/"}:
        assert address in notice.text
    assert "<img" not in notice.html


def test_no_mail_lies_here_that_nobody_sends():
    mails = (*MAILS, *test_rules_emails.STEPS)
    assert {path.name for path in FOLDER.iterdir()} == {f"{mail}.{kind}" for mail in mails for kind in ("html", "txt")}
