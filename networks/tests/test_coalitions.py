"""Coalitions: who learns of one, who reads inside, and what happens at once."""

from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members import actions as accounts
from members.tests.factories import MemberFactory, ModeratorFactory, UserFactory
from networks.actions import coalitions as actions
from networks.models import BoardNotice, Coalition, Membership, Seat

pytestmark = pytest.mark.django_db


def gathered(by, **fields):
    coalition = Coalition(name="Larkcanary", purpose="One door for discharge", **fields)
    return actions.gather(coalition, boundaries=[], places=[], by=by, now=timezone.now())


def put_up(coalition, by, text="Wrencanary", key="one"):
    return actions.put_up(coalition, text=text, may_stay="", form_key=key, by=by, now=timezone.now())


def as_(client, user):
    client.logout()
    if user:
        client.force_login(user)
    return client


def test_that_somebody_is_in_no_group_is_known_until_they_join_and_again_once_they_left(client):
    """Rights leave groups out where it is known (`members.ties`)."""
    coalition, member = gathered(MemberFactory()), MemberFactory()
    client.force_login(member)

    def is_known():
        return client.get("/account/").wsgi_request.user.is_in_no_group

    known = [is_known()]
    actions.join(coalition, by=member, now=timezone.now())
    known.append(is_known())
    actions.leave(coalition, by=member, now=timezone.now())
    assert [*known, is_known()] == [True, False, True]


PAGES = ("", "join/", "leave/", "notices/", "members/")


def test_states_and_actors(client):
    convenor, inside, outside = MemberFactory(), MemberFactory(), MemberFactory()
    coalition = gathered(convenor)
    actions.join(coalition, by=inside, now=timezone.now())
    put_up(coalition, inside)
    actors = {"in": inside, "out": outside, "moderator": ModeratorFactory(), "waiting": UserFactory()}
    seen = {"in": {"", "leave/", "notices/", "members/"}, "out": {"", "join/"}, "moderator": {"", "join/"}}
    for joining in ("open", "request", "invited", "hidden"):
        Coalition.objects.update(joining=joining)
        for actor, user in actors.items():
            allowed = set(seen.get(actor, ()))
            if joining != "open":
                allowed.discard("join/")
            elif actor == "in":
                allowed.add("join/")
            if joining in ("invited", "hidden") and actor != "in":
                allowed = set()
            as_(client, user)
            got = {page for page in PAGES if client.get(f"/coalitions/{coalition.key}/{page}").status_code == 200}
            assert got == allowed, (joining, actor)
            listed = client.get("/coalitions/").content.decode()
            assert ("Larkcanary" in listed) == bool(allowed), (joining, actor)
            assert BoardNotice.objects.visible_to(user).exists() == (actor == "in")
    assert as_(client, None).get(f"/coalitions/{coalition.key}/").status_code == 302


def test_a_hidden_one_looks_as_if_it_were_missing(client):
    coalition = gathered(MemberFactory(), joining="hidden")
    client.force_login(MemberFactory())
    for page in PAGES:
        hidden, missing = (client.get(f"/coalitions/{key}/{page}") for key in (coalition.key, "nosuchcoalition1"))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content.replace(coalition.key.encode(), b"") == missing.content.replace(b"nosuchcoalition1", b"")


def test_joining_takes_a_tick(client):
    coalition, member = gathered(MemberFactory()), MemberFactory()
    client.force_login(member)
    client.post(f"/coalitions/{coalition.key}/join/", {})
    assert not Coalition.objects.joined_by(member).exists()
    client.post(f"/coalitions/{coalition.key}/join/", {"agree": "on"})
    assert Coalition.objects.joined_by(member).exists()
    assert Seat.objects.open_to(member).filter(conversation=coalition.conversation).exists()


def test_whoever_is_removed_reads_nothing_and_cannot_come_back(client):
    convenor, member = MemberFactory(), MemberFactory()
    coalition = gathered(convenor)
    theirs = actions.join(coalition, by=member, now=timezone.now())
    put_up(coalition, convenor)
    client.force_login(convenor)
    client.post(f"/coalitions/{coalition.key}/members/", {"membership": theirs.pk, "do": "remove"})
    assert not BoardNotice.objects.visible_to(member).exists()
    assert not Seat.objects.open_to(member).exists()
    with pytest.raises(actions.NotOpen):
        actions.join(coalition, by=member, now=timezone.now())
    with pytest.raises(actions.NotOpen):
        put_up(coalition, member, key="two")


