"""A community for the bench: some hundred stories with their search rows, and readers by the thousand."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from digests import planning
from digests.models import Issue
from practices.models import Boundary
from stories import search
from stories.models import Audience, Story

READERS = """
    INSERT INTO members_user (id, password, is_superuser, is_staff, is_active, date_joined, email, first_name,
        last_name, approved_at, agreed_version, time_zone, words_by_mail, demo)
    SELECT 100000 + n, '', false, false, true, now(), 'reader' || n || '@example.org',
        (ARRAY['Asha', 'Bron', 'Ceri', 'Zoë', 'Dafydd'])[1 + n %% 5], 'Reader', now() - interval '1 year', 1,
        'Europe/London', false, false
    FROM generate_series(1, %(count)s) AS n;
    INSERT INTO members_profile (user_id, public_id, organisation, ask_me_about, help_with, weekly_letter, {seen_by})
    SELECT id, substr(md5(id::text), 1, 12), '', '', '', true, {members}
    FROM members_user WHERE id > 100000;
    INSERT INTO members_profile_works_in (profile_id, boundary_id)
    SELECT p.id, ({boundaries})[1 + p.id %% %(boundary_count)s] FROM members_profile p WHERE p.user_id > 100000;
    INSERT INTO members_profile_would_cross_to (profile_id, boundary_id)
    SELECT p.id, ({boundaries})[1 + (p.id / 7 + 3) %% %(boundary_count)s] FROM members_profile p
    WHERE p.user_id > 100000;
    ANALYZE
"""
WORDS = (
    "Two teams that share a corridor ring each other before they refuse anybody. The first fortnight was a mess, then "
    "the form had one box less, and nobody was sent away on a Friday any more."
)


def make_stories(count):
    """Live ones, each of another mixture of two or three services."""
    from stories.tests.factories import StoryFactory

    boundaries = list(Boundary.objects.filter(sensitive=False).order_by("pk")[:12])
    now = timezone.now()
    for number in range(count):
        pair = [boundaries[number % 12], boundaries[(number // 12 + number + 1) % 12]]
        story = StoryFactory(boundaries=pair, title=f"What changed on the {number}th Monday", summary=WORDS)
        moment = now - timedelta(hours=number)
        Story.objects.filter(pk=story.pk).update(
            live=True, audience=Audience.MEMBERS, first_published_at=moment, last_published_at=moment
        )
        search.refresh(Story.objects.get(pk=story.pk))


def make_readers(count):
    from members.models import FIELDS

    boundaries = list(Boundary.objects.filter(sensitive=False).order_by("pk").values_list("pk", flat=True)[:12])
    words = READERS.format(
        seen_by=", ".join(f"{name}_seen_by" for name in FIELDS),
        members=", ".join(["'members'"] * len(FIELDS)),
        boundaries=f"ARRAY{boundaries}",
    )
    with connection.cursor() as cursor:
        cursor.execute(words, {"count": count, "boundary_count": len(boundaries)})


def letter():
    """A letter that is due to everybody now."""
    now = timezone.now()
    issue = Issue.objects.next_draft(now)
    issue.note = "Thank you for what you told us last week. The next gathering is on the fourth."
    issue.save()
    planning.hurry(issue, prepared=issue.pk, now=now)
    issue.refresh_from_db()
    return issue
