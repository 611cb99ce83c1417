"""One's own account in the Wagtail admin."""

from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class PicturelessAccountView(AccountView):
    """Wagtail would keep and serve a picture as it came, with the place where it was taken."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


account = never_cache(require_admin_access(PicturelessAccountView.as_view()))
