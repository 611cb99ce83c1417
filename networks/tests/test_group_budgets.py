"""No page of a group asks the database more often because there is more in it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import Profile, User
from members.tests.factories import ListedMemberFactory
from networks.models import (
    Attendance,
    BoardNotice,
    Coalition,
    CoalitionInvitation,
    Conversation,
    Gathering,
    JoinRequest,
    Membership,
)
from networks.tests.gathered import coalition_of, gathering_of

pytestmark = pytest.mark.django_db

COUNTS = [1, 3, 300]
DAY = timedelta(days=1)


class World:
    """A convenor with two groups: one that is open, and one that others ask to join."""

    def __init__(self):
        self.now = timezone.now()
        self.convenor = ListedMemberFactory()
        self.open, self.asking = coalition_of(self.convenor), coalition_of(self.convenor, joining="request")
        self.gathering = gathering_of(self.open, self.convenor, now=self.now, begins_at=self.now + DAY / 2)
        self.count = 0

    def grow(self, count):
        """Until there are that many of everything, by others."""
        numbers = range(self.count, count)
        self.count = count
        people = User.objects.bulk_create(
            User(first_name=f"Asha {n}", email=f"asha{n}@example.org", approved_at=self.now) for n in numbers
        )
        Profile.objects.bulk_create(Profile(user=one) for one in people)
        now, by = self.now, {"coalition": self.open}
        Membership.objects.bulk_create(Membership(member=one, joined_at=now, **by) for one in people)
        JoinRequest.objects.bulk_create(
            JoinRequest(coalition=self.asking, member=one, questions=["Why?"], answers=["So."], asked_at=now)
            for one in people
        )
        BoardNotice.objects.bulk_create(
            BoardNotice(author=one, text="Tea at four.", said_at=now, form_key="a", **by) for one in people
        )
        until = {"invited_by": self.convenor, "invited_at": now, "expires_at": now + DAY}
        CoalitionInvitation.objects.bulk_create(
            CoalitionInvitation(email=f"somebody{n}@example.org", **by, **until) for n in numbers
        )
        Attendance.objects.bulk_create(
            Attendance(gathering=self.gathering, member=one, answer="coming", answered_at=now) for one in people
        )
        self._gather(numbers)
        self._meet(numbers)

    def _gather(self, numbers):
        talks = Conversation.objects.bulk_create(
            Conversation(for_two=False, opened_at=self.now, last_said_at=self.now) for _ in numbers
        )
        Coalition.objects.bulk_create(
            Coalition(name=f"Larks {talk.pk}", purpose="One door", conversation=talk, gathered_at=self.now)
            for talk in talks
        )

    def _meet(self, numbers):
        about = {"coalition": self.open, "title": "Tea", "put_up_at": self.now, "changed_at": self.now}
        for begins_at in (self.now + DAY, self.now - DAY):
            times = {"begins_at": begins_at, "ends_at": begins_at + DAY / 24, "remind_at": begins_at}
            gatherings = Gathering.objects.bulk_create(
                Gathering(form_key=f"{n}", reminded_at=self.now, **times, **about) for n in numbers
            )
            Attendance.objects.bulk_create(
                Attendance(gathering=one, member=self.convenor, answer="perhaps", answered_at=self.now)
                for one in gatherings
            )

    def pages(self):
        """Each page with the most queries that it may take, and what it shows once more for each row."""
        inside = [self.open.key]
        return {
            reverse("coalitions:list"): (5, "Larks"),
            self.open.get_absolute_url(): (10, ""),
            reverse("coalitions:notices", args=inside): (5, "Tea at four."),
            reverse("coalitions:members", args=inside): (7, "Asha"),
            reverse("coalitions:invite", args=inside): (7, "somebody"),
            reverse("coalitions:requests", args=[self.asking.key]): (6, "So."),
            reverse("gatherings:own"): (5, "Perhaps"),
            reverse("gatherings:list", args=inside): (6, "Perhaps"),
            reverse("gatherings:past", args=inside): (6, "Perhaps"),
            self.gathering.get_absolute_url(): (7, "Asha"),
        }


def queries(client, address):
    client.get(address)  # what is kept for a minute is kept now
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    return len(asked), response.content.decode()


def test_the_pages_of_a_group_take_the_same_queries_however_many_are_in_it(client):
    world, asked = World(), {}
    client.force_login(world.convenor)
    for count in COUNTS:
        world.grow(count)
        for address, (_, word) in world.pages().items():
            number, page = queries(client, address)
            asked.setdefault(address, []).append(number)
            assert not word or page.count(word) >= min(count, 18), address  # the two that began are in the list, too
    grown = {address: numbers for address, numbers in asked.items() if len(set(numbers)) > 1}
    dear = {address: asked[address] for address, (most, _) in world.pages().items() if max(asked[address]) > most}
    assert grown == {}
    assert dear == {}
