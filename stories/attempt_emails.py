"""The one mail about what a member tries: a neutral subject, and not a word of theirs."""

from django.conf import settings

from members import outbox


def look_again(attempt, *, now):
    """The day has come on which they wanted to look again."""
    page = settings.SITE_URL + attempt.get_absolute_url()
    context = {"attempt_url": page}
    outbox.compose(
        kind="stories.attempt_reminder",
        template="stories/attempt_reminder",
        member=attempt.member,
        now=now,
        context=context,
    )
