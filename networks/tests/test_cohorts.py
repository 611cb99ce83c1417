"""Cohorts: whom a link lets in, how often, and what is shown of how far people have come."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import actions as accounts
from members.models import Notice, User
from members.tests.conftest import mailed_code
from members.tests.factories import MemberFactory, ModeratorFactory, UserFactory, sign_in_staff
from networks import first_steps
from networks.actions import coalitions
from networks.actions import cohorts as actions
from networks.models import Coalition, Cohort, CohortPlace, Seat
from networks.tests.test_at_once import at_once
from practices.models import Role

pytestmark = pytest.mark.django_db
__all__ = ["mailed_code"]


def started(by=None, *, places=12, joining="hidden", days=7):
    now = timezone.now()
    cohort = Cohort(
        name="Larkcanary",
        starts_date=timezone.localdate().replace(day=3),
        place_count=places,
        link_until=now + timedelta(days=days),
    )
    coalition = Coalition(name="Larkcanary", purpose="Begin together", joining=joining)
    return actions.start(cohort, coalition, by=by or ModeratorFactory(), now=now)


def take(cohort, by):
    return actions.take_place(cohort.token, by=by, now=timezone.now())


def link(cohort):
    return reverse("cohorts:join", args=[cohort.token])


def test_the_link_lets_in_whoever_takes_a_place_and_into_the_group_and_opening_it_does_nothing(client):
    cohort, waiting, member = started(), UserFactory(), MemberFactory()
    for user in (waiting, member):
        client.force_login(user)
        client.get(link(cohort))
        assert not CohortPlace.objects.filter(member=user).exists()
        for _ in range(2):
            assert client.post(link(cohort)).status_code == 302
        user.refresh_from_db()
        assert user.is_member
        assert Coalition.objects.joined_by(user).filter(pk=cohort.coalition_id).exists()
        assert Seat.objects.open_to(user).exists()
        assert client.get(link(cohort))["Location"] == cohort.get_absolute_url()
    waiting.refresh_from_db()
    assert waiting.approved_by == cohort.link_by
    assert (cohort.taken(), Notice.objects.filter(kind="members.approved").count()) == (2, 1)


@pytest.mark.parametrize("mode", ["approval", "invitation", "open"])
def test_somebody_new_signs_up_by_it_and_comes_back_to_take_the_place(client, mailed_code, settings, mode):
    settings.SIGNUP_MODE = mode
    cohort = started()
    page = client.get(link(cohort)).content.decode()
    assert "I am new here" in page
    assert "Begin together" in page
    join = f"{reverse('account_signup')}?next={link(cohort)}"
    client.post(join, {"first_name": "Asha", "email": "asha@example.org", "next": link(cohort)})
    done = client.post(reverse("account_email_verification_sent"), {"code": mailed_code("asha@example.org")})
    assert User.objects.get(email="asha@example.org").is_member == (mode == "open")
    assert link(cohort) in done["Location"].replace("%2F", "/")
    client.post(link(cohort))
    assert User.objects.get(email="asha@example.org").is_member
    account = client.get(reverse("members:home"), follow=True).content.decode()
    assert f'href="{cohort.get_absolute_url()}">Your first steps' in account


def test_a_link_forwarded_to_one_too_many_refuses_in_clear_words(client):
    cohort = started(places=2)
    for _ in range(2):
        take(cohort, UserFactory())
    late = UserFactory()
    client.force_login(late)
    for answer in (client.get(link(cohort)), client.post(link(cohort))):
        assert "Every place in this cohort is taken" in answer.content.decode()
    late.refresh_from_db()
    assert not late.is_member
    # A closed account leaves its place taken.
    accounts.close(cohort.places.first().member, kept="", now=timezone.now())
    with pytest.raises(actions.Full):
        take(cohort, late)


def test_closed_expired_and_replaced_links_open_nothing_and_who_is_in_stays(client):
    cohort, inside = started(), UserFactory()
    take(cohort, inside)
    old = cohort.token
    renewed = actions.renew_link(
        cohort, until=timezone.now() + timedelta(days=1), by=cohort.link_by, now=timezone.now()
    )
    client.force_login(UserFactory())
    assert client.get(reverse("cohorts:join", args=[old])).status_code == 404
    assert "Take my place" in client.get(link(renewed)).content.decode()
    actions.close_link(renewed, now=timezone.now())
    assert "not open any more" in client.post(link(renewed)).content.decode()
    expired = started(days=-1)
    assert "not open any more" in client.get(link(expired)).content.decode()
    for one in (renewed, expired):
        with pytest.raises(actions.Closed):
            take(one, UserFactory())
    assert Coalition.objects.joined_by(User.objects.get(pk=inside.pk)).exists()


def test_whoever_a_convenor_removed_does_not_come_back_by_the_link():
    cohort, member = started(), MemberFactory()
    take(cohort, member)
    coalitions.remove(cohort.coalition, member, by=cohort.link_by, now=timezone.now())
    take(cohort, member)
    assert not Coalition.objects.joined_by(member).exists()


def test_states_and_actors(client):
    """Its page is for whoever came by it; the staff's pages for those who let people in."""
    cohort = started()
    inside, outside = MemberFactory(), MemberFactory()
    take(cohort, inside)
    for user, status in ((inside, 200), (outside, 404), (UserFactory(), 404), (cohort.link_by, 404)):
        client.force_login(user)
        assert client.get(cohort.get_absolute_url()).status_code == status
    client.logout()
    assert client.get(cohort.get_absolute_url()).status_code == 302
    for user in (inside, outside):
        client.force_login(user)
        assert client.get(f"/admin/cohorts/{cohort.key}/").status_code in {302, 403}


