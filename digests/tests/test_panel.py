"""The dashboard of the admin says how the letter stands."""

import pytest
from django.utils import timezone

from digests import planning
from digests.models import Delivery, Issue
from members.tests.factories import EditorFactory, MemberFactory, sign_in_staff

HOME = "/admin/"


@pytest.fixture
def editor(client, db):
    return sign_in_staff(client, EditorFactory())


def test_the_dashboard_says_what_became_of_the_letter(client, editor):
    assert "No letter has gone yet." in client.get(HOME).text
    now = timezone.now()
    issue = Issue.objects.next_draft(now)
    issue.note = "A line from us."
    issue.save()
    assert "The next one has a note from you." in client.get(HOME).text
    MemberFactory.create_batch(2, profile__weekly_letter=True)
    planning.hurry(issue, prepared=issue.pk, now=now)
    assert "being sent. 0 sent, 2 still to come." in client.get(HOME).text
    issue.deliveries.update(state=Delivery.State.UNKNOWN)
    assert "2 in trouble" in client.get(HOME).text
