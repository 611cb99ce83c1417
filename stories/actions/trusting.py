"""Going live first and being read after, for tellers who are trusted; and the end of that trust."""

from django.db import transaction
from django.utils.translation import gettext
from wagtail.log_actions import log

from members.models import User
from stories import emails, search
from stories.actions import first_reading
from stories.actions.ground import CannotDecide, lock, note_opening, tells
from stories.models import PublishedFirst, Story, TrustEnd


def publish_first(row, *, now):
    """The locked story goes live as it is, and onto the moderators' list of what is to be read."""
    first_time = row.first_published_at is None
    version = row.latest_revision
    # Withdrawn once and sent again: a story that is live is no longer withdrawn.
    Story.objects.filter(pk=row.pk).update(withdrawn_at=None)
    version.publish(user=User.objects.teller(), skip_permission_checks=True, log_action=False)
    row = lock(row)
    row.blurred = row.would_be_blurred
    row.save(update_fields=["blurred"])
    note_opening(row, now=now)
    PublishedFirst.objects.update_or_create(
        story=row, read_at=None, defaults={"version": version.pk, "published_at": now}
    )
    search.refresh(row)
    first_reading.assign(row, now=now)
    emails.story_published_first(row, first_time=first_time, now=now)
    return row


@transaction.atomic
def mark_read(story, *, version, by, now):
    """A moderator has read what went live first, in this version, and leaves it. Raises CannotDecide."""
    row = lock(story)
    unread = row.published_firsts.to_be_read().first()
    if unread is None:
        raise CannotDecide(gettext("Another moderator has read this story already."))
    if tells(by, row):
        raise CannotDecide(gettext("This is your own story: another moderator reads it."))
    if unread.version != version:
        raise CannotDecide(gettext("This story has changed since you opened it. Read it again."))
    unread.read_at, unread.read_by = now, by
    unread.save(update_fields=["read_at", "read_by"])
    log(instance=row, action="stories.read_after", user=by, timestamp=now)
    return row


@transaction.atomic
def end_trust(story, *, by, now):
    """From now on a moderator reads the stories of this one's teller first. Who that is need not be known."""
    row = _of_another(story, by)
    _, ended = TrustEnd.objects.get_or_create(member=row.author, defaults={"ended_by": by, "ended_at": now})
    if ended:
        log(instance=row, action="stories.end_trust", user=by, timestamp=now)
    return row


@transaction.atomic
def trust_again(story, *, by, now):
    row = _of_another(story, by)
    ended, _ = TrustEnd.objects.filter(member=row.author).delete()
    if ended:
        log(instance=row, action="stories.trust_again", user=by, timestamp=now)
    return row


def _of_another(story, by):
    row = lock(story)
    if row.author_id is None or tells(by, row):
        raise CannotDecide(gettext("Another moderator decides about this teller."))
    return row