def test_one_sees_ones_own_steps_and_staff_numbers_that_point_at_nobody(client):
    cohort, members = started(places=20), [MemberFactory() for _ in range(12)]
    for member in members:
        take(cohort, member)
    role = Role.objects.first()
    told = []
    for number, member in enumerate(members, 1):
        member.profile.role = role
        member.profile.save()
        if number in (4, 5, 7, 8, 12):
            told.append(dict(first_steps.of_all(cohort))["Said something in the profile"])
    assert told == ["fewer than five", "5", "7", "all, or nearly all", "all, or nearly all"]
    assert [done for _, _, done in first_steps.of(members[0])] == [True, True, False, False]
    client.force_login(members[0])
    page = client.get(cohort.get_absolute_url()).content.decode()
    assert page.count("Done") == 2
    # How many they are stands nowhere; the key of an address may have any two digits in it.
    assert "12" not in re.sub(r"<[^>]*>", " ", page.split("<main")[1])


def test_staff_start_one_pass_the_link_on_and_close_it():
    client = sign_in_staff(Client(), ModeratorFactory())
    until = timezone.localdate() + timedelta(days=14)
    said = {"name": "Spring", "purpose": "Begin", "starts": f"{until}", "until": f"{until}", "joining": "hidden"}
    wrong = client.post("/admin/cohorts/start/", {**said, "place_count": "2000", "until": "2099-01-01"})
    assert "within 90 days" in wrong.content.decode()
    client.post("/admin/cohorts/start/", {**said, "place_count": "14"})
    cohort = Cohort.objects.get()
    page = client.get(f"/admin/cohorts/{cohort.key}/").content.decode()
    assert cohort.token in page
    client.post(f"/admin/cohorts/{cohort.key}/", {"until": f"{until}"})
    assert Cohort.objects.get().token != cohort.token
    client.post(f"/admin/cohorts/{cohort.key}/close-link/")
    assert Cohort.objects.get().link_closed_at
    listed = client.get("/admin/cohorts/").content.decode()
    assert "0 of 14 places taken" in listed
    assert "The link is closed" in listed


@pytest.mark.django_db(transaction=True)
def test_the_last_place_taken_at_once_is_one_persons():
    cohort, people = started(places=2), [UserFactory() for _ in range(4)]
    raised = at_once(*[lambda one=one: take(cohort, one) for one in people])
    assert sorted(map(str, raised)) == sorted(map(str, [None, None, actions.Full, actions.Full]))
    assert cohort.taken() == 2
    assert User.objects.current().filter(pk__in=[one.pk for one in people]).count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_person_in_two_windows_takes_one_place():
    cohort, one = started(), UserFactory()
    assert at_once(*[lambda: take(cohort, one)] * 3) == [None] * 3
    assert cohort.taken() == 1
    assert Notice.objects.filter(kind="members.approved").count() == 1
