from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "stories"

    def ready(self):
        _silence_wagtail()


def _silence_wagtail():
    """Wagtail's workflow mails would go to tellers with links to an admin they cannot open; ours go out instead.

    Wagtail's admin connected them in its own `ready`, which ran before: our rooms stand after it in INSTALLED_APPS.
    """
    from wagtail import signals
    from wagtail.models import TaskState, WorkflowState

    signals.task_submitted.disconnect(sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
    for name in ["submitted", "rejected", "approved"]:
        signal = getattr(signals, f"workflow_{name}")
        signal.disconnect(sender=WorkflowState, dispatch_uid=f"workflow_state_{name}_email_notification")
