"""What this room adds to Wagtail's admin."""

from django.utils.translation import gettext
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from practices.models import Boundary, Place, Practice, Role
from practices.permissions import PlacePolicy, WordPolicy
from practices.viewsets import SharedWords

for model in (Boundary, Practice, Role):
    register_permission_policy(model, WordPolicy(model))
register_permission_policy(Place, PlacePolicy(Place))
register_snippet(SharedWords)


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("practices.retire", gettext("Retire"), gettext("Retired"))
    actions.register_action("practices.merge", gettext("Merge"), gettext("Merged into another"))
    actions.register_action("practices.bring_back", gettext("Bring back"), gettext("Brought back"))
