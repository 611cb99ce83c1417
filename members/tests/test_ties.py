"""What rights may leave out is known of the account of a session, for a page that is read, and of nobody else."""

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from members.models import Block, User
from members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
READ = "/account/"


def known(client, method="get", path=READ):
    return getattr(client, method)(path).wsgi_request.user.known_ties


@pytest.fixture
def member(client):
    found = MemberFactory()
    client.force_login(found)
    return found


def test_of_whoever_is_in_no_group_and_behind_no_block_it_is_known(client, member):
    MemberFactory()
    assert known(client) == (True, True)
    assert User.objects.get(pk=member.pk).known_ties == (False, False), "nobody asked"


def test_a_block_is_known_with_the_next_page_to_both_and_until_it_is_taken_back(client, member):
    other = MemberFactory()
    block = Block.objects.create(blocker=member, blocked=other, known_as="Sam", blocked_at=member.date_joined)
    for side in (member, other):
        client.force_login(side)
        assert known(client) == (True, False)
    block.delete()
    assert known(client) == (True, True)


def test_a_request_that_may_change_something_asks_each_time(client, member):
    address = reverse("members:terms")
    assert client.post(address).status_code in {200, 302}
    assert known(client, "post", address) == (False, False)
    assert known(client) == (True, True)
    client.logout()
    assert client.post(address).status_code == 302


def test_an_account_out_of_a_session_that_no_page_asked_for_is_the_same(client, member):
    """Django's own function for it goes through the same door."""
    request = client.get(READ).wsgi_request
    assert get_user(request).known_ties == (True, True)
