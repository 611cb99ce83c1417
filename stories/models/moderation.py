"""The one task that a sent story waits in."""

from django.utils import timezone
from wagtail.models import AbstractGroupApprovalTask


class Moderation(AbstractGroupApprovalTask):
    """A moderator reads the story and lets it go live, or asks for changes with a reason."""

    class Meta:
        verbose_name_plural = "moderation"

    def on_action(self, task_state, user, action_name, comment="", **kwargs):
        """Wagtail's admin asks here; the same ceremonies run as from our own pages."""
        # Imported here: the ceremonies stand on the models, this one model stands on them.
        from stories import actions

        story = task_state.workflow_state.content_object
        decide = {"approve": actions.approve, "reject": actions.ask_for_changes}[action_name]
        decide(story, by=user, now=timezone.now(), comment=comment)
