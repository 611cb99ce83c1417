"""Words that could identify somebody and stay: the teller says why, and a moderator has seen them."""

from django.db import transaction

from stories import recognising
from stories.actions.ground import InModeration, lock
from stories.models import StayingWord


@transaction.atomic
def let_stay(story, answers, *, by, now):
    """Keep the teller's answers for words of this version: pairs of a `recognising.Word` and {"why", "reason"}."""
    row = lock(story)
    StayingWord.objects.bulk_create(
        [
            StayingWord(story=row, kind=word.kind, key=word.key, said_by=by, said_at=now, **said)
            for word, said in answers
        ],
        ignore_conflicts=True,
    )
    recognising.look(story).forget_answers()


@transaction.atomic
def take_answer_back(story, *, key, by, now):
    """The teller takes back what they said of a word: they are asked again before the story is sent.

    Raises InModeration while a moderator reads it beside the word.
    """
    row = lock(story)
    if row.is_in_moderation:
        raise InModeration
    row.staying_words.filter(key=key).exclude(why=StayingWord.Why.READ).delete()
    recognising.look(story).forget_answers()


def approve_words(version, *, by, now):
    """A moderator approves the version, so whatever the check found in it has been seen: it is not asked about again,
    and no later version waits for it."""
    found = recognising.look(version)
    answered = [word.answer.pk for word in found.words if word.answer]
    version.staying_words.filter(pk__in=answered, approved_at=None).update(approved_at=now)
    seen = {"why": StayingWord.Why.READ, "said_by": by, "said_at": now, "approved_at": now}
    unanswered = [word for word in found.words if word.level >= recognising.LOOK and not word.answer]
    StayingWord.objects.bulk_create(
        [StayingWord(story_id=version.pk, kind=word.kind, key=word.key, **seen) for word in unanswered],
        ignore_conflicts=True,
    )
    found.forget_answers()
