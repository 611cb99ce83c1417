"""Each sent story has a first reader: a named moderator from whom its teller hears back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from stories.actions.ground import CannotDecide, lock, tells
from stories.models import FirstReading, yeses_to_what_waits
from stories.moderators import first_readers

WORKING_DAYS = 3


def working_days_after(moment, days):
    """So many working days later, at the same hour in London. Bank holidays count as working days."""
    later = timezone.localtime(moment)
    while days:
        later += timedelta(days=1)
        if later.weekday() < 5:
            days -= 1
    return later


def assign(row, *, now):
    """Give the story that is being sent its first reader. Sent again, it goes to the one who read it before."""
    before = FirstReading.objects.filter(story=row).select_related("moderator").first()
    known = before.moderator if before else None
    reader = known if known in first_readers() and not tells(known, row) else _next(row)
    due_at = working_days_after(now, WORKING_DAYS)
    FirstReading.objects.update_or_create(
        story=row, defaults={"moderator": reader, "assigned_at": now, "due_at": due_at}
    )


@transaction.atomic
def read_first(story, *, by, now):
    """A moderator makes themselves the first reader. The day by which the teller hears back stays."""
    row = _still_waiting(story)
    if tells(by, row):
        raise CannotDecide(gettext("This is your own story: another moderator reads it."))
    if by.pk in _have_said_yes(row):
        raise CannotDecide(gettext("You have said yes to it already: another moderator reads it too."))
    FirstReading.objects.filter(story=row).update(moderator=by, assigned_at=now)
    return row


@transaction.atomic
def hand_on(story, *, by, now):
    """The next in turn reads it first. Nobody is chosen by name: a list without one of them would say who told it."""
    row = _still_waiting(story)
    reading = FirstReading.objects.filter(story=row).first()
    reader = _next(row, but={reading.moderator_id} if reading else set())
    if reader is None:
        raise CannotDecide(gettext("No other moderator takes a turn at the moment."))
    FirstReading.objects.filter(story=row).update(moderator=reader, assigned_at=now)
    return row


def _still_waiting(story):
    row = lock(story)
    if not row.is_in_moderation:
        raise CannotDecide(gettext("This story is no longer waiting for a decision."))
    return row


def hand_to_second(row, *, now):
    """Somebody has said yes, and another moderator reads it too. The day by which the teller hears back stays."""
    FirstReading.objects.filter(story=row).update(moderator=_next(row), assigned_at=now)


def _next(row, *, but=frozenset()):
    """Whoever has waited longest for a turn, and neither had it just now, nor tells the story, nor has said yes."""
    turns = first_readers().exclude(pk__in={*but, *_have_said_yes(row)} - {None})
    return next((reader for reader in turns if not tells(reader, row)), None)


def _have_said_yes(row):
    return set(yeses_to_what_waits(row).values_list("finished_by", flat=True))
