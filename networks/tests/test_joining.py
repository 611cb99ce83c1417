"""Coming into a coalition that is not open, by request and by invitation, and closing one."""

import re
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from members import actions as accounts
from members.models import Connection, Notice
from members.tests.factories import MemberFactory, UserFactory
from networks.actions import coalitions, conversations, joining
from networks.models import BoardNotice, Coalition, CoalitionInvitation, JoinRequest, Membership, Seat
from networks.tests.test_coalitions import as_, gathered, put_up

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def asked_in(coalition, by, **to):
    return joining.invite(coalition, by=by, now=timezone.now(), **to)


def invited_url(invitation):
    return reverse("coalitions:invited", args=[invitation.token])


def is_in(coalition, member):
    return Coalition.objects.joined_by(member).filter(pk=coalition.pk).exists()


def mails(kind):
    return [notice.member for notice in Notice.objects.filter(kind=f"networks.coalition_{kind}").order_by("pk")]


def test_a_member_asks_with_answers_that_convenors_alone_read(client):
    convenor, asker, inside = MemberFactory(), MemberFactory(), MemberFactory()
    coalition = gathered(convenor, joining="request", questions=["What would you bring?", "Since when?"])
    coalitions.let_in(coalition, inside, now=NOW)
    page, requests = (f"/coalitions/{coalition.key}/{name}/" for name in ("ask", "requests"))
    as_(client, asker)
    said = {"answer_0": "Ring me on 07700 900123", "answer_1": "May", "agree": "on"}
    assert "Why can these words stay?" in client.post(page, said).content.decode()
    assert not JoinRequest.objects.exists()
    for _ in range(2):
        client.post(page, said | {"answer_0": "Finchcanary"})
    assert mails("asked") == [convenor]
    assert [as_(client, who).get(requests).status_code for who in (asker, inside)] == [404, 404]
    shown = as_(client, convenor).get(requests).content.decode()
    assert "Finchcanary" in shown
    assert "Since when?" in shown
    client.post(requests, {"request": JoinRequest.objects.get().pk, "answer": "yes"})
    assert is_in(coalition, asker)
    assert Seat.objects.open_to(asker).exists()
    assert mails("answered") == [asker]


def test_after_a_no_nobody_asks_again_for_ninety_days(client):
    convenor, asker = MemberFactory(), MemberFactory()
    coalition = gathered(convenor, joining="request")
    said = {"answers": [], "may_stay": "", "by": asker}
    request = joining.ask(coalition, **said, now=NOW)
    joining.answer(request, "no", by=convenor, now=NOW)
    assert "You can ask again from" in as_(client, asker).get(coalition.get_absolute_url()).content.decode()
    with pytest.raises(coalitions.NotOpen):
        joining.ask(coalition, **said, now=NOW + timedelta(days=89))
    assert joining.ask(coalition, **said, now=NOW + timedelta(days=91)).answer == ""
    assert not is_in(coalition, asker)


def test_a_block_between_the_two_changes_nothing_that_the_asker_sees(client):
    convenor, other, blocked, asker = (MemberFactory() for _ in range(4))
    coalition = gathered(convenor, joining="request")
    accounts.block(blocked, known_as="B", by=convenor, now=NOW)
    seen = []
    for member in (blocked, asker):
        as_(client, member)
        got = client.post(f"/coalitions/{coalition.key}/ask/", {"agree": "on"})
        page = client.get(coalition.get_absolute_url()).content.decode()
        page = re.sub(r'value="[^"]{30,}"', "", page)  # the form's token
        seen.append((got.status_code, page.split("<main")[1].split("</main")[0]))
    assert seen[0] == seen[1]
    assert [one.member for one in JoinRequest.objects.shown_to(convenor)] == [asker]
    assert mails("asked") == [convenor]
    with pytest.raises(coalitions.NotOpen):
        joining.answer(JoinRequest.objects.get(member=blocked), "yes", by=convenor, now=NOW)
    coalitions.let_in(coalition, other, now=NOW)
    coalitions.ask_to_convene(coalition, other, by=convenor, now=NOW)
    assert {one.member for one in JoinRequest.objects.shown_to(other)} == {asker, blocked}


@pytest.mark.parametrize("how", ["invited", "hidden"])
def test_a_link_opens_once_for_whom_it_was_made_and_is_missing_for_all_others(client, how):
    convenor, member, stranger = MemberFactory(), MemberFactory(email="finch@example.org"), MemberFactory()
    coalition = gathered(convenor, joining=how)
    invitation = asked_in(coalition, convenor, email="Finch@example.org")
    assert asked_in(coalition, convenor, email="finch@example.org") is None
    notice = Notice.objects.get(kind="networks.coalition_invited")
    assert (notice.member, notice.caused_by, notice.to) == (member, convenor, "finch@example.org")
    for name in ("Larkcanary", "discharge", str(convenor)):
        assert name not in notice.subject + notice.text + notice.html
    page = invited_url(invitation)
    forwarded = as_(client, stranger).get(page)
    missing = client.get(reverse("coalitions:invited", args=["nosuchtoken"]))
    assert forwarded.status_code == missing.status_code == 404
    assert forwarded.content.replace(invitation.token.encode(), b"nosuchtoken") == missing.content
    assert not Coalition.objects.visible_to(stranger).exists()
    assert as_(client, UserFactory(email="waiting@example.org")).get(page).status_code == 404
    assert "Open the invitation" in as_(client, member).get(coalition.get_absolute_url()).content.decode()
    client.post(page, {})
    assert not is_in(coalition, member)
    assert client.post(page, {"agree": "on"}).status_code == 302
    assert is_in(coalition, member)
    assert client.get(page).status_code == 404
    assert CoalitionInvitation.objects.get().email == ""


