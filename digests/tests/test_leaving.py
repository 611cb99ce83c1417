"""The way out in each letter, and the offer of one a month."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from digests import leaving
from digests.models import Wishes
from members.models import Profile
from members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def wish(member):
    return Profile.objects.get(user=member).weekly_letter


@pytest.fixture
def way_out(reader):
    return reverse("digests:leave", args=[leaving.leave_token(reader)])


def test_opening_the_link_changes_nothing(client, reader, way_out):
    response = client.get(way_out)
    assert response.status_code == client.head(way_out).status_code == 200
    assert "Leave the weekly letter?" in response.text
    assert response.text.count("<button") == 1
    assert wish(reader) is True


def test_one_click_leaves_without_login_cookie_or_token(reader, way_out):
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = strict.post(way_out, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert response.status_code == 200
        assert "You will get no more weekly letters" in response.text
        assert response.cookies == {}
        assert "no-store" in response.headers["Cache-Control"]
        assert wish(reader) is False


def test_leaving_touches_this_list_and_this_member_only(client, reader, way_out):
    other = MemberFactory(profile__weekly_letter=True)
    before = Profile.objects.filter(user=reader).values().get()
    client.post(way_out)
    after = Profile.objects.filter(user=reader).values().get()
    assert {name for name in before if before[name] != after[name]} == {"weekly_letter"}
    assert wish(other) is True
    assert not Wishes.objects.exists()


def test_the_way_out_shows_nobody(client, reader, way_out):
    reader.profile.organisation = "Canary Trust"
    reader.profile.save()
    for text in [client.get(way_out).text, client.post(way_out).text]:
        assert "Asha" not in text
        assert reader.email not in text
        assert "Canary" not in text


def test_a_forged_way_out_is_a_page_that_does_not_exist(client, reader):
    for token in ["x", f"{reader.profile.public_id}.x", leaving.leave_token(reader)[:-2]]:
        address = reverse("digests:leave", args=[token])
        assert client.get(address).status_code == client.post(address).status_code == 404
    assert wish(reader) is True


def test_somebody_who_is_gone_can_still_leave(client, reader, way_out):
    instead = client.post(way_out).context["instead"]
    reader.delete()
    assert client.post(way_out).status_code == 200
    assert client.post(way_out, {"instead": instead}).status_code == 200


def test_the_address_of_a_way_out_is_on_the_site_itself(reader, way_out):
    assert leaving.leave_url(reader) == f"{settings.SITE_URL}{way_out}"


# --- Once a month instead ---------------------------------------------------------------------------------------------


def test_whoever_has_left_may_have_one_a_month(reader, way_out):
    strict = Client(enforce_csrf_checks=True)
    left = strict.post(way_out)
    assert "Once a month instead" in left.text
    for _ in range(2):
        response = strict.post(way_out, {"instead": left.context["instead"]})
        assert "You will get a letter once a month" in response.text
        assert response.cookies == {}
        assert wish(reader) is True
        assert reader.letter_wishes.rhythm == Wishes.Rhythm.MONTHLY


def test_the_offer_ends_after_an_hour(client, reader, way_out, time_machine_of_signers):
    instead = client.post(way_out).context["instead"]
    time_machine_of_signers(timedelta(minutes=61))
    response = client.post(way_out, {"instead": instead})
    assert "That button has ended" in response.text
    assert wish(reader) is False


@pytest.mark.parametrize("instead", ["", "monthly", "x:y"])
def test_nothing_but_that_button_brings_anybody_back(client, reader, way_out, instead):
    client.post(way_out)
    client.post(way_out, {"instead": instead})
    assert wish(reader) is False
    assert not Wishes.objects.exists()


def test_the_button_of_another_member_brings_nobody_back(client, reader, way_out):
    other = MemberFactory(profile__weekly_letter=True)
    theirs = client.post(reverse("digests:leave", args=[leaving.leave_token(other)])).context["instead"]
    client.post(way_out)
    client.post(way_out, {"instead": theirs})
    assert wish(reader) is False


@pytest.fixture
def time_machine_of_signers(monkeypatch):
    """Lets time pass for what is signed with the hour."""
    import time

    def pass_by(delta):
        now = time.time() + delta.total_seconds()
        monkeypatch.setattr("django.core.signing.time.time", lambda: now)

    return pass_by
