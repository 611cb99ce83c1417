"""What those who write reports are told by mail: that something waits, and not a word of it."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from members import outbox
from members.mail import asked_first
from members.models import User
from reports.models import Letter

LETTER_WAITS = "reports.letter_waits"
SAID_ENOUGH = timedelta(days=1)


def writers():
    """Everybody who writes pages, as `User.writes_pages` has it."""
    policy = policy_registry.get_by_type(Page)
    allowed = policy.users_with_any_permission({"change", "publish"})
    return User.objects.current().filter(is_staff=True, pk__in=allowed.values("pk"))


def letter_waits(letter, *, now):
    """Somebody wrote back to a report. Where another letter of the same day still waits, everybody knows already."""
    others = Letter.objects.waiting().filter(written_at__gt=now - SAID_ENOUGH).exclude(pk=letter.pk)
    if others.exists():
        return
    for writer in writers():
        outbox.compose(
            kind="reports.letter_waits",
            template="reports/letter_waits",
            member=writer,
            now=now,
            context={"letters_url": settings.SITE_URL + reverse("report_letters")},
        )


@asked_first(LETTER_WAITS)
def still_waits(notice, *, now):
    """Nobody is called to an empty desk, or to one that is no longer theirs."""
    return notice.member.writes_pages and Letter.objects.waiting().exists()
