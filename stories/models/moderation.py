"""The tasks that a sent story waits in, and what the admin's log keeps of a story."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, ModelLogEntry, TaskState, WorkflowState
from wagtail.models.audit_log import ModelLogEntryManager

from practices.models import Boundary


class ReasonForm(TaskStateCommentForm):
    """Wagtail's question for a comment, with a reason that cannot be left out."""

    comment = forms.CharField(
        label=_("What should the teller change, and why?"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write what the teller should change, and why.")},
    )


class NobodyFound(forms.Form):
    """The question of the motivated intruder: it must be answered before anything is approved by itself."""

    nobody_found = forms.BooleanField(
        label=_("I asked myself: could somebody who knows this person or place work out who it is? They could not."),
        error_messages={"required": _("Read it as somebody who wants to find out who it is, then tick the box.")},
    )


class ApprovalForm(NobodyFound, TaskStateCommentForm):
    """Wagtail's question for a comment, with the one that must be answered."""


def yeses_to_what_waits(story):
    """The moderators' yeses to the version that waits, since it was sent. Nobody says it twice to the same one."""
    return TaskState.objects.filter(
        workflow_state__in=story.workflow_states.filter(status=WorkflowState.STATUS_IN_PROGRESS),
        revision=story.latest_revision_id,
        status=TaskState.STATUS_APPROVED,
    )


class ReadingTask(AbstractGroupApprovalTask):
    """A moderator reads a version and says yes, or asks for changes with a reason."""

    class Meta:
        abstract = True

    def get_actions(self, obj, user):
        if not user.is_moderator:
            return []
        offered = super().get_actions(obj, user)
        said = yeses_to_what_waits(obj).filter(finished_by=user).exists()
        return [action for action in offered if action[0] == "reject" or not said]

    def user_can_unlock(self, obj, user):
        """A story that somebody keeps must not wait for their holiday to end."""
        return user.is_moderator

    def get_form_for_action(self, action):
        return ReasonForm if action == "reject" else ApprovalForm

    def user_can_access_editor(self, obj, user):
        """Nobody but the teller edits a story."""
        return False

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Wagtail's own lists of work know nothing of `visible_to`; our queue stands beside them."""
        return TaskState.objects.none()

    def on_action(self, task_state, user, action_name, comment="", **kwargs):
        """Wagtail's admin asks here; the same ceremonies run as from our own pages."""
        # Imported here: the ceremonies stand on the models, this one model stands on them.
        from stories import actions

        story = task_state.workflow_state.content_object
        decide = {"approve": actions.approve, "reject": actions.ask_for_changes}[action_name]
        decide(story, by=user, now=timezone.now(), comment=comment, revision=task_state.revision_id)


class Moderation(ReadingTask):
    """A moderator reads the story and lets it go live, or asks for changes with a reason."""

    class Meta:
        verbose_name_plural = "moderation"


class SecondReading(ReadingTask):
    """Where being recognised can put somebody in danger another moderator reads it too (docs/decisions/0036).

    Stands after `Moderation` in the one workflow, and passes by itself where no second yes is needed.
    """

    def start(self, workflow_state, user=None):
        task_state = super().start(workflow_state, user=user)
        if not self.is_needed(workflow_state.content_object, task_state.revision):
            task_state.status, task_state.finished_at = TaskState.STATUS_SKIPPED, timezone.now()
            task_state.save(update_fields=["status", "finished_at"])
        return task_state

    @staticmethod
    def is_needed(story, revision):
        """The version names a sensitive boundary, or the live story does and would no longer."""
        named = [tagged["tag"] for tagged in revision.content["tagged_boundaries"]]
        carried = Q(tagged_stories__content_object=story.pk) if story.live else Q()
        return Boundary.objects.filter(Q(pk__in=named) | carried, sensitive=True).exists()


class StoryLogManager(ModelLogEntryManager):
    """Keeps who did what and when, and no word of any story: a log outlives a withdrawal and an erasure."""

    def get_instance_title(self, instance):
        return gettext("A story")

    def log_action(self, instance, action, **kwargs):
        data = kwargs.pop("data", None) or {}
        kept = {key: value for key, value in data.items() if key not in {"title", "comment"}}
        return super().log_action(instance, action, **{**kwargs, "data": kept, "title": None})

    def viewable_by_user(self, user):
        """The report on the site's history finds these rows as Wagtail's own already."""
        return self.none()


class StoryLogEntry(ModelLogEntry):
    """A row of Wagtail's log about a story."""

    objects = StoryLogManager()

    class Meta:
        proxy = True
