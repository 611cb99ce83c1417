"""The word of a person whose story it is too: asked, given, or written down by the author."""

from django.db import transaction

from stories import emails
from stories.actions.ground import lock
from stories.actions.telling import take_back, withdraw
from stories.models import Agreement, Answer


class OtherWords(Exception):
    """The words changed while they were read: nobody agrees to what they have not seen."""


@transaction.atomic
def ask_for_word(story, *, by, now):
    """The author asks everybody whose yes is needed, once for each version; returns how many were asked now."""
    row = lock(story)
    asked = 0
    for coauthor in row.coauthors.current().asked().exclude(asked_version=row.version_key).select_related("member"):
        if (coauthor.answer, coauthor.answered_version) == (Answer.YES, row.version_key):
            continue
        coauthor.asked_version = row.version_key
        coauthor.save(update_fields=["asked_version"])
        emails.word_asked(row, told=coauthor.member, now=now)
        asked += 1
    return asked


@transaction.atomic
def give_word(coauthor, *, answer, version, by, now, reason=""):
    """Yes to the version that was read; not yet, with a reason for the author; or no.

    A no takes the story away from every surface at once, as the author's own withdrawing does. After "not yet" no
    moderator goes on reading. Raises OtherWords for a yes to words that are no longer the newest.
    """
    row = lock(coauthor.story)
    coauthor = row.coauthors.get(pk=coauthor.pk)
    if answer == Answer.YES and version != row.version_key:
        raise OtherWords
    coauthor.answer, coauthor.answer_reason, coauthor.answered_version = answer, reason, version
    coauthor.answered_at = now
    coauthor.save(update_fields=["answer", "answer_reason", "answered_version", "answered_at"])
    if answer == Answer.NO:
        withdraw(row, by=by, now=now)
    elif answer == Answer.NOT_YET:
        take_back(row, by=by, now=now)
    emails.word_given(row, now=now)
    return coauthor


@transaction.atomic
def record_agreement(story, *, how, by, now):
    """The author writes down that somebody agreed to this version in person or on paper; nobody is written to."""
    row = lock(story)
    agreement, _ = Agreement.objects.get_or_create(
        story=row, version=row.version_key, defaults={"how": how, "recorded_by": by, "recorded_at": now}
    )
    return agreement
