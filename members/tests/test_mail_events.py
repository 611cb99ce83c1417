"""What a mail provider tells of its mails: believed once, in any order, and only from whoever knows the secret."""

import base64
import hashlib
import hmac
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from members import suppressing, tasks
from members.models import MailEvent, Suppression
from members.suppressing import Reason

pytestmark = pytest.mark.django_db

SECRET = "events:a-long-secret"
ADDRESS = "wren@example.org"
BOUNCE = {
    "RecordType": "Bounce",
    "ID": 4323372036854775807,
    "Type": "HardBounce",
    "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
    "Email": "Wren@Example.org",
    "BouncedAt": "2030-01-10T07:31:00Z",
}
COMPLAINT = {**BOUNCE, "RecordType": "SpamComplaint", "Type": "SpamComplaint", "ID": 42}
DELIVERED = {"RecordType": "Delivery", "MessageID": "1", "Recipient": ADDRESS, "DeliveredAt": "2030-01-10T07:31:00Z"}


@pytest.fixture(autouse=True)
def _postmark(settings):
    settings.MAIL_EVENTS_PROVIDER, settings.MAIL_EVENTS_SECRET = "postmark", SECRET


def basic(secret=SECRET):
    return {"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def tell(said, *, provider="postmark", headers=None, client=None):
    """As the provider posts it: without a cookie or a token of ours."""
    client = client or Client(enforce_csrf_checks=True)
    body = said if isinstance(said, (str, bytes)) else json.dumps(said)
    headers = basic() if headers is None else headers
    return client.post(f"/mail-events/{provider}/", body, content_type="application/json", headers=headers)


def left_alone():
    return list(Suppression.objects.values_list("address", "reason"))


def test_a_hard_bounce_leaves_the_address_alone_however_often_it_is_told():
    for _ in range(3):
        response = tell(BOUNCE)
        assert (response.status_code, response.cookies) == (200, {})
    assert left_alone() == [(ADDRESS, Reason.BOUNCED)]
    event = MailEvent.objects.get()
    assert (event.provider, event.kind, event.address) == ("postmark", "bounced", ADDRESS)
    assert event.message_id == BOUNCE["MessageID"]
    assert event.happened_at.isoformat() == "2030-01-10T07:31:00+00:00"


def test_told_again_after_staff_let_mail_go_there_it_stops_nothing():
    tell(BOUNCE)
    suppressing.lift(ADDRESS)
    tell(BOUNCE)
    assert left_alone() == []
    tell({**BOUNCE, "ID": 7})
    assert left_alone() == [(ADDRESS, Reason.BOUNCED)]


def test_what_was_told_goes_after_a_month_and_what_it_stopped_stays():
    tell(BOUNCE)
    MailEvent.objects.update(taken_at=timezone.now() - timedelta(days=29))
    tasks.clear_mail_events()
    assert MailEvent.objects.exists()
    MailEvent.objects.update(taken_at=timezone.now() - timedelta(days=31))
    tasks.clear_mail_events()
    assert not MailEvent.objects.exists()
    assert left_alone() == [(ADDRESS, Reason.BOUNCED)]


def test_a_moment_without_a_zone_is_meant_in_utc():
    tell({**BOUNCE, "BouncedAt": "2030-07-10T07:31:00"})
    assert MailEvent.objects.get().happened_at.isoformat() == "2030-07-10T07:31:00+00:00"


@pytest.mark.django_db(transaction=True)
def test_told_at_the_same_moment_it_is_one_event():
    def told(_):
        try:
            return tell(BOUNCE).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as posting:
        assert set(posting.map(told, range(8))) == {200}
    assert MailEvent.objects.count() == Suppression.objects.count() == 1


def test_a_complaint_leaves_the_address_alone():
    assert tell(COMPLAINT).status_code == 200
    assert left_alone() == [(ADDRESS, Reason.COMPLAINED)]


def test_the_same_number_for_another_address_or_another_thing_is_another_event():
    for said in (BOUNCE, {**BOUNCE, "Email": "other@example.org"}, {**COMPLAINT, "ID": BOUNCE["ID"]}):
        tell(said)
    assert MailEvent.objects.count() == 3


@pytest.mark.parametrize(
    "said",
    [
        DELIVERED,
        {**BOUNCE, "Type": "SoftBounce"},
        {**BOUNCE, "Type": "Transient"},
        {**BOUNCE, "Type": "DnsError"},
        {**BOUNCE, "Type": "Blocked"},
    ],
)
def test_what_may_pass_is_noted_and_stops_no_mail(said):
    assert tell(said).status_code == 200
    assert MailEvent.objects.count() == 1
    assert left_alone() == []


@pytest.mark.parametrize("kind", ["Open", "Click"])
def test_who_opened_what_is_not_kept(kind):
    """We do not ask providers to track; where one does, it is dropped here."""
    assert tell({"RecordType": kind, "MessageID": "1", "Recipient": ADDRESS}).status_code == 200
    assert not MailEvent.objects.exists()


@pytest.mark.parametrize("address", ["", None, "no address", f"{'a' * 300}@example.org", "a\x00b@example.org"])
def test_what_is_about_no_address_changes_nothing(address):
    assert tell({**BOUNCE, "Email": address}).status_code == 200
    assert not MailEvent.objects.exists()
    assert left_alone() == []


@pytest.mark.parametrize(
    "headers", [{}, basic("events:wrong"), basic(""), {"authorization": "Bearer x"}, {"authorization": "Basic ///"}]
)
def test_whoever_does_not_know_the_secret_changes_nothing(headers):
    assert tell(BOUNCE, headers=headers).status_code == 400
    assert not MailEvent.objects.exists()
    assert left_alone() == []


@pytest.mark.parametrize(
    "said",
    ["", "{", "[]", "null", "7", '"words"', b"\xff\xfe", "[" * 5000, {"RecordType": {}}, {**BOUNCE, "BouncedAt": 7}],
)
def test_what_is_malformed_changes_nothing(said):
    assert tell(said).status_code == 400
    assert not MailEvent.objects.exists()
    assert left_alone() == []


@pytest.mark.parametrize(
    ("provider", "secret"), [("postmark", ""), ("", SECRET), ("mailgun", SECRET), ("nobody", SECRET)]
)
def test_where_it_is_not_set_up_there_is_nothing(settings, provider, secret):
    settings.MAIL_EVENTS_PROVIDER, settings.MAIL_EVENTS_SECRET = provider, secret
    assert tell(BOUNCE).status_code == 404
    assert left_alone() == []


def test_whoever_looks_finds_nothing_and_a_provider_that_knocks_is_heard(client):
    assert client.get("/mail-events/postmark/").status_code == 404
    assert client.put("/mail-events/postmark/").status_code == 404
    assert client.head("/mail-events/postmark/").status_code == 200
    assert client.head("/mail-events/brevo/").status_code == 404


# --- The providers ----------------------------------------------------------------------------------------------------


def bounce_of(provider, *, for_good):
    """A bounce as this provider tells it."""
    sns = {
        "Type": "Notification",
        "MessageId": "sns",
        "Timestamp": "2030-01-10T07:31:00Z",
        "Message": json.dumps(
            {
                "eventType": "Bounce",
                "mail": {"messageId": "1", "destination": [ADDRESS]},
                "bounce": {
                    "bounceType": "Permanent" if for_good else "Transient",
                    "bounceSubType": "General",
                    "bouncedRecipients": [{"emailAddress": ADDRESS}],
                },
            }
        ),
    }
    sparkpost = {"type": "bounce", "event_id": "1", "bounce_class": "10" if for_good else "22", "raw_rcpt_to": ADDRESS}
    kind = "hard" if for_good else "soft"
    return {
        "amazon_ses": sns,
        "brevo": {"event": f"{kind}_bounce", "email": ADDRESS, "ts_epoch": 1894000000000},
        "mailjet": {"event": "bounce", "email": ADDRESS, "hard_bounce": for_good, "error": "user unknown", "time": 1},
        "sparkpost": [{"msys": {"message_event": sparkpost}}],
    }[provider]


@pytest.mark.parametrize("provider", ["amazon_ses", "brevo", "mailjet", "sparkpost"])
@pytest.mark.parametrize("for_good", [True, False])
def test_each_provider_says_in_its_own_way_that_a_mailbox_is_missing(settings, provider, for_good):
    settings.MAIL_EVENTS_PROVIDER = provider
    headers = basic() | {"x-amz-sns-message-type": "Notification", "x-amz-sns-message-id": "sns"}
    response = tell(bounce_of(provider, for_good=for_good), provider=provider, headers=headers)
    assert response.status_code == 200
    assert MailEvent.objects.get().provider == provider
    assert left_alone() == ([(ADDRESS, Reason.BOUNCED)] if for_good else [])


def signed(key, *, severity="permanent"):
    signature = hmac.new(key.encode(), b"1894000000token", hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": "1894000000", "token": "token", "signature": signature},
        "event-data": {
            "event": "failed",
            "severity": severity,
            "reason": "bounce",
            "recipient": ADDRESS,
            "timestamp": 1894000000,
            "id": "1",
        },
    }


def test_a_signature_is_the_proof_where_the_provider_signs(settings):
    settings.MAIL_EVENTS_PROVIDER, settings.MAIL_EVENTS_SECRET = "mailgun", "the-key"
    assert tell(signed("another-key"), provider="mailgun").status_code == 400
    assert tell(signed("the-key", severity="temporary"), provider="mailgun").status_code == 200
    assert left_alone() == []
    assert tell(signed("the-key"), provider="mailgun").status_code == 200
    assert left_alone() == [(ADDRESS, Reason.BOUNCED)]
