"""Lines of docs/safety-leaks.md that no room could hold alone, and whether it and safety-faults.md are true."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from members.tests.factories import MemberFactory, send_mail
from systemschange.tests import sweep

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
NAMED = re.compile(r"`([\w/]*test_\w+\.py)(?:::(test_\w+))?`")
# A part of the sitemap; allauth's pages of a member's own passkeys, missing for everybody else; and Wagtail's page
# behind a password, of which this site has none.
COUNTED = {
    "account/2fa/webauthn/keys/<int:pk>/edit/",
    "account/2fa/webauthn/keys/<int:pk>/remove/",
    "sitemap-stories-<int:number>.xml",
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
}


@pytest.mark.parametrize(("page", "count"), [("safety-leaks.md", 40), ("safety-faults.md", 30)])
def test_each_test_that_the_list_names_is_there(page, count):
    root = Path(settings.BASE_DIR)
    named = NAMED.findall((root / "docs" / page).read_text())
    files = {path: root / path if "/" in path else HERE / path for path, _ in named}
    gone = [f"{path}::{test}" for path, test in named if f"def {test}" not in files[path].read_text()]
    assert len(named) > count
    assert gone == []


def test_no_address_counts_what_is_here():
    """Staff's addresses below /admin/ are Wagtail's; no reader ever meets them."""
    ours = {path for _, path in sweep.patterns() if not path.startswith("admin/")}
    assert {path for path in ours if "<int:" in path or r"\d" in path} == COUNTED


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example"])
def test_a_host_that_is_not_ours_is_answered_nothing(host):
    MemberFactory(email="sam@example.org")
    answer = Client().post(reverse("account_reset_password"), {"email": "sam@example.org"}, headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_links_in_mails_lead_to_the_site_whatever_host_was_asked(mailbox):
    client = Client()
    client.force_login(MemberFactory())
    vouch = {"email": "new@example.org"}
    answer = client.post(
        reverse("members:vouch"), vouch, headers={"host": "localhost", "x-forwarded-host": "evil.example"}
    )
    assert answer.status_code == 302
    send_mail()
    said = sweep.said_by_mail(mailbox.to("new@example.org")[0])
    assert set(re.findall(r"https?://([^/\s\"<>]+)", said)) == {"testserver"}
