"""The way into the Wagtail admin: staff only, and only with a second factor used in this session."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

HOME = "/admin/"
# Doors of Wagtail's and Django's own that know nothing of a second factor.
SIDE_DOORS = ("/admin/login/", "/admin/password_reset/", "/_util/login/", "/django-admin/")


class AdminSecondFactor:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        if path.startswith(SIDE_DOORS) or path == HOME.rstrip("/"):
            return self.enter(request, HOME) or redirect(HOME)
        if path.startswith(HOME):
            return self.enter(request, request.get_full_path()) or self.get_response(request)
        return self.get_response(request)

    def enter(self, request, wanted):
        """None for those who may go on; else the page that comes first."""
        user = request.user
        if user.is_anonymous:
            return go("account_login", wanted)
        if not (user.is_staff and user.has_perm("wagtailadmin.access_admin")):
            raise PermissionDenied
        factors = dict(Authenticator.objects.filter(user=user).values_list("pk", "type"))
        passkey, app = (kind in factors.values() for kind in (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP))
        if not (passkey or app):
            return go("mfa_activate_totp", wanted)
        # What was used must still be theirs: whoever removes a lost phone's passkey shuts out who holds the phone.
        records = get_authentication_records(request, user)
        if not any(record["method"] == "mfa" and record.get("id") in factors for record in records):
            return go("mfa_reauthenticate_webauthn" if passkey else "mfa_reauthenticate", wanted)
        return None


def go(name, wanted):
    return redirect(f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")
