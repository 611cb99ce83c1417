from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class MembersConfig(AppConfig):
    default = True
    name = "members"

    def ready(self):
        from allauth.usersessions.models import UserSession
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import pre_save

        from members import signed_in
        from members.privacy import discover

        discover()
        # The library's own rows: these are where it lets one in.
        pre_save.connect(signed_in.keep_little, sender=UserSession)
        user_logged_in.connect(signed_in.begin)


class StaffAccounts(WagtailUsersAppConfig):
    """Wagtail's users, with forms that fit an account without a username."""

    user_viewset = "members.viewsets.UserViewSet"