@pytest.mark.parametrize("end", ["old", "taken back", "closed", "blocked", "left"])
def test_an_invitation_that_ended_shows_nothing(client, end):
    convenor, member = MemberFactory(), MemberFactory()
    coalition = gathered(convenor, joining="hidden")
    invitation = asked_in(coalition, convenor, member=member)
    assert list(Coalition.objects.visible_to(member)) == [coalition]
    if end == "old":
        CoalitionInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif end == "taken back":
        joining.take_back(invitation, by=convenor, now=NOW)
    elif end == "closed":
        coalitions.close(coalition, by=convenor, now=NOW)
    elif end == "blocked":
        accounts.block(convenor, known_as="C", by=member, now=NOW)
    else:
        type(convenor).objects.filter(pk=convenor.pk).update(is_active=False)
    assert not Coalition.objects.visible_to(member).exists()
    assert as_(client, member).get(invited_url(invitation)).status_code == 404
    with pytest.raises(coalitions.NotOpen):
        joining.accept(invitation, by=member, now=timezone.now())


def test_a_convenor_lets_back_in_whom_one_removed_and_nobody_else_invites(client):
    convenor, member, friend = MemberFactory(), MemberFactory(), MemberFactory()
    coalition = gathered(convenor)
    coalitions.join(coalition, by=member, now=NOW)
    with pytest.raises(coalitions.NotOpen):
        asked_in(coalition, member, member=friend)
    assert as_(client, member).get(f"/coalitions/{coalition.key}/invite/").status_code == 404
    Connection.objects.connect(convenor, friend, now=NOW)
    coalitions.remove(coalition, member, by=convenor, now=NOW)
    page = f"/coalitions/{coalition.key}/invite/"
    as_(client, convenor)
    for one in (member, friend):
        client.post(page, {"known": one.profile.public_id, "email": ""})
    assert {one.member for one in CoalitionInvitation.objects.all()} == {member, friend}
    joining.accept(CoalitionInvitation.objects.get(member=member), by=member, now=timezone.now())
    assert Membership.objects.get(member=member).removed_at is None


def test_a_closed_group_is_read_by_its_members_and_gone_for_all_others(client):
    convenor, member, outside = MemberFactory(), MemberFactory(), MemberFactory()
    coalition = gathered(convenor)
    coalitions.join(coalition, by=member, now=NOW)
    put_up(coalition, member)
    page = f"/coalitions/{coalition.key}/"
    assert as_(client, member).get(page + "close/").status_code == 404
    as_(client, convenor).post(page + "close/")
    assert mails("closed") == [member]
    for who, status in ((member, 200), (outside, 404)):
        assert [as_(client, who).get(page + part).status_code for part in ("", "notices/")] == [status] * 2
    for name in ("ask/", "invite/", "requests/", "join/", "close/"):
        assert as_(client, convenor).get(page + name).status_code == 404
    as_(client, member)
    assert "Wrencanary" in client.get(page + "notices/").content.decode()
    client.post(page + "notices/", {"text": "Too late", "form_key": "z"})
    assert BoardNotice.objects.count() == 1
    with pytest.raises(conversations.Closed):
        conversations.say(coalition.conversation, text="Too late", by=member, now=NOW, form_key="z")
    assert "This conversation is closed" in client.get(coalition.conversation.get_absolute_url()).content.decode()
    assert "Larkcanary" in client.get("/coalitions/").content.decode()
    Coalition.objects.update(closed_at=timezone.now() - timedelta(days=31))
    assert "Larkcanary" not in client.get("/coalitions/").content.decode()
    assert client.get(page).status_code == 200


def at_once(*acts):
    done = []

    def run(act):
        try:
            act()
            done.append(act)
        except coalitions.NotOpen:
            pass
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)


@pytest.mark.django_db(transaction=True)
def test_at_once_a_link_is_used_once_a_no_stands_and_nobody_is_left_half_in():
    convenor, member, asker = MemberFactory(), MemberFactory(), MemberFactory()
    coalition, now = gathered(convenor, joining="request"), timezone.now()
    invitation = asked_in(coalition, convenor, member=member)
    assert at_once(*[lambda: joining.accept(invitation, by=member, now=now)] * 3) == 1
    assert Membership.objects.filter(member=member, left_at=None).count() == 1

    # Two answers at once: one counts, and being in or out agrees with it.
    request = joining.ask(coalition, answers=[], may_stay="", by=asker, now=now)
    both = [lambda said=said: joining.answer(request, said, by=convenor, now=now) for said in ("yes", "no")]
    assert at_once(*both) == 1
    assert is_in(coalition, asker) == (JoinRequest.objects.get().answer == "yes")

    # Removed while coming in again by an invitation: the invitation ends with the removal, whichever came first.
    coalitions.remove(coalition, member, by=convenor, now=now)
    again = asked_in(coalition, convenor, member=member)
    at_once(
        lambda: joining.accept(again, by=member, now=now),
        lambda: coalitions.remove(coalition, member, by=convenor, now=now),
    )
    assert is_in(coalition, member) == Seat.objects.open_to(member).exists()

    # The convenor leaves while somebody is let in: all of it happened, or none.
    at_once(
        lambda: asked_in(coalition, convenor, email="new@example.org"),
        lambda: coalitions.leave(coalition, by=convenor, now=now),
    )
    assert not is_in(coalition, convenor)
    assert not Seat.objects.open_to(convenor).exists()
