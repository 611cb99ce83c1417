"""Keeping what a teller types, from the jot on: one revision, however often they save."""

from copy import copy

from django.db import IntegrityError, transaction

from design.instances import write_columns
from members.models import User
from members.models.user import TELLER_EMAIL
from networks.models import Coalition
from stories import search
from stories.actions.ground import InModeration, SavedElsewhere, lock, lock_own
from stories.models import Audience, Edit, Story


@transaction.atomic
def jot(*, author, title, noticed, now, jot_key=None, group=""):
    """Begin a story: a line to recognise it by and what was noticed. Only its author sees it.

    `jot_key` is the one-time key of the form: the same form sent again finds the story it began, and a text that was
    changed in between changes the draft, or begins another one where the first has already grown.
    `group`: the key of the group alone that it is for. Where its author is not in one of that key it is for nobody yet:
    what was meant for a few never begins as something for more.
    """
    begun = author.stories.with_moderation().filter(jot_key=jot_key).first() if jot_key else None
    if begun is None:
        return _begin(author, title, noticed, jot_key, now, group)
    if (begun.title, begun.noticed) == (title, noticed):
        return begun
    if begun.edit_number > 1 or begun.is_in_moderation:
        return _begin(author, title, noticed, None, now, group)
    begun.title, begun.noticed = title, noticed
    return save_draft(begun, by=author, now=now)


def _begin(author, title, noticed, jot_key, now, group):
    story = Story(author=author, title=title, noticed=noticed, jot_key=jot_key, created_at=now, edit_number=1)
    if group:
        story.audience = Audience.COALITION
        story.coalition = Coalition.objects.joined_by(author).going_on().filter(key=group).first()
    try:
        with transaction.atomic():
            story.save()
    except IntegrityError:
        # The same form, sent twice at once: the other request was first, and its words are the same.
        return author.stories.get(jot_key=jot_key)
    story.save_revision(user=User.objects.teller(), clean=False)
    Edit.objects.create(story=story, member=author, edit_number=1, saved_at=now)
    return story


@transaction.atomic
def save_draft(story, *, by, now):
    """Keep what the author typed, as one revision however often they save.

    `story` holds the new values and the `edit_number` that its form was made from. Who reads it, how it is named and
    what else stands outside revisions is not changed here.
    Raises InModeration, or SavedElsewhere when another save came between.
    """
    return _save(story, lock(story), by, now)


@transaction.atomic
def autosave(slug, fill, *, by, now, alone=False):
    """The same in fewer queries: `fill` writes what was typed into the newest words of the story with this address, of
    those that they may write (or decide about `alone`).

    Raises Story.DoesNotExist, and what `save_draft` raises.
    """
    row = lock_own(slug, by=by, alone=alone)
    return _save(fill(copy(row.get_latest_revision_as_object())), row, by, now)


def _save(story, row, by, now):
    if row.is_in_moderation:
        raise InModeration
    if row.edit_number != story.edit_number:
        raise SavedElsewhere(row.get_latest_revision_as_object())
    story.take_outside_from(row)
    story.edit_number += 1
    touched = story.lists_are_touched
    if row.live:
        if touched:
            story.sensitive_in_edit = story.names_something_sensitive
        kept = {"edit_number": story.edit_number, "sensitive_in_edit": story.sensitive_in_edit}
        Story.objects.filter(pk=row.pk).update(**kept)
    else:
        # While nobody else can read it the row follows the draft: its pages and lists need no revisions.
        if touched:
            story.save()
        else:
            write_columns(story, *_changed(story, row))
    _save_revision(story, row, touched, now)
    if row.last_member_id != by.pk:
        Edit.objects.create(story=story, member=by, edit_number=story.edit_number, saved_at=now)
    if story.sensitive_in_edit != row.sensitive_in_edit:
        search.refresh(row)
    return story


def _changed(story, row):
    """Names of the columns that say something else now: a story has seventy, and who types changes three."""
    columns = Story._meta.concrete_fields
    return [one.name for one in columns if getattr(story, one.attname) != getattr(row, one.attname)]


def make_version(row, *, now):
    """A version of the locked story with its words as they are, for what stands beside them to be sent with.

    An approval of a version that a moderator read before cannot take it along.
    """
    _save_revision(row.get_latest_revision_as_object(), row, True, now)


def _save_revision(story, row, touched, now):
    revision = row.latest_revision
    if not _is_reusable(revision, row):
        story.save_revision(user=User.objects.teller(), clean=False)
        return
    # As Wagtail overwrites a revision, without asking again for what came with the lock.
    revision.content = story.serializable_data() if touched else story.words_over(revision.content)
    revision.created_at, revision.object_str = now, str(story)
    write_columns(revision, "content", "created_at", "object_str")
    story._update_from_revision(revision)


def _is_reusable(revision, row):
    """The teller's latest revision, unless it is the live one or a moderator has been asked about it."""
    if revision is None or revision.pk == row.live_revision_id or row.was_sent:
        return False
    return revision.user is not None and revision.user.email == TELLER_EMAIL
