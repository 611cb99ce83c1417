from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class MembersConfig(AppConfig):
    default = True
    name = "members"

    def ready(self):
        from members.privacy import discover

        discover()


class StaffAccounts(WagtailUsersAppConfig):
    """Wagtail's users, with forms that fit an account without a username."""

    user_viewset = "members.viewsets.UserViewSet"
