"""What a member's next letter could bring, whatever fits into one: for tests that ask who may meet what there."""

from unittest import mock

from django.utils import timezone

from digests import choosing
from digests.models import Issue

WITHOUT_LIMITS = {"MOST": 999, "MOST_OF_A_CROSSING": 999, "MOST_REPORTS": 999, "FEWEST": 0}


def next_letter(member):
    """Its items, chosen as for any letter, but without the limits of how much one holds."""
    now = timezone.now()
    with mock.patch.multiple(choosing, **WITHOUT_LIMITS):
        return choosing.choose([member], Issue.objects.next_draft(now), now=now)[member.pk].items


def stories_in(items):
    return [item["id"] for item in items if item["kind"] == "story"]
