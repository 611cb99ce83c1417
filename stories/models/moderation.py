"""The one task that a sent story waits in, and what the admin's log keeps of a story."""

from django import forms
from django.utils import timezone
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, ModelLogEntry, TaskState
from wagtail.models.audit_log import ModelLogEntryManager


class ReasonForm(TaskStateCommentForm):
    """Wagtail's question for a comment, with a reason that cannot be left out."""

    comment = forms.CharField(
        label="What should the teller change, and why?",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write what the teller should change, and why."},
    )


class NobodyFound(forms.Form):
    """The question of the motivated intruder: it must be answered before anything is approved by itself."""

    nobody_found = forms.BooleanField(
        label="I asked myself: could somebody who knows this person or place work out who it is? They could not.",
        error_messages={"required": "Read it as somebody who wants to find out who it is, then tick the box."},
    )


class ApprovalForm(NobodyFound, TaskStateCommentForm):
    """Wagtail's question for a comment, with the one that must be answered."""


class Moderation(AbstractGroupApprovalTask):
    """A moderator reads the story and lets it go live, or asks for changes with a reason."""

    class Meta:
        verbose_name_plural = "moderation"

    def get_actions(self, obj, user):
        return super().get_actions(obj, user) if user.is_moderator else []

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


class StoryLogManager(ModelLogEntryManager):
    """Keeps who did what and when, and no word of any story: a log outlives a withdrawal and an erasure."""

    def get_instance_title(self, instance):
        return "A story"

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
