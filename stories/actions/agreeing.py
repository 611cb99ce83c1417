"""Consent with an expiry: its tellers are asked again, and a story that nobody answers for is hidden."""

from django.db import transaction
from django.utils import timezone

from stories import emails, search
from stories.actions.ground import lock
from stories.actions.telling import set_reach
from stories.models import Audience, ConsentAsking, Story


def ask_again(*, now):
    """Ask for every story whose day is near, has come, or passed in silence; returns how many were asked.

    Safe to run at any time, twice at once, and after days of not running: each step is claimed under the story's lock.
    """
    owed = ConsentAsking.objects.owed(now=now, today=timezone.localdate(now))
    return sum(_ask_again(Story(pk=pk), now=now) for pk in owed.values_list("pk", flat=True))


@transaction.atomic
def _ask_again(story, *, now):
    row = lock(story)
    step = ConsentAsking.next_step(row, now=now, today=timezone.localdate(now))
    if step is None:
        return False
    row.consent_askings.create(review_date=row.review_date, step=step, asked_at=now)
    if step == ConsentAsking.Step.SILENT and not row.hidden_at:
        row.hidden_at, row.hidden_for_review = now, True
        row.save(update_fields=["hidden_at", "hidden_for_review"])
        search.refresh(row)
    lived = row.coauthors.current().asked().select_related("member")
    for told in [row.author, *(coauthor.member for coauthor in lived)]:
        emails.consent_asked(row, step=step, told=told, now=now)
    return True


@transaction.atomic
def agree_again(story, *, until, by, now):
    """The author says that the story may stay until this day: at once, and shown again where silence had hidden it."""
    row = lock(story)
    row.review_date = until
    if row.hidden_for_review:
        row.hidden_at, row.hidden_for_review = None, False
    row.save(update_fields=["review_date", "hidden_at", "hidden_for_review"])
    search.refresh(row)
    return row


@transaction.atomic
def answer_public(story, *, yes, by, now):
    """The author is asked once whether everybody may read it: a yes waits for a moderator, a no is not asked again.

    Raises InModeration where a moderator is reading an edit meanwhile; then the question stays.
    """
    row = lock(story)
    if row.is_asked_to_be_public:
        row.public_answered_at = now
        row.save(update_fields=["public_answered_at"])
        if yes:
            return set_reach(row, byline=row.wanted_byline or row.byline, audience=Audience.PUBLIC, by=by, now=now)
    return row
