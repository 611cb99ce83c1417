"""Who may add pictures to reports: nobody yet."""

from wagtail.models import Collection
from wagtail.permission_policies import BlanketPermissionPolicy


class NobodyYet(BlanketPermissionPolicy):
    """Refuses everybody, superusers too.

    Wagtail keeps the GPS of a photo, and its maker's name, in what it serves: no pictures until they are made anew from
    their pixels (docs/decisions/0005).
    """

    def user_has_permission(self, user, action):
        return False

    def user_has_any_permission(self, user, actions):
        return False

    def collections_user_has_permission_for(self, user, action):
        return Collection.objects.none()
