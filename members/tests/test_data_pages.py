"""My data: a copy is asked for, made, taken once; and who may ask."""

import io
import re
import time
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from members import actions
from members.models import DataCopy, Notice, Photo
from members.privacy import copying, proof, rules
from members.privacy.telling import Told
from members.tasks import clear_copies, make_copies
from members.tests.factories import PASSWORD, MemberFactory, UserFactory, prove, send_mail

pytestmark = pytest.mark.django_db
DATA, TAKE, PROVE, BY_MAIL = (
    "/account/data/",
    "/account/data/take/",
    "/account/prove/?then=data",
    "/account/data/by-mail/",
)


def page(client, address=DATA):
    return client.get(address, follow=True).content.decode()


def taken(client, address=TAKE):
    response = client.post(address, {"take": "1"})
    return response, b"".join(response.streaming_content) if response.streaming else b""


def files():
    storage = DataCopy._meta.get_field("file").storage
    return {name for name in DataCopy.objects.exclude(file="").values_list("file", flat=True) if storage.exists(name)}


# --- From asking to taking --------------------------------------------------------------------------------------------


def test_a_copy_is_made_in_the_background_and_taken_once(client, mailbox, django_capture_on_commit_callbacks):
    member = MemberFactory(first_name="Wren")
    prove(client, member)
    assert "Make my copy" in page(client)
    client.post(DATA)
    client.post(DATA)
    assert DataCopy.objects.count() == 1, "asked twice, made once"
    assert "It begins in a moment" in page(client)
    DataCopy.objects.update(state="being_made", started_at=timezone.now(), done_count=3, part_count=9)
    assert '<progress value="3" max="9"' in page(client)
    DataCopy.objects.update(state="asked")
    make_copies()
    send_mail()
    mail = mailbox.to(member.email)[-1]
    assert mail["Subject"] == "What you asked for is ready"
    assert "Wren" not in mail.get_body(("plain",)).get_content()
    assert "Your copy is ready" in page(client)
    path = DataCopy.objects.get().file.name
    assert re.fullmatch(r"copies/[\w-]{22}\.zip", path), "its name tells nothing"
    with django_capture_on_commit_callbacks(execute=True):
        response, content = taken(client)
    assert "no-store" in response["Cache-Control"]
    assert "Wren" in zipfile.ZipFile(io.BytesIO(content)).read("index.html").decode()
    assert not Photo._meta.get_field("file").storage.exists(path)
    again, _ = taken(client)
    assert (again.status_code, again["Location"]) == (302, DATA)
    assert "It is deleted here" in page(client)


def test_a_copy_that_nobody_takes_is_gone_after_a_day(client, django_capture_on_commit_callbacks):
    prove(client, MemberFactory())
    client.post(DATA)
    make_copies()
    DataCopy.objects.update(made_at=timezone.now() - timedelta(hours=24, minutes=1))
    assert taken(client)[0].status_code == 302, "not a minute longer, whether or not beat has been there"
    with django_capture_on_commit_callbacks(execute=True):
        clear_copies()
    assert files() == set()
    assert "Nobody took your last copy" in page(client)


def test_a_copy_whose_worker_was_lost_is_made_again(client):
    member = MemberFactory()
    actions.ask_for_copy(member, now=timezone.now())
    now = timezone.now()
    assert DataCopy.objects.claim(now=now) is not None
    assert DataCopy.objects.claim(now=now + timedelta(minutes=50)) is None, "somebody is at it"
    assert DataCopy.objects.claim(now=now + timedelta(minutes=61)) is not None


def test_a_copy_that_cannot_be_made_says_so_and_no_word_of_it_goes_into_the_log(client, monkeypatch, caplog):
    def break_off(copy):
        raise ValueError("a word of theirs")

    broken = rules.Entry(Photo, exports=(Told("A part", break_off),))
    monkeypatch.setitem(rules.ENTRIES, Photo, broken)
    prove(client, MemberFactory())
    client.post(DATA)
    make_copies()
    assert "Your copy could not be made" in page(client)
    assert "a word of theirs" not in caplog.text
    monkeypatch.undo()
    client.post(DATA)
    make_copies()
    assert "Your copy is ready" in page(client)


@pytest.mark.long
def test_a_real_worker_makes_the_copy(celery_worker):
    member = MemberFactory()
    actions.ask_for_copy(member, now=timezone.now())
    deadline = time.monotonic() + 60
    while not DataCopy.objects.filter(state="ready").exists():
        assert time.monotonic() < deadline, celery_worker.said
        time.sleep(0.1)


