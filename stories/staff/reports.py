"""Wagtail's reports on workflows, without the stories: they ask nobody's `visible_to`, and our queue has them all."""

from django.contrib.contenttypes.models import ContentType
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports import workflows

from stories.models import Story


class WorkflowView(workflows.WorkflowView):
    def get_queryset(self):
        return super().get_queryset().exclude(content_type=ContentType.objects.get_for_model(Story))


class WorkflowTasksView(workflows.WorkflowTasksView):
    def get_queryset(self):
        return super().get_queryset().exclude(workflow_state__content_type=ContentType.objects.get_for_model(Story))


def _page(view, **options):
    return never_cache(require_admin_access(view.as_view(**options)))


# They stand before Wagtail's own at the same addresses.
urlpatterns = [
    path("workflow/", _page(WorkflowView)),
    path("workflow/results/", _page(WorkflowView, results_only=True)),
    path("workflow_tasks/", _page(WorkflowTasksView)),
    path("workflow_tasks/results/", _page(WorkflowTasksView, results_only=True)),
]
