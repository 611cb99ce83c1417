"""Each kind of mail has its group, and each group its words."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from members import kinds

FOLDER = Path(settings.BASE_DIR)
MAILS = sorted(
    f"{path.parts[-3]}.{path.name.removesuffix('.subject.txt')}"
    for path in (FOLDER / "templates").glob("*/email/*.subject.txt")
)
# The letter and its sister for readers without an account are no notices: they have ways out of their own.
LETTERS = {"digests.letter", "digests.news"}
WRITTEN = sorted(
    {
        kind
        for room in ("members", "networks", "stories", "digests", "reports", "insights")
        for path in (FOLDER / room).rglob("*.py")
        if "tests" not in path.parts
        for kind in re.findall(r'kind="([a-z_]+\.[a-z_.]+)"', path.read_text())
    }
)


def test_there_are_kinds_to_look_at():
    assert {"moderation.daily", "members.approved"} <= set(WRITTEN)
    assert {"stories.story_live", "members.link"} <= set(MAILS)


@pytest.mark.parametrize("kind", sorted({*MAILS, *WRITTEN} - LETTERS))
def test_each_kind_of_mail_has_its_group(kind):
    """A new one is sorted into `members.kinds.GROUPS`: what may be switched off, and why the rest may not."""
    assert kinds.group_of(kind) is not None, f"{kind} is in no group of members/kinds.py"


@pytest.mark.parametrize("group", kinds.GROUPS, ids=lambda group: group.slug)
def test_each_group_says_why_or_how_the_letter_tells_it(group):
    assert bool(group.why) != bool(group.one and "{count}" in group.many)
    assert reverse(group.page)


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        ("stories.story_live", "stories"),
        ("stories.question_asked", "needs-you"),
        ("stories.new_responses", "people"),
        ("stories.story_reminder", "reminders"),
        ("networks.introduction_asked", "people"),
        ("networks.coalition_invited", "groups"),
        ("moderation.concern_read", "asked-by-address"),
        ("mfa.totp_activated", "account"),
    ],
)
def test_the_longest_beginning_that_fits_counts(kind, slug):
    assert kinds.group_of(kind).slug == slug


def test_what_nobody_can_switch_off_is_what_protects_or_waits_for_an_answer():
    fixed = [group.slug for group in kinds.GROUPS if not group.is_wished]
    assert fixed == ["account", "needs-you", "asked-by-address", "moderation"]
