"""The rules of signing in with a provider: it takes no account over, and makes none around how we let people in."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext

from members import actions
from members.models import User
from members.outbox import one_line
from members.privacy.proof import ask_by_mail, still_to_prove


class ProviderAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request, sociallogin):
        # A sign-in waits in the session while the member is asked something: without what opens their other accounts.
        sociallogin.token = None
        connecting = sociallogin.state.get("process") == AuthProcess.CONNECT
        # allauth lists the address that the provider merely names too, as one that nobody has checked.
        address = next((known.email for known in sociallogin.email_addresses if known.verified), None)
        if not address and (connecting or not sociallogin.is_existing):
            raise ImmediateHttpResponse(render(request, "socialaccount/unverified.html", self._name(), status=403))
        if connecting and request.user.is_authenticated and still_to_prove(request):
            raise ImmediateHttpResponse(ask_by_mail("provider"))
        if connecting or sociallogin.is_existing:
            return
        if User.objects.filter(email__iexact=address).exists():
            raise ImmediateHttpResponse(self._first_here(request))

    @staticmethod
    def _name():
        return {"provider": settings.OIDC_NAME}

    def _first_here(self, request):
        """The account is theirs to connect, once they have signed in to it as they always do."""
        messages.info(
            request,
            gettext(
                "You have an account with this address. Sign in here once as you always do, then connect "
                "%(oidc_name)s to it."
            )
            % {"oidc_name": settings.OIDC_NAME},
        )
        then = urlencode({"next": reverse("socialaccount_connections")})
        return HttpResponseRedirect(f"{reverse('account_login')}?{then}")

    def is_auto_signup_allowed(self, request, sociallogin):
        """A page of ours comes before an account: what we call them, and what they join."""
        return False

    def populate_user(self, request, sociallogin, data):
        user = sociallogin.user
        user.email, user.first_name = data.get("email", ""), one_line(data.get("first_name", ""))[:60]
        return user

    def save_user(self, request, sociallogin, form=None):
        user = super().save_user(request, sociallogin, form)
        actions.welcome_in(user, mode=settings.SIGNUP_MODE, now=timezone.now())
        return user

    def get_connect_redirect_url(self, request, socialaccount):
        return reverse("socialaccount_connections")
