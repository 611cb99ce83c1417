"""Which mails an address still gets after one came back, or after its reader called our mail unwanted."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from members import outbox, suppressing
from members.models import Notice, Suppression
from members.suppressing import Reason
from members.tests.factories import AdminFactory, EditorFactory, MemberFactory, send_mail, sign_in_staff
from members.tests.test_outbox import relay

pytestmark = pytest.mark.django_db

ADDRESS = "wren@example.org"
CODE, NEEDED, WISHED, INVITED = "account.login_code", "stories.word_asked", "stories.story_live", "stories.invitation"


def suppress(reason, address=ADDRESS):
    suppressing.suppress(address, reason=reason, now=timezone.now())


def what_goes(mailbox, kinds, **fields):
    """The kinds that arrive, of one mail each."""
    for kind in kinds:
        outbox.post(kind=kind, subject=kind, text="Words", now=timezone.now(), **fields)
    send_mail()
    return [message["Subject"] for message in mailbox.messages]


@pytest.mark.parametrize(
    ("reason", "goes"),
    [
        (None, [CODE, NEEDED, WISHED, INVITED, "digests.confirm"]),
        (Reason.BOUNCED, [CODE]),
        (Reason.COMPLAINED, [CODE, NEEDED]),
        (Reason.STAFF, [CODE, NEEDED]),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_what_still_goes_to_an_address_that_is_left_alone(mailbox, reason, goes, known):
    member = MemberFactory(email=ADDRESS)
    if reason:
        suppress(reason, "WREN@example.org")
    to = {"member": member} if known else {"to": "Wren@Example.org"}
    assert what_goes(mailbox, [CODE, NEEDED, WISHED, INVITED, "digests.confirm"], **to) == goes


def test_a_secret_code_goes_whatever_its_kind(mailbox):
    suppress(Reason.BOUNCED)
    assert what_goes(mailbox, ["test"], to=ADDRESS, secret=True) == ["test"]


def test_other_addresses_get_everything(mailbox):
    suppress(Reason.BOUNCED, "xwren@example.org")
    suppress(Reason.COMPLAINED, "w_en@example.org")
    assert what_goes(mailbox, [WISHED], to=ADDRESS) == [WISHED]


def test_the_outbox_asks_as_a_mail_goes_and_says_what_became_of_it(mailbox):
    for address in ("bounced@example.org", "complained@example.org"):
        outbox.post(kind=WISHED, subject="Hello", text="Words", to=address, now=timezone.now())
    suppress(Reason.BOUNCED, "bounced@example.org")
    suppress(Reason.COMPLAINED, "complained@example.org")
    send_mail()
    assert mailbox.messages == []
    assert dict(Notice.objects.values_list("to", "state")) == {
        "bounced@example.org": Notice.State.FAILED,
        "complained@example.org": Notice.State.UNWANTED,
    }
    assert "no such mailbox" in Notice.objects.get(to="bounced@example.org").error
    assert Notice.objects.get(to="complained@example.org").text == ""


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("550 5.1.1 No such user here", [(ADDRESS, Reason.BOUNCED)]),
        ("550 5.7.1 We do not like you", []),
        ("450 4.2.2 Mailbox full", []),
    ],
)
def test_a_relay_that_knows_no_such_mailbox_is_asked_once(settings, answer, found):
    with relay(settings, rcpt=answer):
        outbox.post(kind=WISHED, subject="Hello", text="Words", to="Wren@example.org", now=timezone.now())
        send_mail()
    assert list(Suppression.objects.values_list("address", "reason")) == found


@pytest.mark.parametrize(
    ("reasons", "stands"),
    [
        ([Reason.COMPLAINED, Reason.COMPLAINED], Reason.COMPLAINED),
        ([Reason.COMPLAINED, Reason.BOUNCED], Reason.BOUNCED),
        ([Reason.BOUNCED, Reason.COMPLAINED], Reason.BOUNCED),
        ([Reason.STAFF, Reason.COMPLAINED], Reason.STAFF),
    ],
)
def test_one_address_has_one_reason_and_no_mailbox_outweighs_the_others(reasons, stands):
    for reason in reasons:
        suppress(reason, f"  {ADDRESS.upper()} ")
    assert list(Suppression.objects.values_list("address", "reason")) == [(ADDRESS, stands)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Suppression.objects.create(address="WREN@example.org", reason=Reason.STAFF, since=timezone.now())


def test_lifted_the_address_gets_everything_again(mailbox):
    suppress(Reason.BOUNCED)
    assert suppressing.is_suppressed("Wren@example.org")
    suppressing.lift("Wren@example.org")
    suppressing.lift("Wren@example.org")
    assert not suppressing.is_suppressed(ADDRESS)
    assert what_goes(mailbox, [WISHED], to=ADDRESS) == [WISHED]


@pytest.mark.parametrize(("reason", "left"), [(Reason.BOUNCED, False), (Reason.COMPLAINED, True)])
def test_a_code_that_arrived_shows_that_there_is_a_mailbox(client, mailed_code, reason, left):
    MemberFactory(email=ADDRESS)
    suppress(reason)
    client.post(reverse("account_login"), {"login": ADDRESS})
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code(ADDRESS)})
    assert "_auth_user_id" in client.session
    assert suppressing.is_suppressed(ADDRESS) is left


def test_administrators_see_the_addresses_and_let_mail_go_there_again(client):
    suppress(Reason.BOUNCED)
    suppress(Reason.COMPLAINED, "other@example.org")
    sign_in_staff(client, AdminFactory())
    page = client.get(reverse("members_mail")).text
    assert ADDRESS in page
    assert "There is no such mailbox" in page
    assert client.get(reverse("lift_suppression")).status_code == 405
    client.post(reverse("lift_suppression"), {"address": ADDRESS})
    assert list(Suppression.objects.values_list("address", flat=True)) == ["other@example.org"]


def test_an_hour_is_shown_of_none(client):
    """With its hour an address would tell to whom a mail about an unnamed story went."""
    suppressing.suppress(ADDRESS, reason=Reason.BOUNCED, now=timezone.now().replace(2019, 5, 17, 13, 37))
    sign_in_staff(client, AdminFactory())
    page = client.get(reverse("members_mail")).text
    assert "May 2019" in page
    assert "17 May" not in page
    assert "37" not in page.split("Addresses that get no mail")[1].split("</table>")[0]


def test_editors_lift_nothing(client):
    suppress(Reason.STAFF)
    sign_in_staff(client, EditorFactory())
    client.post(reverse("lift_suppression"), {"address": ADDRESS})
    assert suppressing.is_suppressed(ADDRESS)
