"""The story in Wagtail's admin: every view asks for it through `visible_to`, and none of them writes its words."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views import View
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.models import TaskState
from wagtail.snippets.views import snippets as wagtail_views
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.utils.decorators import xframe_options_sameorigin_override

from stories.actions import CannotDecide
from stories.actions.ground import tells
from stories.choosers import StoryChooserViewSet
from stories.models import Story
from stories.permissions import on_the_desk, readable_versions

# In the order of the telling; the admin reads and compares them, and writes none.
TOLD = (
    "title",
    "summary",
    "noticed",
    "flex",
    "tried",
    "who_with",
    "happened",
    "outcome",
    "shift_thinking",
    "shift_behaviour",
    "shift_ground",
    "nothing_shifted",
    "lens",
    "evidence",
    "evidence_note",
    "why_it_matters",
    "surprise",
    "advice",
    "help_wanted",
    "boundaries",
    "practices",
    "place",
    "period_part",
    "period_year",
    "whose_story",
    "consent",
    "consent_date",
    "review_date",
    "employer",
    "byline_role",
    "may_quote",
    "open_data",
    "content_note",
)


def story_on_the_desk(request, key):
    """The story with this key, or 404: for moderators only, and only what waits or is published."""
    if not str(key).isdecimal():
        raise Http404
    return get_object_or_404(on_the_desk(request.user), pk=key)


class OnTheDesk:
    """Stands before every view that Wagtail has for a story: what is not on the desk does not exist."""

    def setup(self, request, *args, **kwargs):
        if not request.user.is_moderator:
            raise Http404
        self.story = story_on_the_desk(request, kwargs["pk"]) if "pk" in kwargs else None
        asked = {value for name, value in kwargs.items() if name.startswith("revision_id")} - {"live"}
        if asked and not asked <= {version(key) for key in readable_versions(self.story) for version in (int, str)}:
            raise Http404
        super().setup(request, *args, **kwargs)


class Pageless(OnTheDesk, View):
    """Stands in for a view of Wagtail's; the viewset asks each of them for its template."""

    template_name = results_template_name = ""


class ToQueue(Pageless):
    def dispatch(self, request, *args, **kwargs):
        return redirect("stories_staff:queue")


class ToReview(Pageless):
    """Whatever Wagtail shows of a story stands on one page of ours."""

    def dispatch(self, request, *args, **kwargs):
        return redirect("stories_staff:review", self.story.slug)


class Closed(Pageless):
    """Nobody writes, copies, deletes or turns back a teller's words in the admin."""

    def dispatch(self, request, *args, **kwargs):
        raise Http404


class InModeration(OnTheDesk):
    """For views that make sense only while the story waits."""

    def dispatch(self, request, *args, **kwargs):
        if not self.story.is_in_moderation:
            messages.warning(request, gettext("This story is no longer waiting for a decision."))
            return redirect("stories_staff:review", self.story.slug)
        return super().dispatch(request, *args, **kwargs)


@method_decorator(xframe_options_sameorigin_override, name="get")
class PreviewView(OnTheDesk, wagtail_views.PreviewRevisionView):
    """One version as readers see it; the review page frames it."""

    permission_required = "publish"


class CompareView(OnTheDesk, wagtail_views.RevisionsCompareView):
    permission_required = "publish"


class LockView(InModeration, wagtail_views.LockView):
    def dispatch(self, request, *args, **kwargs):
        # Whoever told it cannot decide about it: their name beside it would only tell the others who did.
        if tells(request.user, self.story):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class UnlockView(InModeration, wagtail_views.UnlockView):
    pass


class WorkflowActionView(InModeration, wagtail_views.WorkflowActionView):
    """Wagtail's own address for a decision; it ends in the same ceremony as our buttons."""

    def get_task_state(self):
        return get_object_or_404(TaskState.objects.for_instance(self.object), pk=self.task_state_id).specific

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except CannotDecide as told:
            messages.warning(request, str(told))
            return redirect(self.redirect_url)


class StoryViewSet(SnippetViewSet):
    model = Story
    icon = "edit"
    # The queue is the way in: its own menu item, and no row among the snippets.
    menu_item_is_registered = True
    pk_path_converter = "int"
    add_to_reference_index = False
    inspect_view_enabled = True
    chooser_viewset_class = StoryChooserViewSet
    edit_handler = ObjectList([FieldPanel(name, read_only=True) for name in TOLD])

    index_view_class = ToQueue
    edit_view_class = ToReview
    inspect_view_class = ToReview
    history_view_class = ToReview
    usage_view_class = ToReview
    unpublish_view_class = ToReview
    workflow_preview_view_class = ToReview
    workflow_history_view_class = ToReview
    workflow_history_detail_view_class = ToReview

    add_view_class = Closed
    copy_view_class = Closed
    delete_view_class = Closed
    preview_on_add_view_class = Closed
    preview_on_edit_view_class = Closed
    revisions_revert_view_class = Closed
    revisions_unschedule_view_class = Closed
    collect_workflow_action_data_view_class = Closed
    confirm_workflow_cancellation_view_class = Closed

    revisions_view_class = PreviewView
    revisions_compare_view_class = CompareView
    lock_view_class = LockView
    unlock_view_class = UnlockView
    workflow_action_view_class = WorkflowActionView
