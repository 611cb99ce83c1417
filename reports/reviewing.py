"""A second pair of eyes before a report goes out, for whoever wants it."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class SecondEditor(AbstractGroupApprovalTask):
    """Another editor reads a page and publishes it, or asks for changes; never whoever sent it.

    Editors may publish without it: a site with one editor must not stand still.
    """

    class Meta:
        verbose_name = _("second editor")

    @classmethod
    def get_description(cls):
        return gettext("Another editor than the one who sent it reads the page")

    def get_actions(self, obj, user):
        return [] if self._sent_by(obj, user) else super().get_actions(obj, user)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        return super().get_task_states_user_can_moderate(user, **kwargs).exclude(workflow_state__requested_by=user)

    def on_action(self, task_state, user, action_name, **kwargs):
        """What the second editor changed in it themselves, the day on which it is published among it, they have read:
        they need not approve it twice."""
        latest = task_state.workflow_state.content_object.get_latest_revision()
        if action_name == "approve" and latest and latest.user_id == user.pk:
            task_state.revision = latest
            task_state.save(update_fields=["revision"])
        return super().on_action(task_state, user, action_name, **kwargs)

    @staticmethod
    def _sent_by(obj, user):
        state = obj.current_workflow_state
        return state is not None and state.requested_by_id == user.pk
