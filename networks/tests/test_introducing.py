"""From asking to a conversation: who asks, who answers, what each of them is told."""

import pytest
from django.urls import reverse

from members.models import Connection
from members.tests.factories import ListedMemberFactory, send_mail
from networks.models import Introduction
from practices.models import Place, Role

pytestmark = pytest.mark.django_db

REASON = "We keep sending each other the same family, and I would like to know how it looks from your side."


@pytest.fixture
def asha():
    return ListedMemberFactory(first_name="Asha", email="asha@example.org")


@pytest.fixture
def ben():
    return ListedMemberFactory(
        first_name="Ben",
        email="ben@example.org",
        profile__role=Role.objects.get(slug="housing-officer"),
        profile__place=Place.objects.get(slug="salford"),
    )


def ask_address(member):
    return reverse("introductions:ask", args=[member.profile.public_id])


def text_of(response):
    return " ".join(response.content.decode().split())


def test_from_asking_to_a_message(client, asha, ben, mailbox):
    client.force_login(ben)
    client.post(ask_address(asha), {"reason": REASON})
    one = Introduction.objects.get()
    mine = text_of(client.get(reverse("introductions:list")))
    assert "They may answer until" in mine
    assert "Asha" in mine
    send_mail()
    (mail,) = mailbox.to("asha@example.org")
    for private in ("Ben", "Housing officer", "the same"):
        assert private not in mail.as_string()

    client.force_login(asha)
    page = text_of(client.get(one.get_absolute_url()))
    assert "Housing officer, North West" in page
    assert "the same family" in page
    for private in ("Ben", "Salford"):
        assert private not in page
    answered = client.post(one.get_absolute_url(), {"answer": "yes"})
    assert Connection.objects.between(asha, ben).exists()
    assert "Ben" in text_of(client.get(answered.url))
    client.post(answered.url, {"text": "Hello Ben.", "form_key": "one"})
    client.post(answered.url, {"text": "Hello Ben.", "form_key": "one"})
    send_mail()
    subjects = [mail["Subject"] for mail in mailbox.to("ben@example.org")]
    assert subjects == ["You have been introduced", "You have a message"]

    client.force_login(ben)
    assert "Something new" in text_of(client.get(reverse("conversations:list")))
    page = text_of(client.get(answered.url))
    assert page.count("Hello Ben.") == 1
    assert "Something new" not in text_of(client.get(reverse("conversations:list")))
