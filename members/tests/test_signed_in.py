"""Where a member is signed in: what the page says, what is kept, and ending one or all of the others."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from members.signed_in import NO_ADDRESS
from members.tests.factories import PASSWORD, MemberFactory

pytestmark = pytest.mark.django_db
PAGE = "/account/sessions/"
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140 Safari/537.36"
TABLET = "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit Version/18 Safari"


def signed_in(browser):
    return browser.get("/account/security/").status_code == 200


def browser_of(member, told, address="203.0.113.9"):
    browser = Client(HTTP_USER_AGENT=told, REMOTE_ADDR=address)
    browser.post("/account/login/", {"login": member.email, "password": PASSWORD})
    return browser


def rows(page):
    return [part.split("</dt>")[0] for part in page.split("<dt>")[1:]]


def test_each_device_is_said_in_plain_words_this_one_first_then_the_latest_seen():
    member = MemberFactory()
    desk, phone, tablet = (browser_of(member, told) for told in (DESK, PHONE, TABLET))
    browser_of(MemberFactory(), "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
    day = timezone.now() - timedelta(days=40)
    UserSession.objects.filter(user_agent="Chrome on Windows").update(last_seen_at=day, created_at=day)
    page = tablet.get(PAGE).content.decode()
    assert rows(page) == ["Safari on iPad", "Firefox on Android", "Chrome on Windows"]
    assert page.count("This device") == 1
    assert f"last seen {day.astimezone():%-d %B}" in page
    assert "last seen today" in page
    assert signed_in(desk)
    assert signed_in(phone)


def test_neither_the_address_nor_the_browsers_own_words_are_kept():
    member = MemberFactory()
    browser = browser_of(member, PHONE)
    browser.get(PAGE)
    # A changed password writes the row anew.
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "four new words here", "password2": "four new words here"}
    browser.post("/account/password/change/", new)
    for row in UserSession.objects.filter(user=member):
        assert (row.ip, row.user_agent, row.data) == (NO_ADDRESS, "Firefox on Android", {})
        row.save()
        assert row.user_agent == "Firefox on Android"
    assert "203.0.113" not in browser.get(PAGE).content.decode()


def test_one_is_signed_out_and_the_rest_stay_then_all_others():
    member = MemberFactory()
    desk, phone, tablet = (browser_of(member, told) for told in (DESK, PHONE, TABLET))
    page = desk.get(PAGE)
    mark = next(place.mark for place in page.context["sessions"] if place.user_agent == "Firefox on Android")
    assert mark in page.content.decode()
    assert desk.post(PAGE, {"session": mark})["Location"] == PAGE
    assert [signed_in(browser) for browser in (desk, phone, tablet)] == [True, False, True]
    desk.post(PAGE, {"session": "others"})
    assert [signed_in(browser) for browser in (desk, phone, tablet)] == [True, False, False]
    assert "You are signed in nowhere else." in desk.get(PAGE).content.decode()


def test_nobody_signs_out_somebody_else_and_this_device_has_its_own_page():
    member, other = MemberFactory(), MemberFactory()
    mine, theirs = browser_of(member, DESK), browser_of(other, PHONE)
    for browser, mark in ((theirs, mine.get(PAGE).context["sessions"][0].mark), (mine, "others"), (mine, "")):
        browser.post(PAGE, {"session": mark})
    own = mine.get(PAGE).context["sessions"][0].mark
    mine.post(PAGE, {"session": own})
    assert signed_in(mine)
    assert signed_in(theirs)
    assert Client().post(PAGE, {"session": "others"})["Location"].startswith("/account/login/")


def test_last_seen_moves_once_an_hour():
    member = MemberFactory()
    browser = browser_of(member, DESK)
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=5))
    browser.get("/account/security/")
    assert UserSession.objects.get().last_seen_at < timezone.now() - timedelta(hours=4)
    session = browser.session
    session["seen"] = time.time() - 3601
    session.save()
    browser.get("/account/security/")
    assert UserSession.objects.get().last_seen_at > timezone.now() - timedelta(minutes=1)
    browser.get("/account/security/")
    assert time.time() - browser.session["seen"] < 60
