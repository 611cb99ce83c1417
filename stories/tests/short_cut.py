"""A story that went live, written row by row: what `jot`, `save_draft`, `send` and `approve` leave, in a third of
their queries. First readers, mails and the rows of the search are still made by what makes them for members.

`test_short_cut.py` compares every column of every table with a story that went the whole way, which is also the way of
every story that one moderator's yes does not bring live.
"""

from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from confidentiality.check import check
from confidentiality.telling import APART, STOP
from members.models import User
from members.tests.factories import ModeratorFactory
from stories import emails, search
from stories.actions import first_reading
from stories.actions.ground import note_opening
from stories.models import SUGGESTIBLE, Edit, Story
from stories.models.agreeing import LASTS
from stories.models.moderation import StoryLogEntry
from stories.models.word import BROUGHT


@transaction.atomic
def begun(story, *, at):
    """The story that its author has begun and saved once, as a draft; `story` is not in the database yet."""
    story.created_at, story.edit_number, story.has_unpublished_changes = at, 2, True
    story.save()
    content_type = ContentType.objects.get_for_model(Story)
    revision = Revision.objects.create(
        content_type=content_type,
        base_content_type=content_type,
        object_id=str(story.pk),
        created_at=at,
        user=User.objects.teller(),
        object_str=str(story),
        content=story.serializable_data(),
    )
    _mark(story, latest_revision=revision)
    Edit.objects.create(story=story, member=story.author, edit_number=1, saved_at=at)
    return story


def goes_the_whole_way(story):
    """Something in it would keep it from being sent, or from going live with one yes."""
    # Nothing stands beside a story that is not in the database yet.
    story.__dict__.update(BROUGHT)
    stops = not story.author.is_member or story.missing_to_send() or story.names_something_sensitive
    return bool(stops) or stopped_by_a_word(APART.join(getattr(story, name) for name in SUGGESTIBLE))


@cache
def stopped_by_a_word(text):
    return any(finding.level >= STOP for finding in check(text))


@transaction.atomic
def gone_live(story, *, at):
    """The draft, as `begun` leaves it, after `send` and a moderator's `approve`."""
    teller = story.latest_revision.user
    first_reading.assign(story, now=at)
    emails.story_sent(story, now=at)
    moderator = ModeratorFactory()
    _decided(story, teller, moderator)
    now = timezone.now()
    _mark(
        story,
        live=True,
        live_revision=story.latest_revision,
        has_unpublished_changes=False,
        first_published_at=now,
        last_published_at=now,
        blurred=story.would_be_blurred,
        review_date=_renewed(story.review_date, timezone.localdate(at)),
    )
    note_opening(story, now=at)
    search.refresh(story)
    emails.story_live(story, first_time=True, now=at)
    return story


def _renewed(day, today):
    return today + LASTS if day is None or day <= today else day


def _mark(story, **fields):
    for name, value in fields.items():
        setattr(story, name, value)
    Story.objects.filter(pk=story.pk).update(**fields)


def _decided(story, teller, moderator):
    """Wagtail's records of a workflow whose first task said yes and whose second was not needed."""
    workflow, content_type = story.get_workflow(), ContentType.objects.get_for_model(Story)
    first, second = workflow.tasks
    state = WorkflowState(
        content_type=content_type,
        base_content_type=content_type,
        object_id=str(story.pk),
        workflow=workflow,
        status=WorkflowState.STATUS_APPROVED,
        requested_by=teller,
    )
    WorkflowState.objects.bulk_create([state])  # its own `save` asks nine times whether it may
    states = [
        _task_state(state, first, story, status=TaskState.STATUS_APPROVED, finished_by=moderator),
        _task_state(state, second, story, status=TaskState.STATUS_SKIPPED),
    ]
    TaskState.objects.bulk_create(states)
    WorkflowState.objects.filter(pk=state.pk).update(current_task_state=states[1])
    about = {"id": workflow.pk, "title": workflow.name, "task_state_id": states[0].pk}
    started = {**about, "status": "in_progress", "next": {"id": first.pk, "title": first.name}}
    approved = {
        **about,
        "status": "approved",
        "task": {"id": first.pk, "title": first.name},
        "next": {"id": second.pk, "title": second.name},
    }
    StoryLogEntry.objects.bulk_create(
        [
            _log_entry(story, "wagtail.workflow.start", teller, {"workflow": started}),
            _log_entry(story, "wagtail.workflow.approve", moderator, {"workflow": approved}),
            _log_entry(story, "wagtail.publish", moderator, {}, content_changed=True),
        ]
    )


def _task_state(state, task, story, **how):
    return TaskState(
        workflow_state=state,
        task=task,
        revision=story.latest_revision,
        content_type=ContentType.objects.get_for_model(TaskState),
        finished_at=timezone.now(),
        **how,
    )


def _log_entry(story, action, user, data, *, content_changed=False):
    return StoryLogEntry(
        content_type=ContentType.objects.get_for_model(Story),
        object_id=str(story.pk),
        label="A story",
        action=action,
        user=user,
        revision=story.latest_revision,
        data=data,
        content_changed=content_changed,
        timestamp=timezone.now(),
    )
