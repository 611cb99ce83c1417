"""Accounts and profiles: who counts as what, and who sees whom."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from members import actions
from members.models import Connection, Notice, Profile, SeenBy, User, people_connected_to
from members.tests.factories import PASSWORD, InvitationFactory, ListedMemberFactory, MemberFactory, UserFactory
from practices.models import Boundary

pytestmark = pytest.mark.django_db


def test_members_see_listed_members_in_good_standing_and_everyone_sees_their_own():
    listed, plain, waiting = ListedMemberFactory(), MemberFactory(), UserFactory()
    ListedMemberFactory(suspended_at=timezone.now())
    ListedMemberFactory(approved_at=None)
    ListedMemberFactory(is_active=False)
    seen = {
        who: set(Profile.objects.visible_to(who).values_list("user", flat=True)) for who in (listed, plain, waiting)
    }
    assert seen == {listed: {listed.pk}, plain: {listed.pk, plain.pk}, waiting: {waiting.pk}}
    assert not Profile.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_profiles_takes_the_same_queries(count, django_assert_num_queries):
    ListedMemberFactory.create_batch(count, profile__works_in=Boundary.objects.all()[:2])
    with django_assert_num_queries(4):
        people = Profile.objects.listed().for_page()
        shown = [(str(profile), *profile.seen_by(SeenBy.MEMBERS).works_in) for profile in people]
    assert [len(row) for row in shown] == [3] * count


def test_each_account_has_a_profile_whoever_makes_it():
    made = [User.objects.create_user("A@example.org"), User.objects.create_superuser("b@example.org")]
    assert [user.email for user in made] == ["a@example.org", "b@example.org"]
    assert Profile.objects.filter(user__in=made).count() == 2
    assert User.objects.teller().profile.listed_at is None
    made[0].save()
    assert Profile.objects.filter(user=made[0]).count() == 1


def test_an_account_is_found_by_its_address_however_written():
    person = UserFactory(email="asha@example.org")
    assert User.objects.get_by_natural_key("ASHA@example.org") == person


def test_rows_call_themselves_something_that_gives_nothing_away():
    member = MemberFactory(first_name="Asha")
    notice = actions.approve(UserFactory(first_name=""), by=member, now=timezone.now())
    assert (str(member), str(notice), str(Notice.objects.get())) == ("Asha", "A member", "members.approved (waiting)")
    assert str(InvitationFactory(invited_by=member)) == "Invitation by Asha"


def test_sessions_that_a_suspension_ended_do_not_come_back_with_the_account():
    member, browser = MemberFactory(), Client()
    browser.post("/account/login/", {"login": member.email, "password": PASSWORD})
    assert browser.get("/account/security/").status_code == 200
    actions.suspend(member, now=timezone.now())
    member.readmit()
    assert browser.get("/account/security/").status_code == 302


def test_vouching_twice_for_one_address_is_one_vouch():
    member = MemberFactory()
    for address in ("new@example.org", "NEW@example.org"):
        actions.vouch(by=member, email=address, now=timezone.now())
    assert member.invitations.count() == 1


def test_a_connection_is_one_a_pair_whoever_is_named_first():
    asha, ben = MemberFactory(), MemberFactory()
    first = Connection.objects.connect(ben, asha, now=timezone.now())
    assert Connection.objects.connect(asha, ben, now=timezone.now()) == first
    assert list(people_connected_to(asha).values_list("other", flat=True)) == [ben.pk]
    assert list(people_connected_to(ben).values_list("other", flat=True)) == [asha.pk]


def test_a_block_ends_the_connection_and_taking_it_back_does_not_bring_it_again():
    asha, ben = MemberFactory(), MemberFactory()
    Connection.objects.connect(asha, ben, now=timezone.now())
    made = actions.block(ben, known_as="Ben", by=asha, now=timezone.now())
    actions.unblock(made.key, by=asha)
    assert not Connection.objects.exists()
