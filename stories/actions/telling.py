"""What the teller does: write, send, take back, hide, withdraw, choose who reads it."""

from django.db import IntegrityError, transaction
from wagtail.models import WorkflowState

from members.models import User
from members.models.user import TELLER_EMAIL
from stories import emails
from stories.actions import first_reading, trusting
from stories.actions.ground import InModeration, NotAMember, NotReady, SavedElsewhere, lock, unpublish, workflow_state
from stories.models import AUDIENCE_WIDTH, BYLINE_WIDTH, Edit, Story
from stories.trust import reasons_to_wait


@transaction.atomic
def jot(*, author, title, noticed, now, jot_key=None):
    """Begin a story: a line to recognise it by and what was noticed. Only its author sees it.

    `jot_key` is the one-time key of the form: the same form sent again finds the story it began, and a text that was
    changed in between changes the draft, or begins another one where the first has already grown.
    """
    begun = author.stories.with_moderation().filter(jot_key=jot_key).first() if jot_key else None
    if begun is None:
        return _begin(author, title, noticed, jot_key, now)
    if (begun.title, begun.noticed) == (title, noticed):
        return begun
    if begun.edit_number > 1 or begun.is_in_moderation:
        return _begin(author, title, noticed, None, now)
    begun.title, begun.noticed = title, noticed
    return save_draft(begun, by=author, now=now)


def _begin(author, title, noticed, jot_key, now):
    story = Story(author=author, title=title, noticed=noticed, jot_key=jot_key, created_at=now, edit_number=1)
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
    row = lock(story)
    if row.is_in_moderation:
        raise InModeration
    if row.edit_number != story.edit_number:
        raise SavedElsewhere(row.get_latest_revision_as_object())
    story.take_outside_from(row)
    story.edit_number += 1
    if row.live:
        Story.objects.filter(pk=row.pk).update(edit_number=story.edit_number)
    else:
        # While nobody else can read it the row follows the draft: its pages and lists need no revisions.
        story.save()
    revision = _reusable_revision(row)
    teller = revision.user if revision else User.objects.teller()
    story.save_revision(user=teller, clean=False, overwrite_revision=revision)
    Edit.objects.create(story=story, member=by, edit_number=story.edit_number, saved_at=now)
    return story


def _reusable_revision(row):
    """The teller's latest revision, unless it is the live one or a moderator has been asked about it."""
    revision = row.latest_revision
    if revision is None or revision.pk == row.live_revision_id or row.was_sent:
        return None
    return revision if revision.user and revision.user.email == TELLER_EMAIL else None


@transaction.atomic
def send(story, *, by, now, hide=False, publish_first=False):
    """Ask a moderator to let the draft, or the edit of a live story, go live. `hide` hides the live one meanwhile.

    `publish_first`: the teller was told that it goes live at once, which it does unless there is a reason to wait.

    Sending twice is sending once. Raises NotAMember or NotReady.
    """
    if not by.is_member:
        raise NotAMember
    row = lock(story)
    if row.is_in_moderation:
        return row
    version = row.get_latest_revision_as_object()
    missing = version.missing_to_send()
    if missing:
        raise NotReady(missing)
    if publish_first and not hide and not reasons_to_wait(version):
        return trusting.publish_first(row, now=now)
    _start_moderation(row, now=now)
    row.withdrawn_at = None
    if hide and row.live and not row.hidden_at:
        row.hidden_at, row.hidden_for_check = now, True
    row.save(update_fields=["withdrawn_at", "hidden_at", "hidden_for_check"])
    emails.story_sent(row, now=now)
    return row


def _start_moderation(row, *, now):
    teller = User.objects.teller()
    asked = workflow_state(row, WorkflowState.STATUS_NEEDS_CHANGES)
    if asked:
        asked.resume(user=teller)
    else:
        row.get_workflow().start(row, teller)
    row.forget_moderation()
    first_reading.assign(row, now=now)


@transaction.atomic
def take_back(story, *, by, now):
    """The author wants it back from moderation to change it; it is a draft again."""
    row = lock(story)
    state = workflow_state(row, WorkflowState.STATUS_IN_PROGRESS)
    if state:
        state.cancel(user=User.objects.teller())
        row.forget_moderation()
    return row


@transaction.atomic
def withdraw(story, *, by, now):
    """The author takes the story away from every surface, at once; it stays theirs as a draft.

    Doing it twice is doing it once, and a draft that nobody else could read has nothing to be withdrawn from.
    """
    row = lock(story)
    if not row.can_be_withdrawn:
        return row
    teller = User.objects.teller()
    for state in row.workflow_states.active():
        state.cancel(user=teller)
    if row.live:
        row = unpublish(row)
    row.withdrawn_at, row.hidden_at, row.hidden_for_check = now, None, False
    row.wanted_byline = row.wanted_audience = ""
    row.save(update_fields=["withdrawn_at", "hidden_at", "hidden_for_check", "wanted_byline", "wanted_audience"])
    row.forget_moderation()
    emails.story_withdrawn(row, now=now)
    return row


@transaction.atomic
def hide(story, *, by, now):
    """The author hides a live story from everybody, at once, until they show it again."""
    row = lock(story)
    if row.live:
        row.hidden_at, row.hidden_for_check = row.hidden_at or now, False
        row.save(update_fields=["hidden_at", "hidden_for_check"])
    return row


@transaction.atomic
def show(story, *, by, now):
    """The author ends the hiding of a live story."""
    row = lock(story)
    row.hidden_at, row.hidden_for_check = None, False
    row.save(update_fields=["hidden_at", "hidden_for_check"])
    return row


@transaction.atomic
def set_reach(story, *, byline, audience, by, now):
    """How the teller is named and who can read it: narrower at once, wider only once a moderator approves.

    Before a story is live nobody has read it, so both are simply set. What waits for a moderator stands in
    `wanted_byline` and `wanted_audience`; a live story without an unsent edit is sent for that alone.
    Raises InModeration when a moderator who is reading would be shown less than is approved.
    """
    row = lock(story)
    wider = BYLINE_WIDTH[byline] > BYLINE_WIDTH[row.byline] or AUDIENCE_WIDTH[audience] > AUDIENCE_WIDTH[row.audience]
    if wider and row.is_in_moderation:
        raise InModeration
    row.byline, row.wanted_byline = _reach(row, row.byline, byline, BYLINE_WIDTH)
    row.audience, row.wanted_audience = _reach(row, row.audience, audience, AUDIENCE_WIDTH)
    row.save(update_fields=["byline", "wanted_byline", "audience", "wanted_audience"])
    if row.waits_for_wider_reach and not row.has_unpublished_changes and by.is_member:
        _start_moderation(row, now=now)
        emails.story_sent(row, now=now)
    return row


def _reach(story, current, wanted, width):
    if not story.live or width[wanted] <= width[current]:
        return wanted, ""
    return current, wanted
