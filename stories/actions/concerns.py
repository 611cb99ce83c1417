"""Concerns about a story: raised by anybody, decided by a moderator, and what happens to the story meanwhile."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext

from members.models import Concern
from stories import emails, search
from stories.actions.ground import CannotDecide, lock, tells

# Whoever wants a story silenced could raise concern after concern: once a moderator has shown it again this often
# within this time, no further one hides it by itself.
MOST_RELEASES, WITHIN = 2, timedelta(days=30)


@transaction.atomic
def raise_concern(story, *, sender, now, **said):
    """Keep what somebody says about a published story and tell the moderators, once until they have decided.

    `sender` is a keyed hash of a network address, `key` the form's own: the same form sent twice is one concern. Where
    a boundary is sensitive the story hides until a moderator has read it.
    """
    row = lock(story)
    hides = row.live and row.is_sensitive and not row.hidden_at and may_hide(row, sender=sender, now=now)
    concern, made = keep_concern(row, hides=hides, sender=sender, now=now, **said)
    if made and hides:
        row.hidden_at = row.held_at = now
        row.save(update_fields=["hidden_at", "held_at"])
        search.refresh(row)
        emails.story_held(row, now=now)
    return concern


@transaction.atomic
def raise_worry(*, now, **said):
    """Keep what somebody says about a person, or about a story that they cannot open. `said` is as for a story.

    The moderators, and whoever looks after safeguarding, are told of each worry about a person.
    """
    concern, _ = keep_concern(None, hides=False, now=now, **said)
    return concern


def keep_concern(row, *, hides, kind, text, contact, sender, key, now):
    """The concern, and whether it is a new one. `row` is locked: a story, what was added to one, or None."""
    earlier = Concern.objects.about(row) if row else Concern.objects.worries()
    first = not earlier.open().exists()
    concern, made = Concern.objects.get_or_create(
        key=key,
        defaults={
            "target": row,
            "kind": kind,
            "text": text,
            "contact": contact,
            "sender": sender,
            "raised_at": now,
            "hid_at": now if hides else None,
        },
    )
    if made and (first or kind == Concern.Kind.WORRIED):
        emails.concern_raised(concern, now=now)
    return concern, made


def may_hide(row, *, sender, now):
    """Once until a moderator has decided, never twice for the same sender."""
    earlier = Concern.objects.about(row)
    if earlier.filter(sender=sender).exists():
        return False
    hid = earlier.filter(state=Concern.State.RELEASED, decided_at__gte=now - WITHIN).exclude(hid_at=None)
    return hid.count() < MOST_RELEASES


def open_concerns(row):
    """Those that wait to be read. Raises CannotDecide where none does."""
    concerns = Concern.objects.about(row).open()
    if not concerns.exists():
        raise CannotDecide(gettext("Another moderator has decided about this already."))
    return concerns


def _open(row, *, by):
    if tells(by, row):
        raise CannotDecide(gettext("This is your own story: another moderator decides about it."))
    return open_concerns(row)


@transaction.atomic
def uphold_concerns(story, *, by, now, reason):
    """A moderator agrees: the story is taken down. Its author is told why, never who asked. Raises CannotDecide."""
    row = lock(story)
    end_concerns(_open(row, by=by), Concern.State.UPHELD, by=by, now=now, reason=reason)
    return row.uphold(by=by, now=now, reason=reason)


@transaction.atomic
def release_story(story, *, by, now, reason):
    """A moderator has read what was raised and leaves the story as it is. One that was held is shown again.

    The author is told that and why, never who; of a worry about a person they are not told. Raises CannotDecide.
    """
    row = lock(story)
    concerns = _open(row, by=by)
    tell = row.is_held or concerns.exclude(kind=Concern.Kind.WORRIED).exists()
    end_concerns(concerns, Concern.State.RELEASED, by=by, now=now, reason=reason)
    if row.is_held:
        row.hidden_at = row.held_at = None
        row.save(update_fields=["hidden_at", "held_at"])
        search.refresh(row)
    if tell:
        emails.story_released(row, reason=reason, now=now)
    return row


@transaction.atomic
def answer_worry(pk, *, by, now, reason):
    """A moderator has read it; `reason` is what they did, and stays in the log. Raises CannotDecide."""
    concerns = Concern.objects.worries().open().filter(pk=pk).select_for_update()
    if not concerns:
        raise CannotDecide(gettext("Another moderator has read this already."))
    end_concerns(Concern.objects.filter(pk=pk), Concern.State.READ, by=by, now=now, reason=reason)


def end_concerns(concerns, state, *, by, now, reason):
    """They have been read: whoever left an address is told that, and nothing else."""
    for contact in set(concerns.exclude(contact="").values_list("contact", flat=True)):
        emails.concern_read(contact, published=state != Concern.State.READ, now=now)
    concerns.end(state, by=by, now=now, reason=reason)
