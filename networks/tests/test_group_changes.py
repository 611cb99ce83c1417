"""A group says something else of itself, a request is taken back, a moderator ends a group; and who goes at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Notice
from members.tests.factories import MemberFactory
from networks.actions import coalitions, conversations, joining
from networks.models import BoardNotice, Coalition, JoinRequest, Membership, Seat
from networks.tests.test_at_once import at_once
from networks.tests.test_coalitions import as_, gathered
from practices.models import Boundary, Place

pytestmark = pytest.mark.django_db


def test_a_convenor_changes_what_a_group_says_and_its_members_read_once_what_is_different(client):
    convenor, member = MemberFactory(), MemberFactory()
    coalition = gathered(convenor, joining="hidden")
    coalitions.let_in(coalition, member, now=timezone.now())
    coalition.boundaries.set(Boundary.objects.filter(slug="housing"))
    retired = Boundary.objects.create(name="Lidos", slug="lidos", family="community", retired_at=timezone.now())
    coalition.boundaries.add(retired)
    places = Place.objects.filter(slug__in=["salford", "bolton"])
    coalition.places.set(places)
    page = reverse("coalitions:change", args=[coalition.key])
    assert as_(client, member).get(page).status_code == 404
    shown = as_(client, convenor).get(page).content.decode()
    assert "Larkcanary" in shown
    assert "Who can join?" not in shown
    said = {"name": "Larkcanary", "purpose": "One door for discharge", "boundaries": ["housing"]}
    said["place"] = coalition.places.first().slug
    client.post(page, {**said, "joining": "open"})
    assert not BoardNotice.objects.exists()
    for _ in range(2):
        client.post(page, {**said, "name": "Two doors", "agreements": "We begin on time.", "boundaries": ["police"]})
    notice = BoardNotice.objects.get()
    assert "its name, what we agreed, between which services." in notice.text
    board = as_(client, member).get(reverse("coalitions:notices", args=[coalition.key])).content.decode()
    assert "what we agreed" in board
    coalition.refresh_from_db()
    assert (coalition.joining, coalition.conversation.title, set(coalition.places.all())) == (
        "hidden",
        "Two doors",
        set(places),
    )
    assert set(coalition.boundaries.values_list("slug", flat=True)) == {"police", "lidos"}
    stops = as_(client, convenor).post(page, {**said, "purpose": "Ring 07700 900123."}).content.decode()
    assert "Take these words out, or say why they can stay" in stops
    coalitions.close(coalition, by=convenor, now=timezone.now())
    assert client.get(page).status_code == 404
    with pytest.raises(coalitions.NotOpen):
        coalitions.change(coalition, {"name": "Late"}, boundaries=[], places=[], by=convenor, now=timezone.now())


def test_a_request_is_taken_back_with_its_words_and_asking_again_the_same_day_sends_no_second_mail(client):
    convenor, asker, now = MemberFactory(), MemberFactory(), timezone.now()
    coalition = gathered(convenor, joining="request", questions=["What would you bring?"])
    asked = {"may_stay": "", "by": asker}
    mails = Notice.objects.filter(kind="networks.coalition_asked")
    joining.ask(coalition, answers=["A van"], now=now, **asked)
    take_back = reverse("coalitions:take_back", args=[coalition.key])
    assert "Take it back" in as_(client, asker).get(coalition.get_absolute_url()).content.decode()
    assert client.get(take_back).status_code == 405
    for _ in range(2):
        page = client.post(take_back, follow=True).content.decode()
    assert "Ask to join" in page
    row = JoinRequest.objects.get()
    assert (row.answers, row.answer, row.waits) == ([], "", False)
    assert not JoinRequest.objects.shown_to(convenor).exists()
    with pytest.raises(coalitions.NotOpen):
        joining.answer(row, "yes", by=convenor, now=now)
    assert joining.ask(coalition, answers=["A bus"], now=now + timedelta(hours=1), **asked).waits
    assert mails.count() == 1
    joining.take_request_back(coalition, by=asker, now=now)
    joining.ask(coalition, answers=["A bus"], now=now + timedelta(hours=26), **asked)
    assert mails.count() == 2
    joining.answer(JoinRequest.objects.get(), "yes", by=convenor, now=now)
    client.post(take_back)
    assert Coalition.objects.joined_by(asker).exists()
    assert JoinRequest.objects.get().answers == ["A bus"]


def test_whoever_left_the_conversation_and_not_the_group_comes_back_to_it(client):
    convenor, member, outside = MemberFactory(), MemberFactory(), MemberFactory()
    coalition, now = gathered(convenor), timezone.now()
    coalitions.join(coalition, by=member, now=now)
    back, page = reverse("coalitions:sit_down_again", args=[coalition.key]), coalition.get_absolute_url()
    assert "Come back to the conversation" not in as_(client, member).get(page).content.decode()
    conversations.leave(coalition.conversation, by=member, now=now)
    conversations.say(coalition.conversation, text="Tea at four.", by=convenor, now=now, form_key="a")
    assert "Come back to the conversation" in client.get(page).content.decode()
    assert "Tea at four." in client.post(back, follow=True).content.decode()
    assert as_(client, outside).post(back).status_code == 404
    conversations.leave(coalition.conversation, by=member, now=now)
    coalitions.leave(coalition, by=member, now=now)
    assert as_(client, member).post(back).status_code == 404
    coalitions.close(coalition, by=convenor, now=now)
    assert as_(client, convenor).post(back).status_code == 404
    assert not Seat.objects.open_to(member).exists()


@pytest.mark.django_db(transaction=True)
def test_two_last_convenors_who_go_at_once_leave_a_group_that_somebody_can_convene_and_who_is_removed_is_out():
    first, second, member, now = MemberFactory(), MemberFactory(), MemberFactory(), timezone.now()
    coalition = gathered(first)
    for one in (second, member):
        coalitions.join(coalition, by=one, now=now)
    coalitions.ask_to_convene(coalition, second, by=first, now=now)

    # Of two who step down at once one stays, since somebody else must convene.
    raised = at_once(*[lambda one=one: coalitions.step_down(coalition, by=one, now=now) for one in (first, second)])
    assert sorted(raised, key=str) == sorted([None, coalitions.NotOpen], key=str)
    Membership.objects.filter(member__in=[first, second]).update(convenes=True)
    assert at_once(*[lambda one=one: coalitions.leave(coalition, by=one, now=now) for one in (first, second)]) == [
        None,
        None,
    ]
    assert not Membership.objects.convenors().exists()
    coalitions.convene(coalition, by=member, now=now)

    # Coming in and being removed at once: whichever came first, nobody sits there who is not in.
    newcomer = MemberFactory()
    coalitions.join(coalition, by=newcomer, now=now)
    for _ in range(3):
        Membership.objects.filter(member=newcomer).update(removed_at=None)
        at_once(
            lambda: coalitions.remove(coalition, newcomer, by=member, now=now),
            lambda: coalitions.join(coalition, by=newcomer, now=now),
            lambda: coalitions.leave(coalition, by=newcomer, now=now),
        )
        inside = Coalition.objects.joined_by(newcomer).exists()
        assert inside == Seat.objects.open_to(newcomer).exists()
        removed = Membership.objects.get(member=newcomer).removed_at
        assert not (inside and removed)
