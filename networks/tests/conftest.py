"""What the tests of introductions and conversations share."""

import pytest
from django.urls import reverse

from members.tests.factories import ListedMemberFactory
from practices.models import Place, Role


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