# --- Who asks ---------------------------------------------------------------------------------------------------------


def test_with_a_password_it_is_asked_for_once_more(client):
    client.force_login(MemberFactory())
    for address in (DATA, "/account/close/"):
        assert client.get(address)["Location"].startswith("/account/reauthenticate/")
    assert client.post(TAKE)["Location"].startswith("/account/reauthenticate/")
    response = client.post("/account/reauthenticate/?next=/account/data/", {"password": PASSWORD})
    assert response["Location"] == DATA


def without_password():
    member = MemberFactory()
    member.set_unusable_password()
    member.save()
    return member


def link_in(mailbox, address):
    send_mail()
    return re.search(r"http://[^/]+(/account/link/\S+)", mailbox.to(address)[-1].get_body(("plain",)).get_content())[1]


@pytest.mark.parametrize(("then", "address"), [("data", DATA), ("close", "/account/close/")])
def test_without_a_password_a_mailed_link_shows_who_it_is(client, mailbox, then, address):
    member = without_password()
    client.force_login(member)
    asked = f"/account/prove/?then={then}"
    assert client.get(address)["Location"] == asked
    assert member.email in page(client, asked)
    client.post(asked)
    link = link_in(mailbox, member.email)
    assert Notice.objects.get(kind="members.link").text == "", "the link is not kept"
    assert client.get(link)["Location"] == address
    assert client.get(address).status_code == 200


def test_a_link_is_its_owners_and_lasts_an_hour(client, mailbox, monkeypatch):
    member = without_password()
    client.force_login(member)
    client.post(PROVE)
    link = link_in(mailbox, member.email)
    client.logout()
    assert client.get(link)["Location"].startswith("/account/login/?next=")
    client.force_login(without_password())
    assert client.get(link).status_code == 404
    assert client.get(DATA)["Location"] == PROVE
    client.force_login(member)
    monkeypatch.setattr(proof, "LINK_LASTS", 0)
    time.sleep(0.01)
    assert client.get(link).status_code == 404
    assert client.get("/account/prove/?then=//example.org").status_code == 404


def test_links_are_mailed_a_few_times_an_hour(client):
    client.force_login(without_password())
    for _ in range(7):
        client.post(PROVE)
    assert Notice.objects.filter(kind="members.link").count() == 5


# --- Shut out ---------------------------------------------------------------------------------------------------------


def test_whoever_is_shut_out_gets_their_copy_by_a_mailed_link(client, mailbox):
    member = MemberFactory(first_name="Wren", suspended_at=timezone.now())
    client.post(BY_MAIL, {"email": member.email.upper()})
    link = link_in(mailbox, member.email)
    assert "My data" in page(client, link)
    assert client.post(link)["Location"] == link
    make_copies()
    ready = link_in(mailbox, member.email)
    assert mailbox.to(member.email)[-1]["Subject"] == "What you asked for is ready"
    assert "Your copy is ready" in page(client, ready)
    _, content = taken(client, ready)
    assert "Wren" in zipfile.ZipFile(io.BytesIO(content)).read("index.html").decode()
    assert client.post(ready, {"take": "1"})["Location"] == ready
    # The link opens this one page.
    assert client.get("/account/")["Location"].startswith("/account/login/")
    assert client.get(DATA)["Location"].startswith("/account/login/")


def test_nobody_learns_by_it_who_has_an_account_or_is_shut_out(client):
    here, shut_out = MemberFactory(), MemberFactory(suspended_at=timezone.now())
    asked = [here.email, shut_out.email, UserFactory(is_active=False).email, "nobody@example.org"]
    answers = {client.post(BY_MAIL, {"email": address}).content for address in asked}
    assert len(answers) == 1
    assert [notice.to for notice in Notice.objects.filter(kind="members.link")] == [shut_out.email]
    assert "Enter your e-mail address" in client.post(BY_MAIL, {"email": ""}).content.decode()


def test_a_link_that_nobody_here_has_signed_opens_nothing(client):
    member = MemberFactory(suspended_at=timezone.now())
    link = proof.link_for(member, "data").removeprefix("http://testserver")
    assert client.get(link).status_code == 200
    assert client.get(link[:-2] + "/").status_code == 404
    assert client.get("/account/link/nothing/").status_code == 404


def test_a_copy_costs_no_more_queries_a_part_than_it_has_rows(django_assert_max_num_queries):
    """An empty account asks each part once or twice; so a new part is noticed that asks much more."""
    member = MemberFactory()
    with django_assert_max_num_queries(60):
        copying.write(member, io.BytesIO(), now=timezone.now())
