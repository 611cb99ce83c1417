"""Where moderators keep their short reasons."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from stories.models import ShortReason


class ReasonPolicy(ModelPermissionPolicy):
    """Whoever decides about stories keeps the reasons, and nobody else."""

    def user_has_permission(self, user, action):
        return bool(getattr(user, "is_moderator", False))


class ShortReasonViewSet(SnippetViewSet):
    model = ShortReason
    icon = "comment"
    menu_label = _("Short reasons")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["name", "use", "position"]
    list_filter = ["use"]
    search_fields = ["name", "text"]
    panels = [FieldPanel(name) for name in ("use", "name", "text", "position")]
