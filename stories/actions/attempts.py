"""What a member does with what they try: begin, write on, share it with one group, look again, make it a story."""

from django.db import IntegrityError, transaction

from members.models import User
from networks.actions import inside
from networks.models import Coalition
from stories import attempt_emails as emails
from stories.actions.ground import OtherReaders
from stories.actions.saving import jot, save_draft
from stories.models import Attempt

A_RUN = 500


def begin(*, step, expects, practice, by, now, form_key):
    """Two boxes are enough. The same form sent again finds what it began."""
    begun = {"step": step, "expects": expects, "practice": practice, "begun_at": now}
    try:
        with transaction.atomic():
            return Attempt.objects.create(member=by, form_key=form_key, **begun)
    except IntegrityError:
        return Attempt.objects.get(member=by, form_key=form_key)


@transaction.atomic
def write(attempt, *, said, by, now):
    """Keep what was typed. Another day to look again is reminded of again. Raises OtherReaders."""
    row = _held(attempt, by)
    coalition = said["coalition"]
    if coalition and coalition.pk != row.coalition_id:
        held = inside.held(coalition)
        if not Coalition.objects.joined_by(by).going_on().filter(pk=held.pk).exists():
            raise OtherReaders
    if said["look_again_date"] != row.look_again_date:
        row.reminded_at = None
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def make_story(attempt, *, by, now):
    """A draft with what is written here, once; it is theirs alone, and this stays as it is."""
    row = _held(attempt, by)
    if row.story_id is None:
        story = jot(author=by, title=row.title, noticed=row.noticed, now=now)
        for name, words in row.as_story.items():
            setattr(story, name, words)
        if row.practice_id:
            story.practices = [row.practice]
        row.story = save_draft(story, by=by, now=now)
        row.save(update_fields=["story"])
    return row.story


@transaction.atomic
def delete(attempt, *, by):
    """At once and for good; a story that it became stays."""
    _held(attempt, by).delete()


def remind(*, now):
    """One mail on the morning of the day, to whoever is still here and takes no break. Any number may ask at once."""
    free = User.objects.current().not_on_break(now)
    due = Attempt.objects.due_for_reminding(now).filter(member__in=free).order_by("look_again_date", "pk")
    for attempt in due.select_related("member")[:A_RUN]:
        _remind(attempt, now=now)


@transaction.atomic
def _remind(attempt, *, now):
    asked = Attempt.objects.due_for_reminding(now).filter(pk=attempt.pk, look_again_date=attempt.look_again_date)
    if asked.update(reminded_at=now):
        emails.look_again(attempt, now=now)


def _held(attempt, by):
    return Attempt.objects.editable_by(by).select_for_update(of=["self"]).get(pk=attempt.pk)