def test_a_convenor_is_asked_before_somebody_is_removed_and_a_member_is_not(client):
    convenor, member, other = MemberFactory(), MemberFactory(), MemberFactory()
    coalition = gathered(convenor)
    for one in (member, other):
        theirs = actions.join(coalition, by=one, now=timezone.now())
    page, ask = f"/coalitions/{coalition.key}/members/", {"membership": theirs.pk, "do": "ask"}
    assert "Let them stay" in as_(client, convenor).post(page, ask).content.decode()
    assert as_(client, member).post(page, ask).status_code == 302
    assert Coalition.objects.joined_by(other).exists()


def test_a_convenor_steps_down_and_stays_unless_they_are_the_last(client):
    convenor, member = MemberFactory(), MemberFactory()
    coalition = gathered(convenor)
    actions.join(coalition, by=member, now=timezone.now())
    page = f"/coalitions/{coalition.key}/members/"
    own = Membership.objects.get(member=convenor)
    as_(client, convenor).post(page, {"membership": own.pk, "do": "step_down"})
    assert Membership.objects.convenors().get().member == convenor
    actions.ask_to_convene(coalition, member, by=convenor, now=timezone.now())
    assert "Convene no longer" in client.get(page).content.decode()
    client.post(page, {"membership": own.pk, "do": "step_down"})
    assert Membership.objects.convenors().get().member == member
    assert Coalition.objects.joined_by(convenor).exists()


def test_nobody_but_a_convenor_removes(client):
    convenor, one, other = MemberFactory(), MemberFactory(), MemberFactory()
    coalition = gathered(convenor)
    for member in (one, other):
        actions.join(coalition, by=member, now=timezone.now())
    for target in (other, convenor):
        with pytest.raises(actions.NotOpen):
            actions.remove(coalition, target, by=one, now=timezone.now())


def test_the_last_convenor_leaves_and_a_member_convenes(client):
    convenor, member = MemberFactory(), MemberFactory()
    coalition = gathered(convenor)
    actions.join(coalition, by=member, now=timezone.now())
    with pytest.raises(actions.NotOpen):
        actions.convene(coalition, by=member, now=timezone.now())
    actions.leave(coalition, by=convenor, now=timezone.now())
    client.force_login(member)
    assert "Be its convenor" in client.get(coalition.get_absolute_url()).content.decode()
    client.post(f"/coalitions/{coalition.key}/convene/")
    assert Membership.objects.convenors().get().member == member


def test_words_that_name_somebody_stop_until_they_are_answered_for(client):
    convenor = MemberFactory()
    coalition = gathered(convenor)
    client.force_login(convenor)
    page = f"/coalitions/{coalition.key}/notices/"
    client.post(page, {"text": "Ring me on 07700 900123", "form_key": "a"})
    assert not BoardNotice.objects.exists()
    for _ in range(2):
        client.post(page, {"text": "Tea at four", "form_key": "b"})
    assert BoardNotice.objects.get().text == "Tea at four"


def test_a_block_leaves_both_in_and_their_notices_out_for_each_other():
    one, other, third = MemberFactory(), MemberFactory(), MemberFactory()
    coalition = gathered(one)
    for member in (other, third):
        actions.join(coalition, by=member, now=timezone.now())
    for member in (one, other, third):
        put_up(coalition, member)
    accounts.block(other, known_as="Other", by=one, now=timezone.now())
    read = {who: {notice.author for notice in BoardNotice.objects.visible_to(who)} for who in (one, other, third)}
    assert read == {one: {one, third}, other: {other, third}, third: {one, other, third}}
    shown = Membership.objects.shown_to(one)
    assert not shown.filter(member=other).exists()
    assert Coalition.objects.joined_by(other).exists()


def test_pages_cost_the_same_for_one_and_three(client):
    convenor = MemberFactory()
    coalition = gathered(convenor)
    client.force_login(convenor)
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            member = MemberFactory()
            actions.join(coalition, by=member, now=timezone.now())
            put_up(coalition, member, key=str(number))
            gathered(member)
        counts.append(
            [queries(client, page) for page in ("", f"{coalition.key}/notices/", f"{coalition.key}/members/")]
        )
    assert counts[0] == counts[1]


def queries(client, page):
    client.get(f"/coalitions/{page}")
    with CaptureQueriesContext(connection) as caught:
        assert client.get(f"/coalitions/{page}").status_code == 200
    return len(caught)


@pytest.mark.django_db(transaction=True)
def test_whoever_joins_while_being_removed_is_not_left_half_in():
    convenor, member = MemberFactory(), MemberFactory()
    coalition = gathered(convenor)
    actions.join(coalition, by=member, now=timezone.now())

    def run(act):
        try:
            act()
        except actions.NotOpen:
            pass
        finally:
            connection.close()

    now = timezone.now()
    acts = [lambda: actions.remove(coalition, member, by=convenor, now=now)]
    acts += [lambda: actions.join(coalition, by=member, now=now)] * 3
    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not Coalition.objects.joined_by(member).exists()
    assert not Seat.objects.open_to(member).exists()
