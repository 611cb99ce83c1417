"""Registers the room's staff side with Wagtail's admin."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from members import entries
from practices.models import Boundary, Place, Practice, Role
from stories import search
from stories.models import ShortReason, Story, StoryLogEntry
from stories.permissions import StoryPolicy
from stories.staff.bulk import ApproveStories, DeleteNoStories
from stories.staff.concerns import ConcernsOpen
from stories.staff.contributions import ContributionsWaiting
from stories.staff.home import (
    LookUpsMenuItem,
    ModerationMenuItem,
    StoriesOverdue,
    StoriesUnanswered,
    StoriesWaiting,
)
from stories.staff.reasons import ReasonPolicy, ShortReasonViewSet
from stories.viewsets import StoryViewSet

# The policy first: a snippet registered without one is given Wagtail's own.
register_permission_policy(Story, StoryPolicy(Story))
register_snippet(StoryViewSet)
register_permission_policy(ShortReason, ReasonPolicy(ShortReason))
register_snippet(ShortReasonViewSet)
hooks.register("register_bulk_action", ApproveStories)
hooks.register("register_bulk_action", DeleteNoStories)
hooks.register("register_admin_menu_item", ModerationMenuItem)


@hooks.register("register_admin_urls")
def moderation_urls():
    return [path("moderation/", include("stories.staff.urls"))]


@hooks.register("construct_homepage_panels")
def stories_waiting(request, panels):
    if request.user.is_moderator:
        panels += [ConcernsOpen(), StoriesOverdue(), StoriesWaiting(), ContributionsWaiting(), StoriesUnanswered()]


@hooks.register("register_reports_menu_item")
def table_entry():
    return MenuItem(gettext("Stories as a table"), reverse_lazy("stories_staff:export"), icon_name="table", order=890)


@hooks.register("register_settings_menu_item")
def featured_entry():
    return MenuItem(gettext("Featured stories"), reverse_lazy("stories_staff:featured"), icon_name="pick", order=300)


@hooks.register("register_reports_menu_item")
def look_ups_entry():
    return LookUpsMenuItem()


@hooks.register("register_log_actions")
def log_without_words(actions):
    actions.register_model(Story, StoryLogEntry)
    actions.register_action("stories.take_down", gettext("Take down"), gettext("Taken down"))
    actions.register_action("stories.read_after", gettext("Read after"), gettext("Read after it had gone live"))
    actions.register_action("stories.feature", gettext("Feature"), gettext("Put first"))
    actions.register_action("stories.end_feature", gettext("End feature"), gettext("No longer put first"))
    actions.register_action("stories.suggest", gettext("Suggest words"), gettext("Other words suggested"))
    actions.register_action("stories.redact", gettext("Take words out"), gettext("Words taken out"))
    actions.register_action("stories.end_trust", gettext("End trust"), gettext("Trust in its teller ended"))
    actions.register_action("stories.trust_again", gettext("Trust again"), gettext("Its teller trusted again"))


@hooks.register("after_edit_snippet")
def index_what_carries_it(request, word):
    """A word that was renamed or made sensitive changes what its stories and its people are found by."""
    if isinstance(word, Boundary | Place | Practice):
        search.reindex_with(word)
    if isinstance(word, Boundary | Role):
        entries.reindex_with(word)
