"""What all ceremonies stand on: how they refuse, and the locked row."""

from django.db.models import Exists, OuterRef, Subquery
from wagtail.models import TaskState

from design.compiled import compiled
from members.models import Concern, Photo
from stories.models import Asking, Audience, Edit, Story


class InModeration(Exception):
    """A moderator is reading the story: take it back before changing it."""


class NotReady(Exception):
    """The story lacks answers that sending needs; `.missing` names the fields."""

    def __init__(self, missing):
        super().__init__(", ".join(map(str, missing)))
        self.missing = missing


class CannotDecide(Exception):
    """A moderator's decision that cannot stand; the message says why, in words for the moderator."""


class NotWaiting(Exception):
    """No moderator has the story any more: what was to be said to them comes too late."""


class CannotDelete(Exception):
    """Somebody may have read this story, or it is not this person's to delete."""


class NotAMember(Exception):
    """Only members in good standing send stories: whoever waits to be let in may write meanwhile."""


class Closed(Exception):
    """The teller does not want this here, or the story is not there to be answered any more."""


class OtherReaders(Exception):
    """A group that the teller is not in, or another one than reads the story now."""


class SavedElsewhere(Exception):
    """Another save came first; `.current` is the story as that save left it."""

    def __init__(self, current):
        super().__init__("Saved elsewhere")
        self.current = current


def lock(story):
    """The row as it is now, locked until the transaction ends. Raises Story.DoesNotExist.

    Whoever writes something that only points at it (a thanks, somebody who follows it) need not wait, as everywhere
    (`no_key`): two who each hold one of a member and a story, and write what points at both, would wait for each other.
    """
    return locked(_key_of(story.pk))


def lock_own(slug, *, by, alone):
    """The same of a story that they may write, or that they decide about `alone`."""
    return locked(_key_of_own(by, slug, alone=alone))


def locked(keys):
    """The row with this only key, which was locked as it was asked for; `last_member_id` is who saved it last."""
    if not keys:
        raise Story.DoesNotExist
    # What stands beside a row is read once nobody else can change it, not as it was before the wait.
    (row,) = _with_all_beside(*keys)
    return row


@compiled
def _key_of(key):
    return Story.objects.filter(pk=key).select_for_update(no_key=True).values_list("pk", flat=True)


@compiled
def _key_of_own(member, slug, *, alone):
    own = Story.objects.authored_by(member) if alone else Story.objects.editable_by(member)
    return own.filter(slug=slug).select_for_update(no_key=True).values_list("pk", flat=True)


@compiled
def _with_all_beside(key):
    decided = TaskState.objects.filter(revision=OuterRef("latest_revision"))
    last = Edit.objects.filter(story=OuterRef("pk")).order_by("-edit_number")
    rows = Story.objects.with_moderation().annotate(
        was_sent=Exists(decided), last_member_id=Subquery(last.values("member")[:1])
    )
    return rows.select_related("latest_revision__user").filter(pk=key)


def tells(user, row):
    """They tell this story, alone or with others, or typed it for its teller: another moderator deals with it."""
    if row.source_url:
        return False
    told = Story.objects.told_by(user).filter(pk=row.pk).exists()
    return told or row.askings.filter(what=Asking.What.TELL, asked_by=user).exists()


def still_reads(member, row):
    """Nobody answers a story for one group who was in that group only when they opened it."""
    return row.audience != Audience.COALITION or Story.objects.visible_to(member).filter(pk=row.pk).exists()


# A live story that nobody can read: by its teller's wish, until an edit is decided, for a concern, or for silence.
HIDING = ("hidden_at", "hidden_for_check", "hidden_for_review", "held_at")


def end_hiding(row):
    """Set, not saved: it is not live any more, so nothing is left to hide."""
    row.hidden_at, row.hidden_for_check, row.hidden_for_review, row.held_at = None, False, False, None


def workflow_state(story, *statuses):
    return story.workflow_states.filter(status__in=statuses).order_by("-created_at").first()


def unpublish(row, *, now):
    """Takes a live story off every surface. Whoever may, has been asked already: an author has no right to publish."""
    Concern.objects.about(row).open().end(Concern.State.GONE, by=None, now=now)
    newest = row.get_latest_revision_as_object()
    row.sensitive_in_edit = False
    row.unpublish(log_action=False)
    if newest is row:
        return row
    # A row that is not live follows the draft: an edit that was waiting must not be lost behind it.
    newest.take_outside_from(row)
    newest.live, newest.live_revision = False, None
    newest.save()
    return newest


def delete_photos(row):
    """Its photos and their files, for good."""
    Photo.objects.filter(story_photo__story=row.pk).delete()


def note_opening(row, *, now):
    """When anybody could read it for the first time: news for readers without an account then, and never again."""
    if row.audience == Audience.PUBLIC and row.opened_at is None:
        row.opened_at = now
        row.save(update_fields=["opened_at"])
